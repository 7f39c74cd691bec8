"""One case, or one incident, as a view shows it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from onrecord.apps.access.selectors import holders_seen
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.cases.finding import case_lineage as case_lineage
from onrecord.apps.cases.finding import incident_lineage, nothing
from onrecord.apps.cases.finding import references_like as references_like
from onrecord.apps.facts.reading import facts_by, facts_of_cases
from onrecord.apps.facts.seeing import seeing
from onrecord.apps.organisations.selectors import HolderRef
from onrecord.apps.people.incidents import Incidents, cases_of_incident, incidents_around
from onrecord.apps.people.reaching import cases_in_reach, recording_refusals
from onrecord.apps.people.selectors import payload_hash
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View


@dataclass(frozen=True, slots=True)
class Fellow:
    """Another case of the same incident.

    Attributes:
        judged_on: the day since when the two are judged to be one incident; none where
            the sources name the same incident.
    """

    reference: str
    judged_on: date | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case as a view shows it.

    Attributes:
        facts: everything that belongs to the case, oldest known first.
        incident: the incident it is a record of, where the source says.
        incident_reference: what the incident is called: the same for every case of it.
        fellows: other cases of the same incident that the view knows.
        subjects: for each subject's person record, the person's reference and the
            name to show (identifiers only when names are hidden is the page's doing).
    """

    reference: str
    view: View
    lineage: uuid.UUID
    facts: Sequence[Fact]
    incident: Fact | None
    incident_reference: str
    fellows: Sequence[Fellow]
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
    """One incident as a view shows it, with the cases that are records of it.

    Attributes:
        incident: what a source says of it; none where cases alone stand for it.
    """

    reference: str
    view: View
    incident: Fact | None
    cases: Sequence[Fact]
    case_references: Mapping[uuid.UUID, str]
    holders: Mapping[int, HolderRef]


def case_page(viewer: Viewer, view: View, reference: str) -> CasePage:
    """Return the page of a case, and record the look.

    Raises:
        NotFoundError: no such case, none this viewer may see, or none known by the view.
    """
    view = view.through(viewer.eyes)
    refusals = recording_refusals(viewer, "case:read", "case", reference)
    with refusals, transaction.atomic(), seeing(viewer.eyes):
        lineage = case_lineage(viewer, reference)
        facts = sorted(facts_of_cases(view, [lineage]), key=lambda f: (f.known_on, f.fact_id))
        reported = next((fact for fact in facts if fact.kind == "case_reported"), None)
        if reported is None:
            raise nothing()
        around = incidents_around(view, [lineage])
        page = CasePage(
            reference=public_reference("C", lineage),
            view=view,
            lineage=lineage,
            facts=facts,
            incident=_incident_named(view, [reported]),
            incident_reference=public_reference("I", around.of(lineage)),
            fellows=_fellows(viewer, around, lineage),
            subjects=_subjects(view, facts),
            holders=holders_seen(viewer.eyes),
        )
        _record(viewer, view, "case", page.reference, facts)
    return page


def incident_page(viewer: Viewer, view: View, reference: str) -> IncidentPage:
    """Return the page of an incident, and record the look.

    Raises:
        NotFoundError: no such incident, none this viewer may see, or none known by the view.
    """
    view = view.through(viewer.eyes)
    refusals = recording_refusals(viewer, "incident:read", "incident", reference)
    with refusals, transaction.atomic(), seeing(viewer.eyes):
        lineage = incident_lineage(viewer, reference)
        around = incidents_around(view, [lineage, *cases_of_incident(lineage)])
        cluster = around.of_member(lineage)
        cases = _within(viewer, around.cases_of(cluster))
        incident = _incident_named(view, cases, first=lineage)
        if incident is None and not cases:
            raise nothing()
        page = IncidentPage(
            reference=public_reference("I", cluster),
            view=view,
            incident=incident,
            cases=cases,
            case_references={case.lineage: public_reference("C", case.lineage) for case in cases},
            holders=holders_seen(viewer.eyes),
        )
        shown = [*cases, *([incident] if incident else [])]
        _record(viewer, view, "incident", page.reference, shown)
    return page


def _within(viewer: Viewer, cases: Sequence[Fact]) -> list[Fact]:
    """Return those cases of an incident that the viewer reaches."""
    within = cases_in_reach(viewer, "case:read")
    return [case for case in cases if within is None or case.lineage in within]


def _fellows(viewer: Viewer, around: Incidents, lineage: uuid.UUID) -> list[Fellow]:
    cases = _within(viewer, around.cases_of(around.of(lineage)))
    others = [case.lineage for case in cases if case.lineage != lineage]
    found = [
        Fellow(public_reference("C", case), around.joined_on(lineage, case)) for case in others
    ]
    return sorted(found, key=lambda fellow: fellow.reference)


def _incident_named(
    view: View, cases: Sequence[Fact], *, first: uuid.UUID | None = None
) -> Fact | None:
    """Return what a source says of the incident: of `first` where it does, else the first known."""
    named = {case["incident"] for case in cases if case["incident"]}
    found = facts_by(view, "incident", "lineage", named | ({first} if first else set()))
    return min(
        found,
        key=lambda fact: (fact.lineage != first, fact.known_on, fact.fact_id),
        default=None,
    )


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
