"""Write a snapshot: new parts beside the old ones, then one manifest over both.

Rows come in as Arrow batches, one kind at a time, from wherever they are: the
store (`apps.facts.exporting`), or the demonstration generator, which writes a
national snapshot without a store.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.kinds import KINDS, Kind
from onrecord.core.snapshots.columns import (
    POSITION,
    Destination,
    arrow_schema,
    columns_for,
    conform,
    snapshot_kinds,
)
from onrecord.core.snapshots.folders import (
    LINKAGE,
    NARRATIVES,
    PARTS,
    REPEATED,
    SnapshotFolder,
    sha256_of,
)
from onrecord.core.snapshots.manifests import HolderRow, Manifest, Part, Undone
from onrecord.core.snapshots.merging import few_parts
from onrecord.core.snapshots.repeated import repeated_lineages_sql

ROWS_IN_A_GROUP = 120_000
"""Rows held in memory before they are written; DuckDB reads groups in parallel."""

_SIDECARS = {Destination.LINKAGE: LINKAGE, Destination.NARRATIVES: NARRATIVES}
_NOT_REPEATED_IN_A_FILE = frozenset({"fact_id", "lineage"})


@contextlib.contextmanager
def writing_snapshot(
    root: Path, *, through: int, base: Manifest | None = None
) -> Iterator["SnapshotWriter"]:
    """Hold the snapshot folder `root` and write what came after `base`, up to `through`."""
    folder = SnapshotFolder(root)
    with folder.writing(), SnapshotWriter(folder, through=through, base=base) as writer:
        yield writer


def write_snapshot(
    root: Path,
    batches: Mapping[str, Iterable[pa.RecordBatch]],
    *,
    through: int,
    holders: Sequence[HolderRow],
) -> Manifest:
    """Write a whole snapshot from Arrow batches by kind, with nothing before it.

    A batch needs `fact_id`, `lineage`, `known_on`, `holder_id` and whatever
    columns say something; the rest of the header is filled in as one import
    would. From DuckDB set `arrow_lossless_conversion`, so that lineages arrive
    as 16 bytes and not as text.
    """
    with writing_snapshot(root, through=through) as writer:
        for kind, of_kind in batches.items():
            writer.write(kind, of_kind)
        return writer.finish(holders=holders, undone=())


class SnapshotWriter:
    """Writes the parts of one snapshot, in a `with` block, while the folder is held."""

    def __init__(self, folder: SnapshotFolder, *, through: int, base: Manifest | None) -> None:
        """Write positions after `base` up to `through` into `folder`."""
        self.folder = folder
        self.through = through
        self.after = base.position if base else 0
        self._parts = list(base.parts) if base else []
        self._repeated = list(base.repeated) if base else []
        self._con = duckdb.connect(config={"memory_limit": "400MB", "threads": 2})
        self._con.execute("set arrow_lossless_conversion = true").fetchall()
        self._con.execute("set temp_directory = ?", [str(folder.root / REPEATED)]).fetchall()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._con.close()

    def write(self, kind_name: str, batches: Iterable[pa.RecordBatch]) -> int:
        """Write the new versions of one kind and return how many they were."""
        kind = KINDS[kind_name]
        if not kind.is_readable:
            raise DataRejectedError(
                f"{kind_name} never goes into a snapshot.", next_step="Leave this kind out."
            )
        stem = f"{kind_name}-{self.after}-{self.through}"
        rows = _write_files(self.folder, kind, stem, batches, self.through)
        if rows:
            self._keep(kind_name, stem, rows)
        return rows

    def finish(
        self, *, holders: Sequence[HolderRow], undone: Sequence[Undone], ledger_leaf: str = ""
    ) -> Manifest:
        """Write the manifest, last of all, and return it."""
        manifest = Manifest(
            position=self.through,
            parts=self._few(self._parts),
            repeated=self._few(self._repeated),
            undone=tuple(sorted(undone, key=lambda row: (row.position, row.event_id))),
            holders=tuple(sorted(holders, key=lambda row: row.number)),
            register=register_hash(),
            ledger_leaf=ledger_leaf,
        )
        self.folder.save(manifest)
        return manifest

    def _few(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        kinds = dict.fromkeys(part.kind for part in parts)
        of_kind = ([part for part in parts if part.kind == kind] for kind in kinds)
        return tuple(part for group in of_kind for part in few_parts(self.folder, group))

    def _keep(self, kind: str, stem: str, rows: int) -> None:
        part = self._name_by_hash(PARTS, kind, stem, rows)
        name = Path(part.path).name
        for destination, folder in _SIDECARS.items():
            if columns_for(KINDS[kind], destination):
                self.folder.unfinished(f"{folder}/{stem}").rename(
                    self.folder.unfinished(f"{folder}/{name}")
                )
                self.folder.finish(f"{folder}/{name}")
        earlier = [self.folder.path(p.path) for p in self._parts if p.kind == kind]
        self._parts.append(part)
        self._note_repeated(kind, stem, self.folder.path(part.path), earlier)

    def _note_repeated(self, kind: str, stem: str, new: Path, earlier: list[Path]) -> None:
        unfinished = self.folder.unfinished(f"{REPEATED}/{stem}")
        found = self._con.sql(repeated_lineages_sql(new, earlier)).to_arrow_table()
        if found.num_rows:
            pq.write_table(found, unfinished, compression="zstd")
            self._repeated.append(self._name_by_hash(REPEATED, kind, stem, found.num_rows))

    def _name_by_hash(self, folder: str, kind: str, stem: str, rows: int) -> Part:
        unfinished = self.folder.unfinished(f"{folder}/{stem}")
        sha256 = sha256_of(unfinished)
        path = f"{folder}/{stem}-{sha256[:12]}.parquet"
        unfinished.rename(self.folder.unfinished(path))
        self.folder.finish(path)
        return Part(kind, path, rows, sha256, self.after, self.through)


def register_hash() -> str:
    """Return the hash of the kinds and columns that snapshots hold at this version."""
    register = {k.name: columns_for(k, Destination.PARTS) for k in snapshot_kinds()}
    text = json.dumps(register, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _write_files(
    folder: SnapshotFolder,
    kind: Kind,
    stem: str,
    batches: Iterable[pa.RecordBatch],
    through: int,
) -> int:
    schemas = {d: arrow_schema(columns_for(kind, d)) for d in Destination}
    schemas = {d: schema for d, schema in schemas.items() if len(schema)}
    rows = 0
    with contextlib.ExitStack() as stack:
        writers: dict[Destination, pq.ParquetWriter] = {}
        for group in _in_groups(batches):
            rows += sum(batch.num_rows for batch in group)
            for destination, schema in schemas.items():
                if destination not in writers:
                    path = folder.unfinished(f"{_folder_of(destination)}/{stem}")
                    writers[destination] = stack.enter_context(_open(path, schema))
                conformed = (conform(_filled_in(batch, through), schema) for batch in group)
                writers[destination].write_table(pa.Table.from_batches(conformed, schema))
    return rows


def _folder_of(destination: Destination) -> str:
    return _SIDECARS.get(destination, PARTS)


def _open(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    alike = [name for name in schema.names if name not in _NOT_REPEATED_IN_A_FILE]
    return pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=alike)


def _in_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    group: list[pa.RecordBatch] = []
    for batch in batches:
        if batch.num_rows:
            group.append(batch)
        if sum(held.num_rows for held in group) >= ROWS_IN_A_GROUP:
            yield group
            group = []
    if group:
        yield group


def _filled_in(batch: pa.RecordBatch, through: int) -> pa.RecordBatch:
    """Add what a single first import would have written, where a batch leaves it out."""
    usual = {"change": "first", "gone": False, "event_id": 0, POSITION: through}
    for name, value in usual.items():
        if name not in batch.schema.names:
            batch = batch.append_column(name, pa.array([value] * batch.num_rows))
    return batch
