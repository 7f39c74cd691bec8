"""Read from the ledger and the record what the rules of looking are handed, with nobody's eyes.

What stands behind a seal is not read at all, nor are the looks that those behind it make
at what it covers: an alert about them would tell that there is something.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection

from onrecord.apps.access.models import CircleMember, Leave, User
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.conflicts.selectors import declared_among
from onrecord.apps.conflicts.ties import holder_of
from onrecord.apps.facts.reading import facts_of_cases, facts_of_records
from onrecord.apps.sealing.selectors import looks_kept_back
from onrecord.apps.work.models import Task
from onrecord.core.conduct.counting import subject_cases
from onrecord.core.kernel.clock import UK_TIME
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.looking.stream import Account, Known, Look, Period
from onrecord.core.timekeeping.views import View

MEMORY = timedelta(days=42)
"""How long before the looks in question the rules have to have seen: the longest threshold there is."""


@dataclass(frozen=True, slots=True)
class Read:
    """The looks of a while, oldest first, and what is known about who and what is in them."""

    looks: list[Look] = field(default_factory=list)
    known: Known = field(default_factory=lambda: Known({}))


def read_since(since: datetime) -> Read:
    """Return the looks since some weeks before `since`, and what the rules ask about them."""
    rows = _rows(since - MEMORY)
    cases = _cases_called({row[5] for row in rows if row[4] == "case"})
    todays = _todays({row[5] for row in rows if row[4] == "person"})
    rows = [
        (*row[:5], todays.get(row[5], row[5]), *row[6:]) if row[4] == "person" else row
        for row in rows
    ]
    about = _Subjects.of(cases, {row[5] for row in rows if row[4] == "person"})
    kept_back = looks_kept_back()
    looks = [_look(row, about) for row in rows if row[5] not in kept_back.get(row[2], frozenset())]
    return Read(looks, _known({look.account for look in looks}, about))


def _rows(since: datetime) -> list[tuple[int, datetime, str, str, str, str, str, str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select consultation_id, at, actor, action, object_kind, object_ref, page, reason, was_refused"
            "  from ledger.consultation where at >= %s and actor_kind = 'person' order by consultation_id",
            [since],
        )
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class _Subjects:
    """Who is whom and who is the subject of what, among what was looked at, by public reference."""

    records: Mapping[str, frozenset[uuid.UUID]]
    people_of_case: Mapping[str, tuple[str, ...]]
    cases_of_person: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, tuple[Fact, ...]]
    case_facts: Mapping[str, tuple[Fact, ...]]

    @classmethod
    def of(cls, cases: Mapping[str, uuid.UUID], people: Collection[str]) -> "_Subjects":
        """Read them with nobody's eyes."""
        view = View(current_position())
        subjects = {
            fact.record_lineage
            for fact in facts_of_cases(view, set(cases.values()))
            if _is_subject(fact) and fact.record_lineage
        }
        records = _records(people, subjects)
        every = {record for many in records.values() for record in many}
        by_record: dict[uuid.UUID, list[Fact]] = defaultdict(list)
        for fact in facts_of_records(view, every):
            if fact.record_lineage or fact.kind == "person_record":
                by_record[fact.record_lineage or fact.lineage].append(fact)
        facts = {
            person: tuple(fact for record in many for fact in by_record[record])
            for person, many in records.items()
        }
        about = {
            person: tuple(
                public_reference("C", case) for case in sorted(subject_cases(list(found)))
            )
            for person, found in facts.items()
        }
        in_cases = facts_of_cases(view, {f.case_lineage for f in by_fact(facts) if f.case_lineage})
        of_case: dict[str, list[Fact]] = defaultdict(list)
        for fact in in_cases:
            case = fact.lineage if fact.kind == "case_reported" else fact.case_lineage
            if case:
                of_case[public_reference("C", case)].append(fact)
        people_of: dict[str, list[str]] = defaultdict(list)
        for person, named in about.items():
            for case_reference in named:
                people_of[case_reference].append(person)
        return cls(
            records, {case: tuple(many) for case, many in people_of.items()}, about, facts,
            {case: tuple(many) for case, many in of_case.items()},
        )  # fmt: skip


def by_fact(facts: Mapping[str, Iterable[Fact]]) -> Iterable[Fact]:
    """Yield every fact once for each person that it is about."""
    return (fact for many in facts.values() for fact in many)


def _is_subject(fact: Fact) -> bool:
    return fact.kind == "allegation" or (fact.kind == "party_role" and fact["role"] == "subject")


def _cases_called(references: Collection[str]) -> dict[str, uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select public_reference, case_lineage from projection.case_search"
            " where public_reference = any(%s) and kind = 'case' and wall = 0"
            " and case_lineage not in (select lineage from public.hidden_from(''))",
            [sorted(references)],
        )
        return dict(cursor.fetchall())


def _records(
    people: Collection[str], subjects: Collection[uuid.UUID]
) -> dict[str, frozenset[uuid.UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select reference, array_agg(record_lineage) from projection.person where person_lineage in"
            " (select person_lineage from projection.person"
            "   where reference = any(%s) or record_lineage = any(%s)) group by 1",
            [sorted(people), list(subjects)],
        )
        return {reference: frozenset(records) for reference, records in cursor.fetchall()}


def _todays(people: Collection[str]) -> dict[str, str]:
    """Return by what reference each person goes today who was looked at by another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select own_reference, reference from projection.person where own_reference = any(%s)",
            [sorted(people)],
        )
        return dict(cursor.fetchall())


def _look(row: tuple[int, datetime, str, str, str, str, str, str, bool], about: _Subjects) -> Look:
    number, at, actor, action, kind, reference, page, reason, was_refused = row
    people = (reference,) if kind == "person" else about.people_of_case.get(reference, ())
    return Look(
        number, at, actor, action, kind, reference, page, reason, was_refused, people,
        reference if kind == "case" else "",
    )  # fmt: skip


def _known(accounts: Collection[str], about: _Subjects) -> Known:
    users = User.objects.filter(username__in=list(accounts)).order_by("pk")
    return Known(
        accounts={user.username: _account(user, about) for user in users},
        units={person: _units(facts) for person, facts in about.facts.items()},
        under_investigation={
            person: tuple(_open_since(about.case_facts.get(case, ())) for case in cases)
            for person, cases in about.cases_of_person.items()
        },
        victims_of=_victims(about),
        cases_of=about.cases_of_person,
    )


def _account(user: User, about: _Subjects) -> Account:
    holder = holder_of(user.username)
    mine = [reference for reference, records in about.records.items() if records & holder.records]
    tied = {
        end
        for tie in declared_among(holder.records)
        if not tie.is_withdrawn
        for end in (tie.one, tie.other)
    }
    tied -= holder.records
    view = View(current_position())
    return Account(
        name=user.username,
        person=mine[0] if mine else "",
        ties=frozenset(reference for reference, records in about.records.items() if records & tied),
        units=_units(facts_of_records(view, holder.records)),
        circles=_circles(user),
        tasks=_tasks(user),
        leave=tuple(
            Period(_morning(leave.from_on), _morning(leave.until_on + timedelta(days=1)))
            for leave in Leave.objects.filter(user=user, cancelled_at=None)
        ),
    )


def _units(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(
        f"{fact['employer']} {fact['unit']}"
        for fact in facts
        if fact.kind == "service_spell" and fact["unit"]
    )


def _open_since(facts: Iterable[Fact]) -> Period:
    reported = min((f.known_on for f in facts if f.kind == "case_reported"), default=None)
    ended = max((f.known_on for f in facts if f.kind == "case_finalised"), default=None)
    return Period(_morning(reported or date.min), _morning(ended) if ended else None)


def _victims(about: _Subjects) -> dict[str, frozenset[str]]:
    """Return, for each officer on record as a victim, the subjects of those cases."""
    found: dict[str, set[str]] = defaultdict(set)
    for person, facts in about.facts.items():
        for fact in facts:
            if fact.kind == "party_role" and fact["role"] == "victim" and fact.case_lineage:
                case = public_reference("C", fact.case_lineage)
                found[person] |= set(about.people_of_case.get(case, ()))
    return {person: frozenset(subjects) for person, subjects in found.items()}


def _circles(user: User) -> dict[str, tuple[Period, ...]]:
    found: dict[str, list[Period]] = defaultdict(list)
    letters = {"case": "C", "person": "P"}
    for member in CircleMember.objects.filter(user=user):
        reference = public_reference(letters[member.thing_kind], member.lineage)
        found[reference].append(Period(member.added_at, member.ended_at))
    return {reference: tuple(periods) for reference, periods in found.items()}


def _tasks(user: User) -> dict[str, tuple[Period, ...]]:
    found: dict[str, list[Period]] = defaultdict(list)
    for task in Task.objects.filter(owner=user).order_by("pk"):
        for letter, lineage in (("C", task.case_lineage), ("P", task.record_lineage)):
            if lineage:
                found[public_reference(letter, lineage)].append(Period(task.raised_at))
    return {reference: tuple(periods) for reference, periods in found.items()}


def _morning(day: date) -> datetime:
    if day <= _NEVER:
        return datetime.combine(_NEVER, time.min, UTC)
    return datetime.combine(day, time.min, UK_TIME).astimezone(UTC)


_NEVER = date(1900, 1, 1)
