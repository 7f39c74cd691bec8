"""Which columns of a fact go into a snapshot, which beside it, and which nowhere.

A snapshot proper holds ids, codes, dates and numbers. What tells one person
from another lies in the *linkage* sidecar, what a source says in free text in
the *narratives* sidecar; both are keyed by `fact_id` and can be rewritten when
something is erased, which a snapshot never is. Compartments and sealed kinds
are not copied at all.
"""

from collections.abc import Iterator
from enum import StrEnum

import pyarrow as pa

from onrecord.core.kernel.fact_columns import HEADER_COLUMNS
from onrecord.core.kernel.kinds import KINDS, Column, Kind, Use

POSITION = "position"
"""Ledger position of the event that wrote the version; given at export."""

BESIDE_THE_SNAPSHOT = frozenset({"source_ref"})
"""Header columns that may carry a name in an odd source, so lie in a sidecar."""

_ARROW: dict[str, pa.DataType] = {
    "text": pa.string(),
    "code": pa.string(),
    "codes": pa.string(),
    "date": pa.date32(),
    "bool": pa.bool_(),
    "integer": pa.int64(),
    "numeric": pa.decimal128(18, 2),
    "uuid": pa.uuid(),
}
_DUCKDB = {
    "text": "varchar",
    "code": "varchar",
    "codes": "varchar",
    "date": "date",
    "bool": "boolean",
    "integer": "bigint",
    "numeric": "decimal(18,2)",
    "uuid": "uuid",
}


class Destination(StrEnum):
    """Where a column of a fact is copied to."""

    PARTS = "parts"
    LINKAGE = "linkage"
    NARRATIVES = "narratives"


def snapshot_kinds() -> tuple[Kind, ...]:
    """Return the kinds that may be copied: those that ordinary views may read."""
    return tuple(kind for kind in KINDS.values() if kind.is_readable)


def header_types() -> dict[str, str]:
    """Return the common header, name by type, as the register lists it."""
    lines = (line.split()[:2] for line in HEADER_COLUMNS.strip().splitlines())
    return {name: type_name for name, type_name in lines}  # noqa: C416 - names what the pair is


def columns_for(kind: Kind, destination: Destination) -> dict[str, str]:
    """Return the columns of `kind` that go to `destination`, name by type.

    Sidecars begin with `fact_id`; an empty result means that nothing of the
    kind goes there.
    """
    return dict(_columns(kind, destination))


def _columns(kind: Kind, destination: Destination) -> Iterator[tuple[str, str]]:
    header = header_types()
    own = [c for c in kind.columns if _destination(c) is destination]
    if destination is Destination.PARTS:
        yield from ((n, t) for n, t in header.items() if n not in BESIDE_THE_SNAPSHOT)
        yield POSITION, "integer"
    else:
        beside = BESIDE_THE_SNAPSHOT if destination is Destination.LINKAGE else frozenset()
        if not (own or beside):
            return
        yield "fact_id", "integer"
        yield from ((name, header[name]) for name in sorted(beside))
    yield from ((c.name, c.type.value) for c in own)


def _destination(column: Column) -> Destination | None:
    if column.in_snapshot:
        return Destination.PARTS
    return {Use.IDENTITY: Destination.LINKAGE, Use.TEXT: Destination.NARRATIVES}.get(column.use)


def arrow_schema(columns: dict[str, str]) -> pa.Schema:
    """Return the Arrow schema in which these columns are written."""
    return pa.schema([pa.field(name, _ARROW[type_name]) for name, type_name in columns.items()])


def duckdb_types(columns: dict[str, str]) -> dict[str, str]:
    """Return the DuckDB type of each of these columns."""
    return {name: _DUCKDB[type_name] for name, type_name in columns.items()}


def conform(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Return `batch` with exactly the columns and types of `schema`; absent columns are empty."""
    present = set(batch.schema.names)
    arrays = [
        _as_type(batch.column(field.name), field.type)
        if field.name in present
        else pa.nulls(batch.num_rows, field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _as_type(array: pa.Array, target: pa.DataType) -> pa.Array:
    if array.type == target:
        return array
    if target != pa.uuid():
        return array.cast(target)
    storage = array.storage if isinstance(array.type, pa.BaseExtensionType) else array
    if pa.types.is_string(storage.type) or pa.types.is_large_string(storage.type):
        storage = _uuid_bytes(storage)
    return pa.ExtensionArray.from_storage(pa.uuid(), storage.cast(pa.binary(16)))


def _uuid_bytes(texts: pa.Array) -> pa.Array:
    values = (text and bytes.fromhex(text.replace("-", "")) for text in texts.to_pylist())
    return pa.array(values, pa.binary(16))
