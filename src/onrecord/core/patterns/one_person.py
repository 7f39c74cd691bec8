"""Every rule, asked of one person's facts: the same SQL as over a snapshot, over tables in memory.

At intake there is no snapshot yet of what was just written. What is asked here of the facts that a
view shows is held equal to the snapshot engine at the same position by a test.
"""

import threading
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.core.cohorts.conditions import quoted
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.patterns.history import KNOWN, NEVER
from onrecord.core.patterns.marks import (
    columns_of,
    disproved,
    marks_from,
    ordered_sql,
    same_reports,
)
from onrecord.core.patterns.meeting import Met, meeting_on
from onrecord.core.patterns.rules import Of, Rule, Thing
from onrecord.core.patterns.sources import counted_kinds, kinds_of
from onrecord.core.snapshots.columns import Destination, columns_for, duckdb_types

_FROM, _FIRST = "known_from", "first_known"


@dataclass(frozen=True, slots=True)
class KnownOfPerson:
    """What a view shows of one person, as far as rules ask.

    Attributes:
        facts: facts of the kinds that rules read: about the person as subject, of their cases, of
            those cases' incidents, and who came to hold any of them.
        records: the person's records, of which the least stands for the person.
        episodes: for the incident that a case names, or the case itself, what it is one with.
        organisations: code of each holder's organisation, by number.
        first_known: for what has several versions, when it was first known.
        same_report: for cases by one complainant, what they are known as.
    """

    facts: Collection[Fact]
    records: frozenset[uuid.UUID]
    episodes: Mapping[uuid.UUID, uuid.UUID]
    organisations: Mapping[int, str]
    first_known: Mapping[uuid.UUID, date] = field(default_factory=dict)
    same_report: Mapping[uuid.UUID, str] = field(default_factory=dict)


def rules_met(known: KnownOfPerson, rules: Iterable[Rule], on: date) -> dict[str, list[Met]]:
    """Return by which rules a person is to be asked about on a day, each with the rows it rests on."""
    worth = [rule for rule in rules if _could_meet(rule, known.facts)]
    if not worth:
        return {}
    desk = _desk()
    desk.lay_out(known, frozenset().union(*(kinds_of(rule) for rule in worth)))
    gone = disproved(desk.con)
    found = {}
    for rule in worth:
        table = desk.ask(rule)
        same = same_reports(desk.con, table) if known.same_report else None
        if met := meeting_on(marks_from(table, gone, same), rule, on):
            found[rule.id] = met
    return found


def _could_meet(rule: Rule, facts: Collection[Fact]) -> bool:
    """Tell whether a person's facts hold enough of what a rule asks for to be worth asking: few do."""
    if not counted_kinds(rule) <= {fact.kind for fact in facts}:
        return False
    least = max(rule.at_least.values()) if rule.counts.of in _REPORTS else 1
    asked = [(rule.counts, least), *([(rule.given, 1)] if rule.given else [])]
    return all(_coded(thing, facts) >= many for thing, many in asked if thing.factors)


_REPORTS = frozenset({Of.ALLEGATION, Of.UNTOLD})


def _coded(thing: Thing, facts: Collection[Fact]) -> int:
    factors = set(thing.factors)
    return sum(
        fact.kind == "allegation" and not factors.isdisjoint(fact["factors"] or ())
        for fact in facts
    )


@dataclass(slots=True)
class _Desk:
    """Tables for one person at a time, and every question prepared: planning takes longer than asking."""

    con: duckdb.DuckDBPyConnection
    prepared: set[str] = field(default_factory=set)

    def ask(self, rule: Rule) -> pa.Table:
        """Return what a rule counts."""
        name = f"rule_{rule.content_hash}"
        if name not in self.prepared:
            self.con.execute(f"prepare {name} as {ordered_sql(rule)}").fetchall()
            self.prepared.add(name)
        rows = self.con.execute(f"execute {name}").fetchall()
        columns = columns_of(rule)
        values = zip(*rows, strict=True) if rows else ([] for _ in columns)
        return pa.table({
            column: pa.array(list(many), type_)
            for (column, type_), many in zip(columns.items(), values, strict=True)
        })  # fmt: skip

    def lay_out(self, known: KnownOfPerson, kinds: Collection[str]) -> None:
        """Replace whatever lies there by what is known of one person."""
        person = min(known.records)
        for kind in kinds:
            rows = [_row(fact, known.first_known) for fact in known.facts if fact.kind == kind]
            self._replace(f"{KNOWN}{kind}", _types(kind), rows)
        self._replace("person_cluster", _PAIRS, [
            {"member": record, "cluster": person} for record in known.records
        ])  # fmt: skip
        self._replace("incident_cluster", _PAIRS, [
            {"member": member, "cluster": episode} for member, episode in known.episodes.items()
        ])  # fmt: skip
        self._replace("holder", _HOLDERS, [
            {"number": number, "organisation": code} for number, code in known.organisations.items()
        ])  # fmt: skip
        self._replace("same_report", _SAME, [
            {"case_lineage": case, "known_as": name} for case, name in known.same_report.items()
        ])  # fmt: skip

    def _replace(self, table: str, types: Mapping[str, str], rows: list[dict[str, Any]]) -> None:
        """Put rows into a table that was emptied: as values, so that every plan stays good."""
        self.con.execute(f"delete from {table}").fetchall()
        if not rows:
            return
        given = ", ".join(_literal([row.get(name) for row in rows]) for name in types)
        self.con.execute(f"execute {self._filling(table, types)}({given})").fetchall()

    def _filling(self, table: str, types: Mapping[str, str]) -> str:
        """Return the name of the statement, prepared once, that puts rows into a table."""
        name = f"fill_{table}"
        if name not in self.prepared:
            columns = ", ".join(
                f"unnest(?::varchar[])::{type_} as {column}" for column, type_ in types.items()
            )
            self.con.execute(f"prepare {name} as insert into {table} select {columns}").fetchall()
            self.prepared.add(name)
        return name


_PAIRS = {"member": "uuid", "cluster": "uuid"}
_HOLDERS = {"number": "bigint", "organisation": "varchar"}
_SAME = {"case_lineage": "uuid", "known_as": "varchar"}
_kept = threading.local()


def _desk() -> _Desk:
    """Return this thread's own tables."""
    desk: _Desk | None = getattr(_kept, "desk", None)
    if desk is None:
        con = duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})
        # One person's facts are few: choosing the best of many plans takes longer than any of them.
        con.execute("pragma disable_optimizer").fetchall()
        tables = {
            f"{KNOWN}{kind.name}": _types(kind.name) for kind in KINDS.values() if kind.is_readable
        }
        tables |= {
            "person_cluster": _PAIRS,
            "incident_cluster": _PAIRS,
            "holder": _HOLDERS,
            "same_report": _SAME,
        }
        for name, types in tables.items():
            typed = ", ".join(f"{column} {type_}" for column, type_ in types.items())
            con.execute(f"create temp table {name} ({typed})").fetchall()
        _kept.desk = desk = _Desk(con)
    return desk


def _types(kind: str) -> Mapping[str, str]:
    days = dict.fromkeys((_FROM, "known_until", _FIRST), "date")
    return duckdb_types(columns_for(KINDS[kind], Destination.PARTS)) | days


def _literal(values: Iterable[Any]) -> str:
    """Return a column of values as SQL: what a prepared statement is given cannot be bound any other way."""
    return "[" + ", ".join(_text(value) for value in values) + "]::varchar[]"


def _text(value: Any) -> str:
    if value is None:
        return "null"
    return quoted(",".join(map(str, value)) if isinstance(value, tuple) else str(value))


def _row(fact: Fact, first_known: Mapping[uuid.UUID, date]) -> dict[str, Any]:
    header = {
        name: getattr(fact, name)
        for name in (
            "fact_id", "event_id", "lineage", "change", "happened_from", "happened_to", "known_on", "holder_id",
            "case_lineage", "record_lineage",
        ) if hasattr(fact, name)
    }  # fmt: skip
    return header | dict(fact.values) | {
        _FROM: fact.known_on, "known_until": NEVER.removeprefix("date '").rstrip("'"),
        _FIRST: first_known.get(fact.lineage, fact.known_on),
    }  # fmt: skip
