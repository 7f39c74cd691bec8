"""Read from dated facts what bears on conflicts: who is whose subject, colleague, manager or judge.

Nothing is decided here: `core.conflicts` grades what this reads.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from onrecord.apps.conflicts.selectors import human_of, record_of_human
from onrecord.apps.facts.reading import facts_by, facts_of_cases, facts_of_records
from onrecord.core.conduct.counting import subject_cases
from onrecord.core.conflicts.spans import Span
from onrecord.core.conflicts.ties import (
    Appearance,
    CaseTies,
    DeclaredTie,
    EarlierPart,
    Management,
    Membership,
    Part,
    Records,
    Setting,
    Subject,
)
from onrecord.core.kernel.facts import Fact
from onrecord.core.timekeeping.views import View

type DeclaredTies = Callable[[Records], Sequence[DeclaredTie]]
"""Gives the ties that were declared of anybody among these records."""

_IN_CASE = frozenset({"subject", "other"})
"""Roles in which somebody may be said to have been in a case; no victim, witness or reporter."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The human being behind an account, as conflicts know them.

    Attributes:
        account: the account.
        records: every person record of theirs, and what stands for them where they declared a tie.
        cases: their own cases: where they are a subject, or a party in whatever role.
    """

    account: str
    records: Records
    cases: frozenset[uuid.UUID]


def holder_of(account: str) -> Holder:
    """Return who is behind an account: their records, and their own cases."""
    records = _asked("select record from public.own_records(%s)", account)
    records |= {record_of_human(human_of(account))}
    return Holder(account, records, own_cases(account))


def own_cases(account: str) -> frozenset[uuid.UUID]:
    """Return the cases in which the account-holder is a subject, or a party in whatever role."""
    return _asked("select case_lineage from public.own_cases(%s)", account)


def _asked(sql: str, account: str) -> frozenset[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [account])
        return frozenset(row[0] for row in cursor.fetchall())


def cases_to_look_at(view: View, holder: Holder, declared: DeclaredTies) -> frozenset[uuid.UUID]:
    """Return every case in which the holder could be barred: no other needs to be graded."""
    own = holder.records
    decided = facts_by(view, "reported_decision", "maker_record", own)
    managed = facts_by(view, "service_spell", "line_manager", own)
    served = facts_by(view, "service_spell", "record_lineage", own)
    near = {fact.record_lineage for fact in managed} | {fact["line_manager"] for fact in served}
    for tie in declared(own):
        near |= {tie.one, tie.other}
    people = frozenset().union(*people_of(near - {None}).values()) - own
    return (
        holder.cases
        | {fact.case_lineage for fact in decided if fact.case_lineage}
        | subject_cases(facts_of_records(view, people))
    )


def people_of(records: Collection[uuid.UUID | None]) -> dict[uuid.UUID, Records]:
    """Return, for each record, every record of the same person, itself among them."""
    found = {record: frozenset({record}) for record in records if record}
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.record_lineage, array_agg(o.record_lineage) from projection.person p"
            " join projection.person o using (person_lineage)"
            " where p.record_lineage = any(%s) group by 1",
            [list(found)],
        )
        return found | {record: frozenset(fellows) for record, fellows in cursor.fetchall()}


def ties_of_cases(
    view: View, cases: Collection[uuid.UUID], holder: Holder, declared: DeclaredTies
) -> dict[uuid.UUID, CaseTies]:
    """Return what bears on the holder's conflicts in each of these cases."""
    of_case = _by_case(facts_of_cases(view, cases))
    subjects = {case: _subjects(of_case[case]) for case in cases}
    people = frozenset().union(*(s.records for each in subjects.values() for s in each))
    of_people = facts_of_records(view, people | holder.records)
    spells = [fact for fact in of_people if fact.kind == "service_spell"]
    ends = _ends(of_people)
    memberships = (*_units(spells, ends), *_courses(of_people))
    managements = tuple(
        Management(fact["line_manager"], fact.record_lineage, _span(fact, ends), fact.fact_id)
        for fact in spells
        if fact["line_manager"] and fact.record_lineage
    )
    appearances = _appearances(of_people)
    told = tuple(declared(people | holder.records))
    return {
        case: CaseTies(
            period=_period(of_case[case]),
            subjects=subjects[case],
            parties=holder.records if case in holder.cases else frozenset(),
            memberships=memberships,
            managements=managements,
            earlier_parts=_decisions(of_case[case]),
            appearances=tuple(each for each in appearances if each.case != case),
            declared=told,
        )
        for case in cases
    }


def _by_case(facts: Iterable[Fact]) -> Mapping[uuid.UUID, list[Fact]]:
    found: dict[uuid.UUID, list[Fact]] = defaultdict(list)
    for fact in facts:
        case = fact.lineage if fact.kind == "case_reported" else fact.case_lineage
        if case is not None:
            found[case].append(fact)
    return found


def _subjects(facts: Iterable[Fact]) -> tuple[Subject, ...]:
    said: dict[uuid.UUID, list[int]] = defaultdict(list)
    for fact in facts:
        is_about = fact.kind == "allegation" or (
            fact.kind == "party_role" and fact["role"] == "subject"
        )
        if is_about and fact.record_lineage:
            said[fact.record_lineage].append(fact.fact_id)
    people: dict[Records, list[int]] = defaultdict(list)
    for record, fellows in people_of(list(said)).items():
        people[fellows] += said[record]
    return tuple(Subject(records, tuple(sorted(facts))) for records, facts in people.items())


def _period(facts: Iterable[Fact]) -> Span:
    """Return the relevant period: from the first thing alleged or reported to the end of the case."""
    firsts: list[date] = []
    lasts: list[date] = []
    for fact in facts:
        if fact.kind == "allegation":
            firsts += filter(None, (fact["occurred_on"], fact.happened_from))
        elif fact.kind == "case_reported":
            firsts += filter(None, (fact["reported_on"], fact["recorded_on"]))
        elif fact.kind == "case_finalised":
            lasts += filter(None, (fact["finalised_on"],))
    return Span(min(firsts, default=None), max(lasts, default=None))


def _ends(facts: Iterable[Fact]) -> dict[uuid.UUID, date]:
    return {
        fact["spell"]: fact["ended_on"]
        for fact in facts
        if fact.kind == "spell_end" and fact["spell"] and fact["ended_on"]
    }


def _span(fact: Fact, ends: Mapping[uuid.UUID, date]) -> Span:
    return Span(fact.happened_from, fact.happened_to or ends.get(fact.lineage))


def _units(spells: Iterable[Fact], ends: Mapping[uuid.UUID, date]) -> list[Membership]:
    return [
        Membership(
            fact.record_lineage, Setting.UNIT, fact["employer"] or "", fact["unit"],
            _span(fact, ends), fact.fact_id,
        )
        for fact in spells
        if fact["unit"] and fact.record_lineage
    ]  # fmt: skip


def _courses(facts: Iterable[Fact]) -> list[Membership]:
    return [
        Membership(
            fact.record_lineage, Setting.COURSE, "", fact["code"],
            Span(fact.happened_from, fact.happened_to or fact.happened_from), fact.fact_id,
        )
        for fact in facts
        if fact.kind == "record" and fact["record_type"] == "training" and fact["code"]
        and fact.record_lineage
    ]  # fmt: skip


def _appearances(facts: Iterable[Fact]) -> list[Appearance]:
    return [
        Appearance(
            fact.record_lineage, fact.case_lineage, Span(fact.happened_from, fact.happened_to),
            fact.fact_id,
        )
        for fact in facts
        if fact.case_lineage and fact.record_lineage
        and (fact.kind == "allegation" or (fact.kind == "party_role" and fact["role"] in _IN_CASE))
    ]  # fmt: skip


def _decisions(facts: Iterable[Fact]) -> tuple[EarlierPart, ...]:
    return tuple(
        EarlierPart(
            fact["maker_record"], Part.DECIDED, Span(fact["decided_on"], fact["decided_on"]),
            fact.fact_id,
        )
        for fact in facts
        if fact.kind == "reported_decision" and fact["maker_record"]
    )  # fmt: skip
