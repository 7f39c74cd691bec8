"""Read a snapshot as at a moment: one DuckDB table a kind, as the view resolves it.

    with open_snapshot(root).reading(view) as record:
        record.con.sql("select count(*) from allegation").fetchall()

Beside the kinds there are `person_cluster` and `incident_cluster`, and `holder`.
A view cannot look past the snapshot's own ledger position.
"""

import contextlib
import hashlib
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.core.kernel.errors import NotFoundError, UsageError
from onrecord.core.kernel.kinds import Kind, naming_columns
from onrecord.core.snapshots.clusters import cluster_incidents, cluster_people
from onrecord.core.snapshots.columns import (
    Destination,
    columns_for,
    duckdb_types,
    snapshot_kinds,
)
from onrecord.core.snapshots.folders import SnapshotFolder
from onrecord.core.snapshots.manifests import Manifest
from onrecord.core.snapshots.repeated import parquet_sql
from onrecord.core.snapshots.resolving import HELD, RAW, REPEATED, holdings_sql, resolved_sql
from onrecord.core.timekeeping.views import View

AT_THE_END = "at_the_end_"
"""Prefix of judgements as read at the end of the record, whatever the view's day."""

_JUDGEMENTS = ("identity_judgement", "incident_judgement")


@dataclass(frozen=True, slots=True)
class Record:
    """The record as one view of one snapshot has it, open for questions in SQL."""

    con: duckdb.DuckDBPyConnection
    view: View
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Walled:
    """What stands behind walls for whoever reads, and so is not there.

    Attributes:
        lineages: cases, person records, incidents or single facts, with all that belongs to them.
        holders: numbers of source systems of which nothing is seen.
    """

    lineages: frozenset[uuid.UUID] = frozenset()
    holders: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything is walled at all."""
        return bool(self.lineages or self.holders)

    def __or__(self, other: "Walled") -> "Walled":
        """Return what either leaves out."""
        return Walled(self.lineages | other.lineages, self.holders | other.holders)

    @property
    def digest(self) -> str:
        """Return a name for exactly this much, telling nothing of it; empty for nothing."""
        if not self:
            return ""
        texts = [*map(str, sorted(self.lineages)), *map(str, sorted(self.holders))]
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot, ready to be read."""

    folder: SnapshotFolder
    manifest: Manifest
    walled: "Walled" = field(default_factory=Walled)

    @property
    def snapshot_id(self) -> str:
        """Return the snapshot's name: the hash of its manifest."""
        return self.manifest.snapshot_id

    def view(self) -> View:
        """Return the view of everything in the snapshot, on no particular day."""
        return View(position=self.manifest.position)

    def holders_of(self, organisation: str) -> frozenset[int]:
        """Return the numbers of the source systems of one organisation."""
        rows = self.manifest.holders
        return frozenset(h.number for h in rows if h.organisation == organisation)

    @contextlib.contextmanager
    def reading(
        self,
        view: View | None = None,
        *,
        kinds: Collection[str] | None = None,
        memory: str = "2GB",
        threads: int = 2,
    ) -> Iterator[Record]:
        """Open the record as `view` has it; everything in the snapshot when not said.

        Only `kinds` are defined, or all; clusters are made where the
        judgements they come from are among them.
        """
        view = view or self.view()
        if view.position > self.manifest.position:
            raise UsageError(
                f"The snapshot ends at ledger position {self.manifest.position}, "
                f"so it cannot show position {view.position}.",
                next_step="Take a new snapshot with `onrecord snapshot`.",
            )
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "threads": threads,
            "autoinstall_known_extensions": False,
            "preserve_insertion_order": False,
        }
        with duckdb.connect(config=config) as con:
            _prepare(con, self, view, kinds)
            yield Record(con, view, self.manifest)


def open_snapshot(
    root: Path,
    snapshot_id: str | None = None,
    *,
    verify: bool = False,
    walled: Walled | None = None,
) -> Snapshot:
    """Open the snapshot called `snapshot_id`, else the newest; `verify` reads every file's hash.

    A snapshot holds what is on record, walls or not, since walls come and go; what is
    `walled` for whoever reads is left out each time that it is read.
    """
    folder = SnapshotFolder(root)
    manifest = folder.manifest(snapshot_id) if snapshot_id else folder.latest()
    if manifest is None:
        raise NotFoundError("There is no snapshot yet.", next_step="Run `onrecord snapshot`.")
    if verify:
        folder.verify(manifest)
    return Snapshot(folder, manifest, walled or Walled())


def _prepare(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, view: View, kinds: Collection[str] | None
) -> None:
    manifest = snapshot.manifest
    wanted = [k for k in snapshot_kinds() if kinds is None or k.name in kinds]
    _add_walled(con, snapshot.walled)
    needed = {k.name for k in wanted} | ({"holding"} if view.held_by is not None else set())
    for kind in snapshot_kinds():
        if kind.name in needed:
            _add_versions(con, snapshot, kind)
    if view.held_by is not None:
        undone = manifest.undone_events(view.position)
        holdings = holdings_sql(view, undone, has_repeated=bool(manifest.repeated_of("holding")))
        con.execute(f"create temp table {HELD} as {holdings}").fetchall()
    for kind in wanted:
        _define(con, kind.name, _resolved(manifest, kind.name, view))
    _add_holders(con, manifest)
    _add_clusters(con, manifest, view.at_end_of_record(), needed)


def _add_walled(con: duckdb.DuckDBPyConnection, walled: Walled) -> None:
    con.execute("create temp table walled (lineage uuid)").fetchall()
    if walled.lineages:
        con.executemany("insert into walled values (?)", [(one,) for one in walled.lineages])


def _add_versions(con: duckdb.DuckDBPyConnection, snapshot: Snapshot, kind: Kind) -> None:
    _define(con, f"{RAW}{kind.name}", _unwalled_sql(snapshot, kind))
    if repeated := snapshot.manifest.repeated_of(kind.name):
        files = parquet_sql([snapshot.folder.path(part.path) for part in repeated])
        con.execute(
            f"create temp table {REPEATED}{kind.name} as select distinct lineage from {files}"
        ).fetchall()


def _add_clusters(
    con: duckdb.DuckDBPyConnection, manifest: Manifest, end: View, defined: set[str]
) -> None:
    for name in defined.intersection(_JUDGEMENTS):
        _define(con, f"{AT_THE_END}{name}", _resolved(manifest, name, end))
    if "identity_judgement" in defined:
        cluster_people(con, f"{AT_THE_END}identity_judgement")
    if {"incident_judgement", "case_reported"} <= defined:
        cluster_incidents(con, f"{AT_THE_END}incident_judgement", "case_reported")


def _resolved(manifest: Manifest, kind: str, view: View) -> str:
    undone = manifest.undone_events(view.position)
    return resolved_sql(kind, view, undone, has_repeated=bool(manifest.repeated_of(kind)))


def _unwalled_sql(snapshot: Snapshot, kind: Kind) -> str:
    """Return SQL for the versions of a kind that no wall hides: the same ones as in the fact store."""
    versions = _versions_sql(snapshot, kind)
    if not snapshot.walled:
        return versions
    behind = [f"{name} in (select lineage from walled)" for name in naming_columns(kind)]
    if snapshot.walled.holders:
        behind.append(f"holder_id in ({', '.join(map(str, sorted(snapshot.walled.holders)))})")
    return f"select * from ({versions}) r where ({' or '.join(behind)}) is not true"


def _versions_sql(snapshot: Snapshot, kind: Kind) -> str:
    """Return SQL for every version of a kind, with every column even where a file lacks it."""
    types = duckdb_types(columns_for(kind, Destination.PARTS))
    empty = ", ".join(f"null::{type_} as {name}" for name, type_ in types.items())
    none = f"select {empty} where false"
    parts = snapshot.manifest.parts_of(kind.name)
    if not parts:
        return none
    files = parquet_sql([snapshot.folder.path(part.path) for part in parts])
    return f"{none} union all by name select * from {files}"


def _define(con: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    con.execute(f"create temp view {name} as {sql}").fetchall()


def _add_holders(con: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    rows = manifest.holders
    table = pa.table(
        {
            "number": pa.array([row.number for row in rows], pa.int64()),
            "organisation": pa.array([row.organisation for row in rows], pa.string()),
            "system": pa.array([row.system for row in rows], pa.string()),
        }
    )
    con.register("holders", table)
    con.execute("create temp table holder as select * from holders").fetchall()
    con.unregister("holders")
