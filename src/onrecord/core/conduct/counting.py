"""Count what somebody is the subject of: people are never added to incidents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from onrecord.core.kernel.facts import Fact


@dataclass(frozen=True, slots=True)
class SubjectCounts:
    """How much there is about one subject, each unit by its own name."""

    allegations: int
    cases: int
    incidents: int
    holders: int


def subject_cases(facts: Iterable[Fact]) -> frozenset[UUID]:
    """Return the cases in which the person is the subject: alleged against, or named so."""
    return frozenset(
        fact.case_lineage
        for fact in facts
        if fact.case_lineage is not None
        and (fact.kind == "allegation" or (fact.kind == "party_role" and fact["role"] == "subject"))
    )


def count_subject(facts: Iterable[Fact], incident_of: Mapping[UUID, UUID]) -> SubjectCounts:
    """Count allegations, cases and incidents in which the person is the subject.

    `incident_of` gives the incident of each case; a case without one is its own.
    """
    facts = list(facts)
    cases = subject_cases(facts)
    return SubjectCounts(
        allegations=sum(fact.kind == "allegation" for fact in facts),
        cases=len(cases),
        incidents=len({incident_of.get(case, case) for case in cases}),
        holders=len({fact.holder_id for fact in facts if fact.case_lineage in cases}),
    )
