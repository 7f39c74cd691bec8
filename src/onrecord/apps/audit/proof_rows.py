"""Stream out of the database what verifying needs, each row as the text that was hashed.

SQL only copies; nothing is hashed, compared or put into canonical order by the
database that is being checked.
"""

import json
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from django.db import connections

from onrecord.core.kernel.fact_columns import HEADER_COLUMNS
from onrecord.core.kernel.kinds import KINDS, Kind
from onrecord.core.ledger.canonical import VERSION_FIELDS
from onrecord.core.ledger.fact_checking import Expected, FactRow
from onrecord.core.ledger.merkle import Frontier
from onrecord.core.ledger.verifying import Finding, LogRow

_AT = """to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_BINARY_HEADER, _BINARY_TRAILER = 19, 2
_NUMBERS = frozenset({"fact_id", "event_id"})
_HEADER = tuple(
    name
    for name in (line.split(" ", 1)[0] for line in HEADER_COLUMNS.strip().splitlines())
    if name not in _NUMBERS and name not in VERSION_FIELDS
)


# What each connection was last asked to copy out: in the middle of it, it answers nothing else.
_reading: WeakKeyDictionary[Any, Generator[tuple[Any, ...]]] = WeakKeyDictionary()


def close_streams() -> None:
    """End what this thread is still reading."""
    for connection in connections.all(initialized_only=True):
        if (stream := _reading.pop(connection, None)) is not None:
            stream.close()


def _copied(alias: str, query: str, types: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `query`, a block at a time, in one pass over one connection."""
    stream = _reading[connections[alias]] = _copy(alias, query, types)
    return stream


def _copy(alias: str, query: str, types: Sequence[str]) -> Generator[tuple[Any, ...]]:
    connections[alias].ensure_connection()
    raw = connections[alias].connection
    with raw.cursor() as cursor, cursor.copy(f"copy ({query}) to stdout") as copy:
        copy.set_types(types)
        yield from copy.rows()


def log_rows() -> Iterator[LogRow]:
    """Yield every position of the log with what it points to, in order."""
    query = """select n.position, n.source, n.source_id, n.leaf,
                      coalesce(e.event_hash, c.consultation_hash), k.root
                 from ledger.entry n
                 left join ledger.event e on n.source = 'event' and e.event_id = n.source_id
                 left join ledger.consultation c
                   on n.source = 'consultation' and c.consultation_id = n.source_id
                 left join ledger.checkpoint k on k.size = n.position
                order by n.position"""
    types = ["int8", "text", "int8", "bytea", "bytea", "bytea"]
    return (LogRow(*row) for row in _copied("default", query, types))


def edge_of_log() -> tuple[int, bytes, int]:
    """Return the size and the root that the tree's edge gives, and the last checkpoint's size."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select f.size, f.peaks, coalesce((select max(size) from ledger.checkpoint), 0)"
            " from ledger.frontier f"
        )
        size, peaks, last = cursor.fetchone()
    edge = Frontier(size, [None if peak is None else bytes(peak) for peak in peaks])
    return int(size), edge.root(), int(last)


def event_rows(
    wanted: Collection[int] | None = None,
) -> Iterator[tuple[int, bytes, tuple[str | None, ...]]]:
    """Yield each event, or those wanted: number, stored hash, and the texts that its hash covers."""
    numbers = "null" if wanted is None else f"'{{{','.join(map(str, map(int, wanted)))}}}'"
    query = f"""select event_id, event_hash, action, actor, actor_kind, actor_organisation, {_AT},
                       batch::text, body, counts::text, event_id::text, encode(merkle_root, 'hex'),
                       object_kind, object_ref, encode(previous_hash, 'hex'), reason, stream::text
                  from ledger.event e
                 where {numbers}::bigint[] is null or e.event_id = any({numbers})
                 order by e.event_id"""
    types = ["int8", "bytea", *["text"] * 15]
    return ((row[0], row[1], row[2:]) for row in _copied("default", query, types))


def consultation_rows() -> Iterator[tuple[int, bytes, tuple[str | None, ...]]]:
    """Yield each look: number, stored hash, and the texts that its hash covers."""
    query = f"""select consultation_id, consultation_hash, action, actor, actor_kind,
                       actor_organisation, {_AT}, consultation_id::text, object_kind, object_ref,
                       page, encode(payload_hash, 'hex'), position::text, reason, view, was_refused::text
                  from ledger.consultation c order by c.consultation_id"""
    types = ["int8", "bytea", *["text"] * 14]
    return ((row[0], row[1], row[2:]) for row in _copied("default", query, types))


def stream_rows() -> Iterator[tuple[str, int, bytes | None, bytes, bytes | None]]:
    """Yield each event's link within its stream, stream by stream."""
    query = """select e.stream::text, e.event_id, e.previous_hash, e.event_hash, h.event_hash
                 from ledger.event e left join ledger.stream_head h on h.stream = e.stream
                order by e.stream, e.event_id"""
    return _copied("default", query, ["text", "int8", "bytea", "bytea", "bytea"])


def heads_of_nothing() -> Iterator[Finding]:
    """Find heads of streams that have no event: the whole stream is gone."""
    query = """select h.stream::text, h.event_id from ledger.stream_head h
                where not exists (select from ledger.event e where e.stream = h.stream) order by 2"""
    for stream, event_id in _copied("default", query, ["text", "int8"]):
        says = f"Every event of stream {stream} is gone; event {event_id} was its last."
        yield Finding("stream", stream, says, event=event_id)


def never_logged() -> Iterator[Finding]:
    """Find acts and looks that have no position and do not wait for one."""
    for source, number in (("event", "event_id"), ("consultation", "consultation_id")):
        query = f"""select s.{number} from ledger.{source} s
                     where not exists (select from ledger.entry n
                                        where n.source = '{source}' and n.source_id = s.{number})
                       and not exists (select from ledger.pending p where p.source = '{source}'
                          and p.source_id = s.{number} and p.hash = s.{source}_hash)
                     order by 1"""
        for (found,) in _copied("default", query, ["int8"]):
            says = (
                f"{source.capitalize()} {found} has no place in the log and is not waiting for one."
            )
            yield Finding(source, str(found), says, event=found if source == "event" else None)


def pending() -> int:
    """Return how many acts and looks wait for their place in the log."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select count(*) from ledger.pending")
        return int(cursor.fetchone()[0])


def missing_guards() -> Iterator[Finding]:
    """Find append-only tables whose guarding triggers are gone or switched off."""
    query = """select guarded from ledger.guard
                where not coalesce(refuses_change, false)
                   or (guarded ~ '^(facts|compartment)|batch_undo$' and not coalesce(counts_writes, false))
                order by 1"""
    for (table,) in _copied("default", query, ["text"]):
        yield Finding("guard", table, f"The triggers that guard {table} are gone or switched off.")


def miscounted_rows() -> Iterator[Finding]:
    """Find undoings that no event counts, and counted ones that are gone."""
    query = """select coalesce(w.event_id, c.event_id), coalesce(w.n, 0), coalesce(c.n, 0)
                 from (select event_id, count(*) as n from ledger.batch_undo group by 1) w
                 full join (select event_id, (counts ->> 'batch_undo')::bigint as n
                              from ledger.event where counts ? 'batch_undo') c using (event_id)
                where w.n is distinct from c.n order by 1"""
    for event_id, there, counted in _copied("default", query, ["int8", "int8", "int8"]):
        says = f"Event {event_id} undid {counted} batches; {there} are on record."
        yield Finding("batch_undo", str(event_id), says, event=event_id)


def misdirected_undoings() -> Iterator[Finding]:
    """Find undoings of another batch than the one in whose stream they were recorded."""
    query = """select b.event_id, b.undone_event from ledger.batch_undo b
                 left join ledger.event u on u.event_id = b.event_id
                 left join ledger.event e on e.event_id = b.undone_event
                where u.action = 'batch:undo' and u.stream is distinct from e.stream order by 1"""
    for event_id, undone in _copied("default", query, ["int8", "int8"]):
        says = f"Event {event_id} is made to undo event {undone}, which is not the batch it undid."
        yield Finding("batch_undo", str(event_id), says, event=event_id)


def misplaced_roots() -> Iterator[Finding]:
    """Find roots filed under another organisation than their holder's: leaves name the holder."""
    for kind in KINDS.values():
        if not (kind.is_root and kind.is_readable):
            continue
        query = f"""select f.fact_id, f.event_id from {kind.table} f
                     where not exists (select from public.organisations_holder h
                       where h.id = f.holder_id and h.organisation_id = f.organisation_id) order by 1"""
        for fact_id, event_id in _copied("default", query, ["int8", "int8"]):
            says = f"Fact {fact_id} ({kind.name}) is filed under an organisation that does not hold it."
            yield Finding("fact", str(fact_id), says, kind=kind.name, event=event_id)


@dataclass(frozen=True, slots=True)
class Reach:
    """Which kinds each role may read; the rest can be checked by leaf only."""

    by_alias: Mapping[str, tuple[Kind, ...]]
    by_leaf_only: tuple[str, ...]


def readers_of_kinds() -> Reach:
    """Return who may read what: asked of the database, not assumed."""
    by_alias: dict[str, tuple[Kind, ...]] = {}
    left = list(KINDS.values())
    for alias in ("default", "compartment"):
        with connections[alias].cursor() as cursor:
            tables = [kind.table for kind in left]
            cursor.execute(
                "select t from unnest(%s::text[]) t where has_table_privilege(t, 'select')",
                [tables],
            )
            readable = {row[0] for row in cursor.fetchall()}
        by_alias[alias] = tuple(kind for kind in left if kind.table in readable)
        left = [kind for kind in left if kind.table not in readable]
    return Reach(by_alias, tuple(kind.name for kind in left))


def holder_codes() -> dict[str, str]:
    """Return each holder's ORGANISATION:SYSTEM by its number, as text."""
    query = """select h.id::text, o.code || ':' || h.system from public.organisations_holder h
                 join public.organisations_organisation o on o.id = h.organisation_id"""
    return dict(_copied("default", query, ["text", "text"]))


def _content_names(kind: Kind) -> list[str]:
    header = ("holder" if name == "holder_id" else name for name in _HEADER)
    return sorted((*header, "kind", *(column.name for column in kind.columns)))


def canonical_names() -> dict[str, tuple[bytes, ...]]:
    """Return, for each kind, the names of its canonical form: the version, then the content."""
    return {
        name: tuple(field.encode() for field in fact_names(kind)) for name, kind in KINDS.items()
    }


def _text_sql(kind: Kind, name: str) -> str:
    if name == "kind":
        return f"'{kind.name}'"
    return "f.holder_id::text" if name == "holder" else f"f.{name}::text"


def fact_names(kind: Kind) -> tuple[str, ...]:
    """Return the names of the canonical form of a kind, in order: the version, then the content."""
    return (*sorted(VERSION_FIELDS), *_content_names(kind))


def facts_sql(kinds: Sequence[Kind], conditions: Mapping[str, str] | None = None) -> str:
    """Return the query for facts of these kinds by number: header, then canonical texts.

    `conditions` says, by kind, which facts `f` are wanted.
    """
    width = max(len(fact_names(kind)) for kind in kinds)
    parts = []
    for kind in kinds:
        texts = [_text_sql(kind, name) for name in fact_names(kind)]
        texts += ["null::text"] * (width - len(texts))
        where = f" where {conditions[kind.name]}" if conditions else ""
        parts.append(
            f"select f.fact_id, f.event_id, '{kind.name}', f.salt, f.leaf, {', '.join(texts)}"
            f" from {kind.table} f{where}"
        )
    return " union all ".join(parts) + " order by 1"


def as_fact_rows(
    stored: Iterable[Sequence[Any]], kinds: Sequence[Kind], holders: Mapping[str, str]
) -> Iterator[FactRow]:
    """Turn what `facts_sql` yields into facts whose holder is named by its code."""
    holder_at = {kind.name: fact_names(kind).index("holder") for kind in kinds}
    for fact_id, event_id, kind_name, salt, leaf, *values in stored:
        at = holder_at[kind_name]
        values[at] = holders.get(values[at])
        yield FactRow(fact_id, event_id, kind_name, bytes(salt), bytes(leaf), tuple(values))


def fact_rows(alias: str, kinds: Sequence[Kind], holders: Mapping[str, str]) -> Iterator[FactRow]:
    """Yield every fact of these kinds by its number, with the texts its leaf was made of."""
    width = max(len(fact_names(kind)) for kind in kinds)
    types = ["int8", "int8", "text", "bytea", "bytea", *["text"] * width]
    return as_fact_rows(_copied(alias, facts_sql(kinds), types), kinds, holders)


def leaf_rows(kinds: Sequence[str]) -> Iterator[FactRow]:
    """Yield the leaves of facts that no role may read, by number."""
    named = ", ".join(f"'{kind}'" for kind in kinds)
    query = f"""select fact_id, event_id, kind, leaf
                  from ledger.commitments(array[{named}]::text[], null) order by 1"""
    for fact_id, event_id, kind, leaf in _copied(
        "sequencer", query, ["int8", "int8", "text", "bytea"]
    ):
        yield FactRow(fact_id, event_id, kind, b"", leaf, None)


def expected_of_events() -> Iterator[Expected]:
    """Yield what each event says that it wrote, by number."""
    query = """select event_id, counts::text, merkle_root from ledger.event
                where counts <> '{}'::jsonb order by event_id"""
    for event_id, counts, root in _copied("reader", query, ["int8", "text", "bytea"]):
        facts = {kind: int(count) for kind, count in json.loads(counts).items() if kind in KINDS}
        yield Expected(event_id, facts, root or b"")


def packed_leaves(query: str, columns: Sequence[tuple[str, str]]) -> "np.ndarray[Any, Any]":
    """Return the rows of `query` as one array, without an object for each.

    `columns` are (name, numpy type) of numbers and hashes, none of them null.
    """
    # PostgreSQL's binary copy: a header, then for each row a field count and,
    # before each value, its length.
    layout: list[tuple[str, str]] = [("", ">i2")]
    for name, kind in columns:
        layout += [("", ">i4"), (name, kind)]
    row = np.dtype([(name or f"skip{at}", kind) for at, (name, kind) in enumerate(layout)])
    whole = bytearray()
    connections["default"].ensure_connection()
    statement = f"copy ({query}) to stdout (format binary)"
    with connections["default"].connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            whole += block
    del whole[:_BINARY_HEADER], whole[-_BINARY_TRAILER:]
    return np.frombuffer(whole, row)
