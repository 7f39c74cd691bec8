"""Find cases and incidents by reference, among those that are there for who asks."""

import uuid

from django.db import connection

from onrecord.apps.access.policies import may
from onrecord.apps.facts.reading import HIDDEN
from onrecord.apps.facts.seeing import seeing
from onrecord.apps.people.finding import person_lineage
from onrecord.apps.people.incidents import cases_of_incident
from onrecord.apps.people.policies import may_look_at_people
from onrecord.apps.people.reaching import cases_in_reach, reaches_case
from onrecord.core.cohorts.references import lineages_of
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.viewers import Viewer

_SEEN = """s.wall = 0 and s.case_lineage not in (select lineage from hidden)
   and (not exists (select from hidden_holder)
     or exists (select from facts.case_reported r where r.lineage = s.case_lineage
                   and r.holder_id not in (select holder_id from hidden_holder))
     or exists (select from facts.incident r where r.lineage = s.case_lineage
                   and r.holder_id not in (select holder_id from hidden_holder)))"""

_LIKE = f"""with {HIDDEN} select kind, public_reference, coalesce(holder_reference, '')
  from projection.case_search s
 where {_SEEN} and (public_reference = upper(%(text)s) or lower(holder_reference) = lower(%(text)s))
   and (%(within)s::uuid[] is null or case_lineage = any(%(within)s))
 order by kind, public_reference limit %(limit)s"""  # noqa: S608 - constants of ours

_ONE = f"""with {HIDDEN} select case_lineage from projection.case_search s
 where case_lineage between %(first)s and %(last)s and kind = any(%(kinds)s) and {_SEEN}
 order by kind desc limit 1"""  # noqa: S608 - constants of ours


def nothing() -> NotFoundError:
    """Return the one answer for what does not exist and for what is out of reach."""
    return NotFoundError(
        "There is nothing on record by that reference, or nothing you may see.",
        next_step="Check it, or the date you are looking at.",
    )


def references_like(viewer: Viewer, text: str, *, limit: int = 20) -> list[tuple[str, str, str]]:
    """Return cases and incidents by public or holder's reference: (kind, reference, holder's)."""
    if not text.strip() or not may_look_at_people(viewer):
        return []
    within = cases_in_reach(viewer, "case:read")
    with seeing(viewer.eyes), connection.cursor() as cursor:
        cursor.execute(
            _LIKE,
            {
                "text": text.strip(),
                "eyes": viewer.eyes,
                "within": within if within is None else sorted(within),
                "limit": limit,
            },
        )
        return list(cursor.fetchall())


def case_lineage(viewer: Viewer, reference: str) -> uuid.UUID:
    """Return the case that a public reference stands for, where this viewer may know of it.

    Raises:
        NotFoundError: no such case, or none this viewer may see.
    """
    lineage = _lineage(viewer, "case", reference)
    if not reaches_case(viewer, "case:read", lineage):
        raise nothing()
    return lineage


def thing_named(viewer: Viewer, reference: str) -> tuple[str, uuid.UUID]:
    """Return what a public reference stands for, `case`, `person` or `incident`, and its lineage.

    Raises:
        NotFoundError: none of these, or none that is there for this viewer.
    """
    asked = reference.strip().upper()
    if asked.startswith("P-"):
        return "person", person_lineage(viewer, asked)
    if asked.startswith("I-"):
        return "incident", incident_lineage(viewer, asked)
    return "case", case_lineage(viewer, asked)


def incident_lineage(viewer: Viewer, reference: str) -> uuid.UUID:
    """Return the incident that a reference stands for, where a case of it is in the viewer's reach."""
    lineage = _lineage(viewer, "incident", reference)
    within = cases_in_reach(viewer, "incident:read")
    if within is not None and not within & {lineage, *cases_of_incident(lineage)}:
        raise nothing()
    return lineage


def _lineage(viewer: Viewer, kind: str, reference: str) -> uuid.UUID:
    """Return what a public reference stands for.

    A case without an incident of its own stands for one, under a reference made from
    the case's lineage with the letter of incidents; cohorts name it so.
    """
    bounds = lineages_of(reference)
    if not may(viewer, f"{kind}:read") or bounds is None or bounds.prefix != kind[0].upper():
        raise nothing()
    with seeing(viewer.eyes), connection.cursor() as cursor:
        cursor.execute(
            _ONE,
            {
                "first": bounds.first,
                "last": bounds.last,
                "kinds": list({kind, "case"}),
                "eyes": viewer.eyes,
            },
        )
        row = cursor.fetchone()
    if row is None:
        raise nothing()
    found: uuid.UUID = row[0]
    return found
