"""Write facts: one at a time from a service, or by the million from an import.

Both ways end in the same row: a salt drawn at random, a leaf that commits to the
fact, the number of the ledger event under which it was written.
"""

import io
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from pyarrow import csv

from onrecord.apps.audit.services import Recording
from onrecord.apps.facts.ddl import CONTENT_HEADER
from onrecord.apps.organisations.selectors import HolderRef, holders_by_id
from onrecord.core.kernel.ids import new_lineage
from onrecord.core.kernel.kinds import KINDS, Kind
from onrecord.core.ledger.canonical import SALT_BYTES, VERSION_FIELDS, Value, fact_leaf, leaf_hash

SEALED_WALL = 1
"""The wall that a sealed kind is born behind; zero is no wall."""


def append_fact(rec: Recording, kind_name: str, values: Mapping[str, Value]) -> uuid.UUID:
    """Write one version of one fact and return its lineage.

    `values` holds `holder_id`, `known_on` and the kind's columns; `lineage` where the
    thing has one already, `change` where this is not its first version.
    """
    (lineage,) = append_facts(rec, kind_name, [values])
    return lineage


def append_facts(
    rec: Recording, kind_name: str, many: Iterable[Mapping[str, Value]]
) -> list[uuid.UUID]:
    """Write one version of each of several facts of one kind, and return their lineages.

    Each is as `append_fact` takes it, and all have the same columns.
    """
    kind, given = KINDS[kind_name], list(many)
    holders = holders_by_id()  # read last: what is given lazily may name its holder on the way
    rows = [_stored(rec, kind, values, holders) for values in given]
    if not rows:
        return []
    names, marks = ", ".join(rows[0]), ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"insert into {kind.table} ({names}) values ({marks})",
            [list(row.values()) for row in rows],
        )
    rec.leaves.extend(row["leaf"] for row in rows)
    rec.wrote(kind.name, len(rows))
    return [uuid.UUID(str(row["lineage"])) for row in rows]


def _stored(
    rec: Recording, kind: Kind, values: Mapping[str, Value], holders: Mapping[int, HolderRef]
) -> dict[str, Any]:
    row = _complete(kind, values)
    holder = holders[int(str(row["holder_id"]))]
    salt = os.urandom(SALT_BYTES)
    leaf = fact_leaf(salt, kind.name, leaf_values(kind, row, holder.code))
    stored = {**row, "event_id": rec.event_id, "salt": salt, "leaf": leaf}
    if kind.is_root:
        wall = SEALED_WALL if kind.is_sealed else 0
        stored |= {"organisation_id": holder.organisation_id, "wall": wall}
    return stored


def leaf_values(kind: Kind, row: Mapping[str, Any], holder_code: str) -> dict[str, Value]:
    """Return what the leaf of `row` commits to: the register's columns, the holder by its code."""
    names = (*CONTENT_HEADER, *VERSION_FIELDS, *(column.name for column in kind.columns))
    return {name: row.get(name) for name in names if name != "holder_id"} | {"holder": holder_code}


def _complete(kind: Kind, values: Mapping[str, Value]) -> dict[str, Value]:
    known = {*CONTENT_HEADER, *VERSION_FIELDS, *(column.name for column in kind.columns)}
    unknown = set(values) - known
    if unknown:
        raise KeyError(f"{kind.name} has no column {sorted(unknown)}")
    defaults: dict[str, Value] = {
        "lineage": new_lineage(),
        "change": "first",
        "gone": False,
        "known_basis": "stated",
    }
    return {**defaults, **values}


class FactCopier:
    """Copies batches of facts into their tables inside one recording.

    Batches hold every stored content column, `change`, `gone`, `known_on`,
    `known_basis`, `known_rule`, and the two canonical texts from which the leaf is
    made: `version_text` and `content_text`.
    """

    def __init__(self, rec: Recording) -> None:
        """Copy into the transaction of `rec`."""
        self._rec = rec
        self._holders = holders_by_id()

    def copy(self, kind_name: str, batches: Iterable[pa.RecordBatch]) -> int:
        """Write every row of `batches` as facts of one kind; return how many there were."""
        kind = KINDS[kind_name]
        written = 0
        prepared = (self._prepare(kind, batch) for batch in batches if batch.num_rows)
        with ThreadPoolExecutor(max_workers=1) as beside:
            # The next batch is hashed and written out while the database takes in this one.
            for columns, rows, text in _one_ahead(beside, prepared):
                _add(kind, columns, text)
                written += rows
        self._rec.wrote(kind.name, written)
        return written

    def _prepare(self, kind: Kind, batch: pa.RecordBatch) -> tuple[str, int, bytes]:
        """Return the columns of a batch, how many rows it has, and the rows as CSV."""
        salts, leaves = _salted_leaves(batch)
        self._rec.leaves.extend(leaves)
        columns = {name: batch.column(name) for name in _stored_columns(kind)}
        columns["event_id"] = pa.array([self._rec.event_id] * batch.num_rows, pa.int64())
        columns["salt"] = _bytea(salts)
        columns["leaf"] = _bytea(leaves)
        if kind.is_root:
            columns |= self._roots(kind, batch)
        buffer = io.BytesIO()
        csv.write_csv(pa.table(columns), buffer, csv.WriteOptions(include_header=False))
        return ", ".join(columns), batch.num_rows, buffer.getvalue()

    def _roots(self, kind: Kind, batch: pa.RecordBatch) -> dict[str, pa.Array]:
        ids = pa.array(self._holders.keys(), pa.int32())
        owners = pa.array([ref.organisation_id for ref in self._holders.values()], pa.int32())
        places = pc.index_in(batch.column("holder_id").cast(pa.int32()), ids)
        wall = SEALED_WALL if kind.is_sealed else 0
        return {
            "organisation_id": owners.take(places),
            "wall": pa.array([wall] * batch.num_rows, pa.int16()),
        }


def _add(kind: Kind, columns: str, text: bytes) -> None:
    """Add rows to a kind's table: by way of a table of this transaction's own where rows are secured.

    PostgreSQL does not copy into a table with row security. A sealed or compartmented kind
    has none, since the application may not read it at all.
    """
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        if not kind.is_readable:
            _copy(cursor, f"{kind.table} ({columns})", text)
            return
        staged = f"pg_temp.staged_{kind.name}"
        cursor.execute(
            f"create temporary table if not exists staged_{kind.name} on commit delete rows"
            f" as select {columns} from {kind.table} with no data"
        )
        _copy(cursor, f"{staged} ({columns})", text)
        cursor.execute(f"insert into {kind.table} ({columns}) select {columns} from {staged}")
        cursor.execute(f"truncate {staged}")


def _copy(cursor: Any, target: str, text: bytes) -> None:
    with cursor.copy(f"copy {target} from stdin (format csv)") as copy:
        copy.write(text)


def _one_ahead[T](beside: ThreadPoolExecutor, items: Iterator[T]) -> Iterator[T]:
    """Yield `items`, making the next one in another thread while this one is used."""
    nothing = object()
    coming: Future[Any] = beside.submit(next, items, nothing)
    while (item := coming.result()) is not nothing:
        coming = beside.submit(next, items, nothing)
        yield item


def _stored_columns(kind: Kind) -> tuple[str, ...]:
    return (*CONTENT_HEADER, *VERSION_FIELDS, *(column.name for column in kind.columns))


def _salted_leaves(batch: pa.RecordBatch) -> tuple[list[bytes], list[bytes]]:
    noise = os.urandom(SALT_BYTES * batch.num_rows)
    salts = [noise[at : at + SALT_BYTES] for at in range(0, len(noise), SALT_BYTES)]
    texts = zip(
        salts,
        batch.column("version_text").to_pylist(),
        batch.column("content_text").to_pylist(),
        strict=True,
    )
    return salts, [
        leaf_hash(salt + version.encode() + content.encode()) for salt, version, content in texts
    ]


def _bytea(values: list[bytes]) -> pa.Array:
    return pa.array([f"\\x{value.hex()}" for value in values], pa.string())


def refresh_statistics(kinds: Iterable[str]) -> None:
    """Let the database look again at tables that a batch has filled, so that it plans well."""
    with connection.cursor() as cursor:
        cursor.execute("select facts.refresh_statistics(%s)", [sorted(kinds)])


def as_known(day: date, *, basis: str = "stated", rule: str | None = None) -> dict[str, Value]:
    """Return the header values that say when something could first have been known."""
    return {"known_on": day, "known_basis": basis, "known_rule": rule}
