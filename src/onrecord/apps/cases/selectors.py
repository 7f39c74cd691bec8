"""One case, or one incident, as a view shows it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.reading import facts_by, facts_of_cases
from onrecord.apps.organisations.selectors import HolderRef, holders_by_id
from onrecord.apps.people.policies import OPEN_WALL, may_look_at_people
from onrecord.apps.people.selectors import payload_hash
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import is_public_reference, public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case as a view shows it.

    Attributes:
        facts: everything that belongs to the case, oldest known first.
        incident: the incident it is a record of, where the source says.
        fellows: public references of other cases of the same incident.
        subjects: for each subject's person record, the person's reference and the
            name to show (identifiers only when names are hidden is the page's doing).
    """

    reference: str
    view: View
    lineage: uuid.UUID
    facts: Sequence[Fact]
    incident: Fact | None
    fellows: Sequence[str]
    subjects: Mapping[uuid.UUID, tuple[str, Fact]]
    holders: Mapping[int, HolderRef]

    @property
    def reported(self) -> Fact | None:
        """Return the report that began the case, if the view shows it."""
        return next((fact for fact in self.facts if fact.kind == "case_reported"), None)

    def of_kind(self, *kinds: str) -> list[Fact]:
        """Return the case's facts of these kinds."""
        return [fact for fact in self.facts if fact.kind in kinds]


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """One incident as a view shows it, with the cases that are records of it."""

    reference: str
    view: View
    incident: Fact
    cases: Sequence[Fact]
    case_references: Mapping[uuid.UUID, str]
    holders: Mapping[int, HolderRef]


def case_page(viewer: Viewer, view: View, reference: str) -> CasePage:
    """Return the page of a case, and record the look.

    Raises:
        NotFoundError: no such case, none this viewer may see, or none known by the view.
    """
    with transaction.atomic():
        lineage = _lineage(viewer, "case", reference)
        facts = sorted(facts_of_cases(view, [lineage]), key=lambda f: (f.known_on, f.fact_id))
        reported = next((fact for fact in facts if fact.kind == "case_reported"), None)
        if reported is None:
            raise nothing()
        incident, fellows = _incident_of(view, reported)
        page = CasePage(
            reference=public_reference("C", lineage),
            view=view,
            lineage=lineage,
            facts=facts,
            incident=incident,
            fellows=fellows,
            subjects=_subjects(view, facts),
            holders=holders_by_id(),
        )
        _record(viewer, view, "case", page.reference, facts)
    return page


def incident_page(viewer: Viewer, view: View, reference: str) -> IncidentPage:
    """Return the page of an incident, and record the look.

    Raises:
        NotFoundError: no such incident, none this viewer may see, or none known by the view.
    """
    with transaction.atomic():
        lineage = _lineage(viewer, "incident", reference)
        found = facts_by(view, "incident", "lineage", [lineage])
        if not found:
            raise nothing()
        cases = sorted(
            facts_by(view, "case_reported", "incident", [lineage]),
            key=lambda f: (f.known_on, f.fact_id),
        )
        page = IncidentPage(
            reference=public_reference("I", lineage),
            view=view,
            incident=found[0],
            cases=cases,
            case_references={case.lineage: public_reference("C", case.lineage) for case in cases},
            holders=holders_by_id(),
        )
        _record(viewer, view, "incident", page.reference, [*found, *cases])
    return page


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
    with connection.cursor() as cursor:
        cursor.execute(
            "select kind, public_reference, coalesce(holder_reference, '') from projection.case_search"
            " where wall = %s and (public_reference = upper(%s) or lower(holder_reference) = lower(%s))"
            " order by kind, public_reference limit %s",
            [OPEN_WALL, text.strip(), text.strip(), limit],
        )
        return list(cursor.fetchall())


def _lineage(viewer: Viewer, kind: str, reference: str) -> uuid.UUID:
    if not may_look_at_people(viewer) or not is_public_reference(reference):
        raise nothing()
    with connection.cursor() as cursor:
        cursor.execute(
            "select case_lineage from projection.case_search where kind = %s and public_reference = %s and wall = %s",
            [kind, reference.upper(), OPEN_WALL],
        )
        row = cursor.fetchone()
    if row is None:
        raise nothing()
    found: uuid.UUID = row[0]
    return found


def _incident_of(view: View, reported: Fact) -> tuple[Fact | None, list[str]]:
    if reported["incident"] is None:
        return None, []
    incident = facts_by(view, "incident", "lineage", [reported["incident"]])
    fellows = facts_by(view, "case_reported", "incident", [reported["incident"]])
    others = sorted(
        public_reference("C", f.lineage) for f in fellows if f.lineage != reported.lineage
    )
    return (incident[0] if incident else None), others


def _subjects(view: View, facts: Sequence[Fact]) -> dict[uuid.UUID, tuple[str, Fact]]:
    records = {fact.record_lineage for fact in facts if fact.record_lineage is not None}
    if not records:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select record_lineage, reference from projection.person where record_lineage = any(%s)",
            [list(records)],
        )
        references = dict(cursor.fetchall())
    shown = facts_by(view, "person_record", "lineage", records)
    return {
        fact.lineage: (references[fact.lineage], fact)
        for fact in shown
        if fact.lineage in references
    }


def _record(viewer: Viewer, view: View, kind: str, reference: str, facts: Sequence[Fact]) -> None:
    record_consultation(
        viewer,
        f"{kind}:read",
        object_kind=kind,
        object_ref=reference,
        view=view.describe(),
        position=view.position,
        payload_hash=payload_hash(facts),
    )
