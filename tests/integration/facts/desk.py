"""A desk at which a test writes acts to a store and asks it for answers."""

import itertools
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from psycopg import connect, sql

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import recording
from onrecord.apps.facts.reading import facts_by, facts_of_cases, facts_of_records
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.organisations.services import ensure_holder
from onrecord.core.kernel.facts import Fact
from onrecord.core.ledger.actors import Actor
from onrecord.core.timekeeping.views import View

TESTER = Actor("a.tester")
FIRST_DAY = date(2020, 1, 1)
_drawn = itertools.count(1)


def day(number: int) -> date:
    """Return the day `number` days after the first."""
    return FIRST_DAY + timedelta(days=number)


def fresh() -> uuid.UUID:
    """Return a lineage that no other test world has."""
    return uuid.UUID(int=(7 << 120) + next(_drawn))


@dataclass(frozen=True)
class Written:
    """One act as the store has it."""

    event_id: int
    position: int


class Desk:
    """Writes facts a line each, and undoes the batches in which they came."""

    def __init__(self, holders: Iterable[str] = ("NSP:HR", "NSP:PSD", "WMP:CRIME")) -> None:
        self.holders = [ensure_holder(code).pk for code in holders]

    def write(self, *facts: tuple[str, Mapping[str, Any]]) -> Written:
        """Write these facts in one batch; `known` may be a day's number, `by` a holder's place."""
        with recording(
            TESTER, "import:run", object_kind="batch", object_ref="test", reason="a test",
            batch=uuid.uuid4(),
        ) as rec:  # fmt: skip
            for kind, values in facts:
                append_fact(rec, kind, self.row(values))
        return Written(rec.event_id, current_position())

    def undo(self, written: Written) -> Written:
        """Undo a batch."""
        from django.db import connection

        with recording(
            TESTER, "import:undo", object_kind="batch", object_ref="test", reason="a test"
        ) as rec:
            with connection.cursor() as cursor:
                cursor.execute(
                    "insert into ledger.batch_undo (undone_event, event_id) values (%s, %s)",
                    [written.event_id, rec.event_id],
                )
            rec.wrote("batch_undo", 1)
        return Written(rec.event_id, current_position())

    def row(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the row as `append_fact` takes it."""
        row = dict(values)
        known = row.pop("known")
        row["known_on"] = day(known) if isinstance(known, int) else known
        row["holder_id"] = self.holders[row.pop("by", 0)]
        return row

    def view(
        self, on: int | None = None, *, held: Iterable[int] | None = None, **limits: Any
    ) -> View:
        """Return a view of everything written so far, `on` a day's number."""
        return View(
            limits.pop("position", None) or current_position(),
            on=None if on is None else day(on),
            held_by=None if held is None else frozenset(self.holders[place] for place in held),
            **limits,
        )


def allegation(
    lineage: uuid.UUID, text: str, known: int, **more: Any
) -> tuple[str, dict[str, Any]]:
    """Return a version of an allegation whose category is `text`."""
    return "allegation", {"lineage": lineage, "category": text, "known": known, **more}


def holding(held: uuid.UUID, known: int, by: int, **more: Any) -> tuple[str, dict[str, Any]]:
    """Return a version of a holding."""
    return "holding", {"held_lineage": held, "known": known, "by": by, "lineage": fresh(), **more}


def texts(view: View, lineage: uuid.UUID) -> list[str]:
    """Return the categories that the view shows for one allegation."""
    return [fact["category"] for fact in facts_by(view, "allegation", "lineage", [lineage])]


def said(fact: Fact) -> tuple[Any, ...]:
    """Return all that a fact says, without the numbers this installation gave it."""
    return (
        fact.kind, fact.lineage, fact.change, fact.happened_from, fact.happened_to, fact.known_on,
        fact.known_basis, fact.known_rule, fact.holder_id, fact.source_ref, fact.case_lineage,
        fact.record_lineage, tuple(sorted((k, str(v)) for k, v in fact.values.items())),
    )  # fmt: skip


def answers(view: View, records: Iterable[uuid.UUID], cases: Iterable[uuid.UUID],
            things: Iterable[uuid.UUID], kinds: Iterable[str]) -> list[Any]:  # fmt: skip
    """Return everything the reading interface says under one view, in one order."""
    return [
        sorted(map(said, facts_of_records(view, list(records))), key=repr),
        sorted(map(said, facts_of_cases(view, list(cases))), key=repr),
        *(
            sorted(map(said, facts_by(view, kind, "lineage", list(things))), key=repr)
            for kind in kinds
        ),
    ]


def as_role(store: Any, role: Any, *, autocommit: bool = False) -> Any:
    """Sign in to the store as one of its real roles, past every line of the application."""
    opened = connect(store.dsn(role), autocommit=autocommit)
    opened.execute(sql.SQL("set search_path to public, facts, ledger, projection, compartment"))
    if not autocommit:
        opened.commit()
    return opened
