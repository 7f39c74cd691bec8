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

from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.patterns.history import KNOWN, NEVER
from onrecord.core.patterns.marks import marks_of
from onrecord.core.patterns.meeting import Met, meeting_on
from onrecord.core.patterns.rules import Rule
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
    kinds = {fact.kind for fact in known.facts}
    worth = [rule for rule in rules if counted_kinds(rule) <= kinds]
    if not worth:
        return {}
    con = _connection()
    asked = frozenset().union(*(kinds_of(rule) for rule in worth))
    _fill(con, known, asked)
    found = {rule.id: meeting_on(marks_of(con, rule), rule, on) for rule in worth}
    return {name: met for name, met in found.items() if met}


_kept = threading.local()


def _connection() -> duckdb.DuckDBPyConnection:
    """Return this thread's own tables, empty or to be emptied: making them takes longer than asking."""
    con: duckdb.DuckDBPyConnection | None = getattr(_kept, "con", None)
    if con is None:
        con = duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})
        for kind in KINDS.values():
            if kind.is_readable:
                typed = ", ".join(f"{name} {type_}" for name, type_ in _types(kind.name).items())
                con.execute(f"create temp table {KNOWN}{kind.name} ({typed})").fetchall()
        con.execute("create temp table person_cluster (member uuid, cluster uuid)").fetchall()
        con.execute("create temp table incident_cluster (member uuid, cluster uuid)").fetchall()
        con.execute("create temp table holder (number bigint, organisation varchar)").fetchall()
        con.execute(
            "create temp table same_report (case_lineage uuid, known_as varchar)"
        ).fetchall()
        _kept.con = con
    return con


def _types(kind: str) -> Mapping[str, str]:
    days = dict.fromkeys((_FROM, "known_until", _FIRST), "date")
    return duckdb_types(columns_for(KINDS[kind], Destination.PARTS)) | days


def _fill(con: duckdb.DuckDBPyConnection, known: KnownOfPerson, kinds: Collection[str]) -> None:
    person = min(known.records)
    for kind in kinds:
        rows = [_row(fact, known.first_known) for fact in known.facts if fact.kind == kind]
        _replace(con, f"{KNOWN}{kind}", _types(kind), rows)
    pairs = {"member": "uuid", "cluster": "uuid"}
    _replace(con, "person_cluster", pairs, [
        {"member": record, "cluster": person} for record in known.records
    ])  # fmt: skip
    _replace(con, "incident_cluster", pairs, [
        {"member": member, "cluster": episode} for member, episode in known.episodes.items()
    ])  # fmt: skip
    _replace(con, "holder", {"number": "bigint", "organisation": "varchar"}, [
        {"number": number, "organisation": code} for number, code in known.organisations.items()
    ])  # fmt: skip
    _replace(con, "same_report", {"case_lineage": "uuid", "known_as": "varchar"}, [
        {"case_lineage": case, "known_as": name} for case, name in known.same_report.items()
    ])  # fmt: skip


def _replace(
    con: duckdb.DuckDBPyConnection, table: str, types: Mapping[str, str], rows: list[dict[str, Any]]
) -> None:
    con.execute(f"delete from {table}").fetchall()
    if not rows:
        return
    con.register("given_rows", pa.table({
        name: pa.array([_text(row.get(name)) for row in rows], pa.string()) for name in types
    }))  # fmt: skip
    typed = ", ".join(f"cast({name} as {type_}) as {name}" for name, type_ in types.items())
    con.execute(f"insert into {table} select {typed} from given_rows").fetchall()
    con.unregister("given_rows")


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


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
