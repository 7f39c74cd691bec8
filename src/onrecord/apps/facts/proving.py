"""Prove on a large record that a view never shows what came to be known after its day.

`onrecord assure views` runs this at a million rows; a test runs it small. For each
of many people everything the record says as at a day is written down; then things
known later about them are added, changed, moved, ended and undone; and everything is
asked again.
"""

import random
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db import connection

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import Recording, recording
from onrecord.apps.facts.proving_rows import BATCHES, Filling, kinds
from onrecord.apps.facts.reading import facts_of_cases, facts_of_records
from onrecord.apps.facts.writing import FactCopier, append_fact, refresh_statistics
from onrecord.apps.organisations.services import ensure_holder
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import new_lineage
from onrecord.core.ledger.actors import Actor, ActorKind
from onrecord.core.timekeeping.views import View

_PROVER = Actor("views-prover", ActorKind.SYSTEM)
_HOLDERS = ("NSP:HR", "NSP:PSD", "WMP:CRIME", "NAT:INDEX")
_FIRST, _DAYS = date(2000, 1, 1), 7000
_SHOWN = 40
_IN_A_ROUND = 20


@dataclass(slots=True)
class Proof:
    """What was tried, and what did not hold.

    Attributes:
        milliseconds: how long each reading of a person with fifty allegations took.
        failures: one sentence for each answer that changed.
    """

    seed: int
    rows: int = 0
    histories: int = 0
    answers: int = 0
    later_facts: int = 0
    seconds_to_fill: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Somebody's record, asked about in one view, and what it said."""

    person: uuid.UUID
    cases: tuple[uuid.UUID, ...]
    view: View
    said: str


def prove_views(seed: int, rows: int, histories: int) -> Proof:
    """Fill the store with `rows` invented facts and try to change `histories` answered days."""
    rnd = random.Random(seed)  # noqa: S311 - the same seed tries the same things
    filling = _filling(seed, rows, histories)
    proof = Proof(seed)
    started = time.perf_counter()
    proof.rows = _fill(filling)
    proof.seconds_to_fill = time.perf_counter() - started
    proof.milliseconds = list(_timed(filling))
    while proof.histories < histories:
        _one_round(filling, proof, rnd, min(_IN_A_ROUND, histories - proof.histories))
    return proof


def _filling(seed: int, rows: int, histories: int) -> Filling:
    holders = [(ensure_holder(code).pk, code) for code in _HOLDERS]
    return Filling(seed, rows, holders, min(_SHOWN, histories))


def _fill(filling: Filling) -> int:
    written = 0
    for number in range(1, BATCHES + 1):
        with _act() as rec:
            copier = FactCopier(rec)
            written += sum(copier.copy(kind, filling.batches_of(kind, number)) for kind in kinds())
    refresh_statistics(kinds())
    return written


def _act() -> Any:
    return recording(
        _PROVER, "views:prove", object_kind="proof", object_ref="views",
        reason="proving views", batch=uuid.uuid4(),
    )  # fmt: skip


def _one_round(filling: Filling, proof: Proof, rnd: random.Random, people: int) -> None:
    chosen = rnd.sample(range(filling.things("person_record")), people)
    # One day for all: they share cases, and what is later for one may not be earlier for another.
    day = _FIRST + timedelta(days=rnd.randrange(_DAYS))
    view = View(current_position(), on=day, includes_day=rnd.random() < 0.5)  # noqa: PLR2004
    asked = [_ask(_person(filling, number), view, rnd, filling) for number in chosen]
    with _act() as rec:
        for one in asked:
            proof.later_facts += _tell_later(rec, one, rnd, filling)
    _compare(asked, proof, "after later facts were written")
    _undo(rec.event_id)
    _compare(asked, proof, "after those were undone")
    proof.histories += people


def _person(filling: Filling, number: int) -> uuid.UUID:
    return filling.lineage_of("person_record", number)


def _ask(person: uuid.UUID, view: View, rnd: random.Random, filling: Filling) -> _Asked:
    if rnd.random() < 0.5:  # noqa: PLR2004
        view = view.as_visible_to(frozenset({rnd.choice(filling.holders)[0]}))
    everything = facts_of_records(replace(view, on=None, held_by=None), [person])
    cases = tuple(sorted({f.case_lineage for f in everything if f.case_lineage}))
    return _Asked(person, cases, view, _answer(person, cases, view))


def _answer(person: uuid.UUID, cases: tuple[uuid.UUID, ...], view: View) -> str:
    shown = [*facts_of_records(view, [person]), *facts_of_cases(view, cases)]
    return repr(sorted((f.kind, f.fact_id, str(f)) for f in shown))


def _compare(asked: list[_Asked], proof: Proof, when: str) -> None:
    end = current_position()
    for one in asked:
        for view in (one.view, replace(one.view, position=end)):
            proof.answers += 1
            if _answer(one.person, one.cases, view) != one.said:
                proof.failures.append(f"{one.person}: {view.describe()}: changed {when}")


def _tell_later(rec: Recording, one: _Asked, rnd: random.Random, filling: Filling) -> int:
    """Write what came to be known about somebody after the day that was asked about."""
    later = _after(one.view, rnd)
    somebody = _person(filling, rnd.randrange(filling.things("person_record")))
    rows = [_new_allegation(one, later, filling)]
    facts = facts_of_records(one.view.at_end_of_record(), [one.person])
    for fact in (f for f in facts if f.kind == "allegation"):
        rows.append(_changed(fact, later, rnd, somebody))
        rows.append(
            _put_right(fact) if fact.known_on >= later else _held(fact, later, filling, rnd)
        )
    for kind, row in rows:
        append_fact(rec, kind, row)
    return len(rows)


def _after(view: View, rnd: random.Random) -> date:
    """Return a day that the view does not reach: the next one as often as not."""
    assert view.on is not None  # noqa: S101 - drawn by _one_round
    return view.on + timedelta(days=int(view.includes_day) + rnd.choice((0, 0, rnd.randrange(900))))


type _Row = tuple[str, Mapping[str, Any]]


def _new_allegation(one: _Asked, later: date, filling: Filling) -> _Row:
    case = one.cases[0] if one.cases else None
    return "allegation", {"holder_id": filling.holders[0][0], "known_on": later, "category": "new",
                          "record_lineage": one.person, "case_lineage": case}  # fmt: skip


def _changed(fact: Fact, later: date, rnd: random.Random, somebody: uuid.UUID) -> _Row:
    return "allegation", {
        "lineage": fact.lineage, "change": "later", "gone": rnd.random() < 0.3, "known_on": later,  # noqa: PLR2004
        "holder_id": fact.holder_id, "category": "changed", "case_lineage": fact.case_lineage,
        "record_lineage": rnd.choice((fact.record_lineage, somebody, None)),
    }  # fmt: skip


def _put_right(fact: Fact) -> _Row:
    return "allegation", {
        "lineage": fact.lineage, "change": "mistake", "known_on": fact.known_on,
        "holder_id": fact.holder_id, "category": "put right", "record_lineage": fact.record_lineage,
    }  # fmt: skip


def _held(fact: Fact, later: date, filling: Filling, rnd: random.Random) -> _Row:
    holder = rnd.choice(filling.holders)[0]
    return "holding", {"holder_id": holder, "known_on": later, "held_lineage": fact.lineage,
                       "lineage": new_lineage()}  # fmt: skip


def _undo(event_id: int) -> None:
    with _act() as rec:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into ledger.batch_undo (undone_event, event_id) values (%s, %s)",
                [event_id, rec.event_id],
            )
        rec.wrote("batch_undo", 1)


def _timed(filling: Filling) -> Iterator[float]:
    """Time a reading of each of the people who have fifty allegations, in several views."""
    end = current_position()
    middle = _FIRST + timedelta(days=_DAYS // 2)
    held = frozenset({filling.holders[0][0]})
    views = (View(end), View(end, on=middle), View(end, on=middle, held_by=held))
    for number in range(filling.shown):
        person = _person(filling, number)
        for view in views:
            started = time.perf_counter()
            facts_of_records(view, [person])
            yield (time.perf_counter() - started) * 1000
