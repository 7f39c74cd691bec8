"""Everything on record about one person, as a view shows it."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from onrecord.apps.access.selectors import holders_seen
from onrecord.apps.audit.selectors import current_position as current_position
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.reading import facts_by, facts_of_cases, facts_of_records
from onrecord.apps.facts.seeing import seeing
from onrecord.apps.organisations.selectors import HolderRef
from onrecord.apps.people.clusters import records_of_person
from onrecord.apps.people.deciding import DecisionReach as DecisionReach
from onrecord.apps.people.deciding import reach_of_decisions
from onrecord.apps.people.finding import PersonHit as PersonHit
from onrecord.apps.people.finding import person_lineage
from onrecord.apps.people.finding import search_people as search_people
from onrecord.apps.people.incidents import incidents_around
from onrecord.apps.people.reaching import recording_refusals
from onrecord.core.conduct.counting import SubjectCounts, count_subject, subject_cases
from onrecord.core.conduct.standing import Standing, standing
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person as a view shows them. Nothing in it was first known after the view's day.

    Attributes:
        records: the person's records, whether or not the view shows what they say.
        facts: facts about the person's records, oldest known first; allegations and
            party roles among them are those in which the person is the *subject*.
        case_facts: for each case in which the person is the subject, what else the
            view shows of that case (reported, finalised, decisions, referrals …).
        incidents: the incidents of those cases, by lineage.
        episodes: what each of those cases is one episode with.
        case_references: public reference of each case.
        judgements: identity judgements among the records, today's, each with its date.
        decisions: decisions about the person in view, with what was near to each.
        holders: every holder, by number.
    """

    reference: str
    view: View
    standing: Standing
    counts: SubjectCounts
    records: frozenset[uuid.UUID]
    facts: Sequence[Fact]
    case_facts: Mapping[uuid.UUID, Sequence[Fact]]
    incidents: Mapping[uuid.UUID, Fact]
    episodes: Mapping[uuid.UUID, uuid.UUID]
    case_references: Mapping[uuid.UUID, str]
    judgements: Sequence[Fact]
    decisions: Sequence[DecisionReach]
    holders: Mapping[int, HolderRef]
    payload_hash: bytes

    def of_kind(self, *kinds: str) -> list[Fact]:
        """Return the facts about the person of these kinds."""
        return [fact for fact in self.facts if fact.kind in kinds]

    @property
    def is_empty(self) -> bool:
        """Tell whether the view shows nothing at all of this person."""
        return not self.facts


def person_page(viewer: Viewer, view: View, reference: str) -> PersonPage:
    """Return the page of the person meant by `reference`, and record the look.

    Raises:
        NotFoundError: nobody by that reference, or nobody this viewer may see.
    """
    refusals = recording_refusals(viewer, "person:read", "person", reference)
    with refusals, transaction.atomic(), seeing(viewer.eyes):
        page = _assemble(view.through(viewer.eyes), person_lineage(viewer, reference))
        record_consultation(
            viewer,
            "person:read",
            object_kind="person",
            object_ref=page.reference,
            view=view.describe(),
            position=view.position,
            payload_hash=page.payload_hash,
        )
    return page


def _assemble(view: View, person: uuid.UUID) -> PersonPage:
    records, judgements = records_of_person(view, person)
    facts = sorted(filter(_is_of_subject, facts_of_records(view, records)), key=_order)
    cases = subject_cases(facts)
    about_cases = [
        fact
        for fact in facts_of_cases(view, cases)
        if fact.record_lineage is None or (fact.record_lineage in records and _is_of_subject(fact))
    ]
    own = {fact.fact_id for fact in facts}
    case_facts: dict[uuid.UUID, list[Fact]] = {case: [] for case in sorted(cases)}
    for fact in sorted(about_cases, key=_order):
        if fact.fact_id not in own:
            case_facts[_case_of(fact)].append(fact)
    named = {fact["incident"] for fact in about_cases if fact.kind == "case_reported"}
    incidents = facts_by(view, "incident", "lineage", named - {None})
    around = incidents_around(view, cases)
    episodes = {case: around.of(case) for case in cases}
    holders = holders_seen(view.eyes or "")
    return PersonPage(
        reference=public_reference("P", min(records)),
        view=view,
        standing=standing(facts),
        counts=count_subject(facts, episodes),
        records=records,
        facts=facts,
        case_facts=case_facts,
        incidents={fact.lineage: fact for fact in incidents},
        episodes=episodes,
        case_references={case: public_reference("C", case) for case in cases},
        judgements=judgements,
        decisions=reach_of_decisions(view, records, facts, about_cases, holders),
        holders=holders,
        payload_hash=payload_hash([*facts, *about_cases, *incidents]),
    )


def _is_of_subject(fact: Fact) -> bool:
    """Tell whether a fact may stand on the person's page: no part in a case but the subject's does.

    An officer who is harmed, or reports, is protected as anybody is.
    """
    return fact.kind != "party_role" or fact["role"] == "subject"


def _case_of(fact: Fact) -> uuid.UUID:
    return fact.lineage if fact.kind == "case_reported" else fact.case_lineage or fact.lineage


def _order(fact: Fact) -> tuple[date, date, str, int]:
    """Order by when it was known, then happened; ties by kind and number, so pages are stable."""
    return fact.known_on, fact.happened_from or date.min, fact.kind, fact.fact_id


def payload_hash(facts: Sequence[Fact]) -> bytes:
    """Return the hash of what a page showed: the versions in it, by number.

    Fact numbers name immutable versions, so the hash pins the data payload and
    reproduces for as long as the record does.
    """
    numbers = sorted({fact.fact_id for fact in facts})
    return hashlib.sha256(",".join(map(str, numbers)).encode()).digest()
