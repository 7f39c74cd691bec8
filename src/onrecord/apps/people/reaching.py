"""Whom and what one account reaches: all, or the circles that it was put in.

Somebody in the circle of a case also reads the record of its subject: a case can only be
reviewed beside what else is on record. Somebody in the circle of a person reads the cases
in which that person is the subject. What stands behind a wall is never in a circle.
"""

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection

from onrecord.apps.access.policies import reach
from onrecord.apps.access.selectors import circle_of, hidden_from
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.reading import facts_of_cases, facts_of_records
from onrecord.core.conduct.counting import subject_cases
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import is_public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.permissions.table import Reach
from onrecord.core.timekeeping.views import View


def records_in_reach(viewer: Viewer, verb: str) -> frozenset[uuid.UUID] | None:
    """Return the person records that a viewer reaches with `verb`; `None` is every one not walled."""
    match reach(viewer, verb):
        case Reach.ALL:
            return None
        case Reach.CIRCLE:
            return _fellows(circle_of(viewer, "person") | _subjects_of_circle(viewer))
        case _:
            return frozenset()


def cases_in_reach(viewer: Viewer, verb: str) -> frozenset[uuid.UUID] | None:
    """Return the cases that a viewer reaches with `verb`; `None` is every one not walled."""
    match reach(viewer, verb):
        case Reach.ALL:
            return None
        case Reach.CIRCLE:
            people = _fellows(circle_of(viewer, "person"))
            about = subject_cases(facts_of_records(_present(viewer), people))
            return (circle_of(viewer, "case") | about) - hidden_from(viewer.eyes)
        case _:
            return frozenset()


def reaches_person(viewer: Viewer, verb: str, records: Collection[uuid.UUID]) -> bool:
    """Tell whether a person with these records is there for the viewer at all."""
    within = records_in_reach(viewer, verb)
    seen = frozenset(records) - hidden_from(viewer.eyes)
    return bool(seen) if within is None else bool(seen & within)


def reaches_case(viewer: Viewer, verb: str, case: uuid.UUID) -> bool:
    """Tell whether a case is there for the viewer at all."""
    within = cases_in_reach(viewer, verb)
    return (within is None or case in within) and case not in hidden_from(viewer.eyes)


@contextmanager
def recording_refusals(viewer: Viewer, verb: str, kind: str, reference: str) -> Iterator[None]:
    """Record that somebody asked for what is not there for them, whether it exists or not.

    Both are written in the same way and at the same cost, so that neither the answer nor
    the time it takes tells one from the other.
    """
    try:
        yield
    except NotFoundError:
        asked = reference.upper() if is_public_reference(reference) else "by a holder's key"
        record_consultation(viewer, verb, object_kind=kind, object_ref=asked, was_refused=True)
        raise


def _present(viewer: Viewer) -> View:
    return View(current_position()).through(viewer.eyes)


def _subjects_of_circle(viewer: Viewer) -> frozenset[uuid.UUID]:
    facts = facts_of_cases(_present(viewer), circle_of(viewer, "case"))
    return frozenset(
        fact.record_lineage
        for fact in facts
        if fact.record_lineage
        and (fact.kind == "allegation" or (fact.kind == "party_role" and fact["role"] == "subject"))
    )


def _fellows(records: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return these records with every other record of the same people."""
    if not records:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            "select o.record_lineage from projection.person p"
            " join projection.person o using (person_lineage) where p.record_lineage = any(%s)",
            [list(records)],
        )
        return frozenset(row[0] for row in cursor.fetchall()) | frozenset(records)
