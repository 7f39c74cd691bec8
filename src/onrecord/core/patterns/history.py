"""What was known over time: each version of a thing with the days from which, and until which, it was the one known.

Rules are asked of these tables, `known_<kind>`, whether they come from a snapshot or from the
facts of one person; so a prompt at intake and one in a replay are the same question. Times are
half open: known from a day on, until the day before `known_until`.
"""

from collections.abc import Collection, Mapping

import duckdb
import pyarrow as pa

from onrecord.core.snapshots.columns import Destination, columns_for, duckdb_types, snapshot_kinds
from onrecord.core.snapshots.reading import Record
from onrecord.core.snapshots.resolving import RAW, REPEATED, admitted_sql

KNOWN = "known_"
"""Prefix of the tables."""
NEVER = "date '9999-12-31'"
"""Until when what is known today is known."""


def add_history(record: Record, kinds: Collection[str]) -> None:
    """Make the table of each of these kinds, of a record that was opened with them.

    Everything counts that was known by the view's day, with when; its ledger position, its walls
    and its holders hold as everywhere.
    """
    undone = record.manifest.undone_events(record.view.position)
    for kind in kinds:
        has_repeated = bool(record.manifest.repeated_of(kind))
        admitted = admitted_sql(kind, record.view, undone)
        _make(record.con, kind, _spells_sql(kind, admitted, has_repeated=has_repeated))


def add_history_of(
    con: duckdb.DuckDBPyConnection, rows: Mapping[str, pa.Table], kinds: Collection[str]
) -> None:
    """Make the same tables from versions of facts, given by kind as snapshots hold them."""
    for kind in kinds:
        given, types = rows.get(kind), _types(kind)
        source = f"(select {', '.join(f'null as {name}' for name in types)} where false)"
        if given is not None:
            source = f"given_{kind}"
            con.register(source, given)
        typed = ", ".join(f"{name}::{type_} as {name}" for name, type_ in types.items())
        con.execute(
            f"create or replace temp view {RAW}{kind} as select {typed} from {source}"
        ).fetchall()
        con.execute(
            f"create or replace temp view {REPEATED}{kind} as select lineage from {RAW}{kind}"
        ).fetchall()
        _make(con, kind, _spells_sql(kind, "true", has_repeated=True))


def _make(con: duckdb.DuckDBPyConnection, kind: str, sql: str) -> None:
    con.execute(f"create or replace temp table {KNOWN}{kind} as {sql}").fetchall()


def _spells_sql(kind: str, admitted: str, *, has_repeated: bool) -> str:
    raw, repeated = f"{RAW}{kind}", f"{REPEATED}{kind}"
    single = (
        f"select v.*, v.known_on as known_from, {NEVER} as known_until, v.known_on as first_known from {raw} v"
        f" where {admitted} and v.gone is not true"
    )
    if not has_repeated:
        return single
    several = f"""
      select w.* exclude (next_on), w.known_on as known_from, coalesce(w.next_on, {NEVER}) as known_until
        from (select x.*, lead(x.known_on) over (partition by x.lineage order by x.known_on) as next_on,
                     min(x.known_on) over (partition by x.lineage) as first_known
                from (select v.* from {raw} v
                       where {admitted} and v.lineage in (select r.lineage from {repeated} r)
                     qualify row_number() over (
                       partition by v.lineage, v.known_on order by v.position desc, v.fact_id desc) = 1) x) w
       where w.gone is not true"""
    return (
        f"{single} and v.lineage not in (select r.lineage from {repeated} r)"
        f" union all by name {several}"
    )


def _types(kind: str) -> Mapping[str, str]:
    (found,) = (each for each in snapshot_kinds() if each.name == kind)
    return duckdb_types(columns_for(found, Destination.PARTS))
