"""Copy facts out of the store into a snapshot, only those that the last one has not.

Reads as the role that may read facts and nothing else, over a connection of its
own that streams columns; what a snapshot may hold is decided in
`core.snapshots.columns`, not here.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from adbc_driver_postgresql import dbapi
from django.db import connections
from psycopg.conninfo import make_conninfo

from onrecord.apps.organisations.selectors import holders_by_id
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.kinds import KINDS, Kind
from onrecord.core.snapshots.columns import POSITION, Destination, columns_for, snapshot_kinds
from onrecord.core.snapshots.folders import SnapshotFolder
from onrecord.core.snapshots.manifests import HolderRow, Manifest, Undone
from onrecord.core.snapshots.writing import SnapshotWriter, register_hash

READER = "reader"
"""Django's alias of the role that may read facts and write nothing."""

type Told = Callable[[str, int], None]
"""Told the kind and the number of rows as a copy proceeds."""


def take_snapshot(root: Path, *, told: Told | None = None) -> Manifest:
    """Copy what is new in the store into the snapshot folder `root`; return the newest snapshot.

    When no fact, undoing or holder is new, the last snapshot still says
    everything and is returned as it is: looking at the record moves the ledger
    but makes no new snapshot.
    """
    folder = SnapshotFolder(root)
    with folder.writing(), dbapi.connect(_reader_conninfo()) as connection:
        base = _usable_base(connection, folder)
        after = base.position if base else 0
        through = _one(connection, "select size from ledger.frontier")
        kinds = _written_kinds(connection, after, through)
        undone = _undone(connection, through)
        holders = _holders()
        if base and not kinds and base.undone == undone and base.holders == holders:
            return base
        with SnapshotWriter(folder, through=through, base=base) as writer:
            for kind in kinds:
                rows = writer.write(kind.name, _versions(connection, kind, after, through))
                if told:
                    told(kind.name, rows)
            leaf = _leaf_at(connection, through)
            return writer.finish(holders=holders, undone=undone, ledger_leaf=leaf)


def _usable_base(connection: dbapi.Connection, folder: SnapshotFolder) -> Manifest | None:
    """Return the last snapshot, if it is of this very store and of the register of today.

    A home may have had another store in it before: a restored one, or a demonstration.
    """
    try:
        latest = folder.latest()
    except DataRejectedError:  # laid out by another version of the program
        return None
    if latest is None or latest.register != register_hash():
        return None
    return latest if latest.ledger_leaf == _leaf_at(connection, latest.position) else None


def _leaf_at(connection: dbapi.Connection, position: int) -> str:
    rows = _rows(
        connection, f"select encode(leaf, 'hex') from ledger.entry where position = {position:d}"
    )
    return str(rows[0][0]) if rows else "nothing recorded"


def _reader_conninfo() -> str:
    settings = connections[READER].settings_dict
    named = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        # A snapshot is of the whole record; what is walled is left out when it is read.
        "options": "-c onrecord.hidden={} -c onrecord.hidden_holders={}",
    }
    return make_conninfo(**{name: value for name, value in named.items() if value})


def _versions(
    connection: dbapi.Connection, kind: Kind, after: int, through: int
) -> Iterator[pa.RecordBatch]:
    """Yield the versions of one kind recorded after one position and through another."""
    columns: dict[str, str] = {}
    for destination in Destination:
        columns |= columns_for(kind, destination)
    chosen = ", ".join(f"f.{name}" for name in columns if name != POSITION)
    first, last = _events_between(connection, after, through)
    sql = (
        f"select {chosen}, e.position from {kind.table} f"
        " join ledger.entry e on e.source = 'event' and e.source_id = f.event_id"
        f" where e.position > {after:d} and e.position <= {through:d}"
        f" and f.event_id between {first:d} and {last:d}"  # lets the block-range index skip the rest
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        yield from cursor.fetch_record_batch()


def _events_between(connection: dbapi.Connection, after: int, through: int) -> tuple[int, int]:
    rows = _rows(
        connection,
        "select coalesce(min(source_id), 0), coalesce(max(source_id), 0) from ledger.entry"
        f" where source = 'event' and position > {after:d} and position <= {through:d}",
    )
    return rows[0][0], rows[0][1]


def _written_kinds(connection: dbapi.Connection, after: int, through: int) -> list[Kind]:
    """Return the kinds that any event in the range says it wrote."""
    rows = _rows(
        connection,
        "select distinct t.name from ledger.entry e"
        " join ledger.event v on v.event_id = e.source_id"
        " cross join lateral jsonb_object_keys(v.counts) t(name)"
        f" where e.source = 'event' and e.position > {after:d} and e.position <= {through:d}",
    )
    written = {name for (name,) in rows}
    allowed = {kind.name for kind in snapshot_kinds()}
    return [KINDS[name] for name in KINDS if name in written & allowed]


def _undone(connection: dbapi.Connection, through: int) -> tuple[Undone, ...]:
    rows = _rows(
        connection,
        "select u.undone_event, e.position from ledger.batch_undo u"
        " join ledger.entry e on e.source = 'event' and e.source_id = u.event_id"
        f" where e.position <= {through:d} order by e.position, u.undone_event",
    )
    return tuple(Undone(event, position) for event, position in rows)


def _holders() -> tuple[HolderRow, ...]:
    found = holders_by_id().values()
    rows = (HolderRow(ref.id, ref.organisation_code, ref.system) for ref in found)
    return tuple(sorted(rows, key=lambda row: row.number))


def _one(connection: dbapi.Connection, sql: str) -> int:
    return int(_rows(connection, sql)[0][0])


def _rows(connection: dbapi.Connection, sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
