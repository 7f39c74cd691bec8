"""Worked cases: a few facts in a file, and on which days a rule is met by whom, for anybody to check by hand.

rule: same-type
cases:
  - name: two reports eight months apart
    facts:
      - {of: allegation, person: A, case: one, holder: NSP, known: 2010-01-05, factors: sexual}
      - {of: allegation, person: A, case: two, holder: NSP, known: 2010-09-05, factors: domestic}
    meets: {2010-09-04: [], 2010-09-05: [A]}
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import yaml

from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.patterns.history import add_history_of
from onrecord.core.patterns.marks import Marks, marks_of
from onrecord.core.patterns.meeting import meeting_on
from onrecord.core.patterns.rules import Rule, rule_named
from onrecord.core.patterns.sources import kinds_of
from onrecord.core.snapshots.clusters import cluster_incidents, cluster_people
from onrecord.core.snapshots.columns import Destination, columns_for, duckdb_types, snapshot_kinds

_SHORT = {
    "person": "record_lineage", "case": "case_lineage", "holder": "holder_id", "known": "known_on",
    "happened": "happened_from", "id": "lineage",
}  # fmt: skip
_JUDGED = ("identity_judgement", "incident_judgement")


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One case: its facts, and on each day named who meets the rule."""

    name: str
    facts: tuple[Mapping[str, Any], ...]
    meets: Mapping[date, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A day on which a rule came out otherwise than a worked case says."""

    case: str
    on: date
    said: frozenset[str]
    came: frozenset[str]


def shipped_worked() -> Mapping[str, str]:
    """Return the text of the worked cases of each shipped rule, by its id."""
    folder = files("onrecord.core.patterns") / "worked"
    return {
        entry.name.removesuffix(".yaml"): entry.read_text(encoding="utf-8")
        for entry in folder.iterdir() if entry.name.endswith(".yaml")
    }  # fmt: skip


def read_worked(text: str, near: Path | None = None) -> tuple[Rule, list[WorkedCase]]:
    """Return the rule that worked cases are of, and the cases; `near` is where a rule's own file may lie.

    Raises:
        DataRejectedError: the text says no cases.
        NotFoundError: there is no such rule.
    """
    said = yaml.safe_load(text)
    if not isinstance(said, dict) or not said.get("cases") or "rule" not in said:
        raise DataRejectedError(
            "These are no worked cases.", next_step="docs/reference/patterns.md shows some."
        )
    name = str(said["rule"])
    if near is not None and (near / name).is_file():
        name = str(near / name)
    return rule_named(name), [
        WorkedCase(
            case["name"], tuple(case["facts"]),
            {on: frozenset(map(str, people or ())) for on, people in case["meets"].items()},
        )
        for case in said["cases"]
    ]  # fmt: skip


def differences(rule: Rule, cases: list[WorkedCase]) -> Iterator[Difference]:
    """Yield every day on which a rule comes out otherwise than a worked case says."""
    for case in cases:
        with duckdb.connect() as con:
            marks, names = _marks(con, rule, case)
            for on, said in sorted(case.meets.items()):
                came = frozenset(names[met.person] for met in meeting_on(marks, rule, on))
                if came != said:
                    yield Difference(case.name, on, said, came)


def _marks(
    con: duckdb.DuckDBPyConnection, rule: Rule, case: WorkedCase
) -> tuple[Marks, Mapping[str, str]]:
    organisations: dict[str, int] = {}
    people: dict[str, str] = {}
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, fact in enumerate(case.facts, 1):
        kind = str(fact["of"])
        rows[kind].append(_row(kind, fact, number, organisations))
        if "person" in fact:
            people.setdefault(str(_named(fact["person"])), str(fact["person"]))
    for name in [
        str(fact[end]) for fact in case.facts for end in ("record_a", "record_b") if end in fact
    ]:
        people.setdefault(str(_named(name)), name)
    kinds = kinds_of(rule) | set(_JUDGED)
    add_history_of(
        con, {kind: _table(kind, many) for kind, many in rows.items() if kind in kinds}, kinds
    )
    cluster_people(con, "known_identity_judgement")
    cluster_incidents(con, "known_incident_judgement", "known_case_reported")
    con.register("holder", pa.table({
        "number": pa.array(list(organisations.values()), pa.int64()),
        "organisation": pa.array(list(organisations), pa.string()),
    }))  # fmt: skip
    return marks_of(con, rule), _called(con, people)


def _called(con: duckdb.DuckDBPyConnection, people: Mapping[str, str]) -> Mapping[str, str]:
    """Return what to call whoever has each reference; who is one with others goes by the least of them."""
    rows = con.execute(
        "select cast(member as varchar), cast(cluster as varchar) from person_cluster"
    ).fetchall()
    called = dict(people)
    together: dict[str, list[str]] = defaultdict(list)
    for member, cluster in rows:
        together[cluster].append(people.get(member, member))
    return called | {cluster: min(names) for cluster, names in together.items()}


def _row(
    kind: str, fact: Mapping[str, Any], number: int, organisations: dict[str, int]
) -> dict[str, Any]:
    columns = _columns(kind)
    row: dict[str, Any] = {
        "fact_id": number, "event_id": number, "position": number, "change": "first", "gone": False,
        "lineage": _named(f"{kind} {number}"),
    }  # fmt: skip
    for said, value in fact.items():
        name = _SHORT.get(said, said)
        if said == "of":
            continue
        if name == "holder_id":
            row[name] = organisations.setdefault(str(value), len(organisations) + 1)
        elif name not in columns:
            raise DataRejectedError(
                f"'{said}' says nothing of a {kind}.",
                next_step="docs/reference/facts.md lists what does.",
            )
        else:
            row[name] = _named(str(value)) if columns[name] == "uuid" else value
    row.setdefault("holder_id", organisations.setdefault("NSP", 1))
    return row


def _columns(kind: str) -> Mapping[str, str]:
    for each in snapshot_kinds():
        if each.name == kind:
            return {
                name: type_.lower()
                for name, type_ in duckdb_types(columns_for(each, Destination.PARTS)).items()
            }
    raise DataRejectedError(
        f"There is no kind of fact called '{kind}'.",
        next_step="docs/reference/facts.md lists them.",
    )


def _named(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"worked case: {name}")


def _table(kind: str, rows: list[dict[str, Any]]) -> pa.Table:
    types = {
        "uuid": pa.string(), "date": pa.date32(), "boolean": pa.bool_(), "varchar": pa.string(),
        "bigint": pa.int64(), "integer": pa.int64(),
    }  # fmt: skip
    columns = {
        name: pa.array(
            [str(row[name]) if type_ == "uuid" and row.get(name) else row.get(name) for row in rows],
            types.get(type_, pa.string()),
        )
        for name, type_ in _columns(kind).items()
    }  # fmt: skip
    return pa.table(columns)
