"""What the interface answers with. Codes, dates and references; names and narratives stay here."""

from datetime import date
from typing import Any, Literal

from ninja import Field, Schema

from onrecord.apps.linking.asking import Answer, Typed
from onrecord.apps.searching.everywhere import Everything
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.kinds import KINDS, Use

_PLAIN = frozenset({Use.CODE, Use.DATE, Use.NUMBER})


type Place = Literal["people", "cases", "record", "papers", "documents"]


class Whoami(Schema):
    """Whose key it is, and what it is good for."""

    account: str
    role: str
    verbs: list[str]


class FactOut(Schema):
    """One fact as the view shows it."""

    kind: str
    known_on: date
    happened_from: date | None
    happened_to: date | None
    held_by: str
    case: str | None
    values: dict[str, Any]


class ThingOut(Schema):
    """A person or a case as known on a day."""

    reference: str
    known_on: date
    recorded_by: int
    facts: list[FactOut]


class TaskOut(Schema):
    """One task that the account may see."""

    reference: str
    kind: str
    title: str
    state: str
    due_on: date | None
    case: str | None


class SearchIn(Schema):
    """What to look for, where (everywhere, if no place is named), and as known on which day."""

    text: str = Field(min_length=1, max_length=100)
    places: tuple[Place, ...] = ()
    on: date | None = None


class PlaceOut(Schema):
    """One place in which the words stand: what it is, whose, since when; not the words themselves."""

    kind: str
    case: str | None
    person: str | None
    reference: str | None
    known_on: date | None


class SearchOut(Schema):
    """What a search found, by place, nearest first."""

    people: list[str]
    cases: list[str]
    record: list[PlaceOut]
    papers: list[PlaceOut]
    documents: list[PlaceOut]
    is_cut: bool


class MatchIn(Schema):
    """What is known of somebody; whatever is not known is left out."""

    family_name: str = Field("", max_length=200)
    given_name: str = Field("", max_length=200)
    middle_names: str = Field("", max_length=200)
    birth_date: date | None = None
    birth_year: int | None = Field(None, ge=1900, le=2100)
    sex: str = Field("", max_length=20)
    service_number: str = Field("", max_length=40)
    warrant_number: str = Field("", max_length=40)


class CandidateOut(Schema):
    """One person it may be: how much speaks for it (log 2 of the odds), and what, in words."""

    reference: str
    weight: float
    because: str
    would_be_joined: bool


class MatchOut(Schema):
    """Whom it may be, likeliest first, by which model, and how many records it could not compare yet."""

    model: str
    waiting: int
    people: list[CandidateOut]


class Problem(Schema):
    """What went wrong, in a sentence, and what to do next (RFC 9457)."""

    title: str
    status: int
    detail: str
    next_step: str = ""


def fact_out(fact: Fact, holders: dict[int, str]) -> FactOut:
    """Return a fact without whatever names or narrates."""
    return FactOut(
        kind=fact.kind, known_on=fact.known_on, happened_from=fact.happened_from,
        happened_to=fact.happened_to, held_by=holders.get(fact.holder_id, ""),
        case=public_reference("C", fact.case_lineage) if fact.case_lineage else None,
        values={
            column.name: _plain(fact[column.name])
            for column in KINDS[fact.kind].columns
            if column.use in _PLAIN and fact[column.name] not in (None, "", ())
        },
    )  # fmt: skip


def search_out(found: Everything) -> SearchOut:
    """Return references of what was found, without whatever names or narrates."""
    return SearchOut(
        people=[hit.reference for hit in found.people],
        cases=[reference for _, reference, _ in found.cases],
        record=[_place(h.kind, h.case, h.person, "", h.known_on) for h in found.record.hits],
        papers=[_place(h.kind, h.case, "", h.reference, h.at.date()) for h in found.papers],
        documents=[_place("page", "", "", h.citation, None) for h in found.documents],
        is_cut=found.record.is_cut,
    )


def match_out(answer: Answer) -> MatchOut:
    """Return references and weights, without names."""
    return MatchOut(
        model=answer.model, waiting=answer.waiting,
        people=[
            CandidateOut(reference=one.reference, weight=round(one.weight, 2), because=one.words,
                         would_be_joined=one.is_sure)
            for one in answer.candidates
        ],
    )  # fmt: skip


def typed_of(wanted: MatchIn) -> Typed:
    """Return what was asked as linkage knows it."""
    return Typed(
        family=wanted.family_name, given=wanted.given_name, middle=wanted.middle_names,
        birth_date=wanted.birth_date, birth_year=wanted.birth_year, sex=wanted.sex,
        number=wanted.service_number, warrant=wanted.warrant_number,
    )  # fmt: skip


def _place(kind: str, case: str, person: str, reference: str, known_on: date | None) -> PlaceOut:
    return PlaceOut(
        kind=kind, case=case or None, person=person or None, reference=reference or None,
        known_on=known_on,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, (str, int, bool)) else str(value)
