"""What lies beside a snapshot: linkage fields and narratives, keyed by fact; erasable.

A snapshot is never rewritten, and needs not be: it holds ids, codes and dates.
What an erasure must destroy lies here. A sidecar file has the name of the part
whose rows it belongs to; it is not in the manifest's hashes, so a snapshot keeps
its id when somebody's name is gone.
"""

from collections.abc import Collection
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.core.snapshots.columns import Destination
from onrecord.core.snapshots.folders import LINKAGE, NARRATIVES, SnapshotFolder
from onrecord.core.snapshots.manifests import Manifest

_FOLDERS = {Destination.LINKAGE: LINKAGE, Destination.NARRATIVES: NARRATIVES}


def sidecar_files(
    folder: SnapshotFolder, manifest: Manifest, kind: str, destination: Destination
) -> list[Path]:
    """Return the sidecar files of one kind of fact in a snapshot; none where it has none."""
    beside = folder.root / _FOLDERS[destination]
    paths = (beside / Path(part.path).name for part in manifest.parts_of(kind))
    return [path for path in paths if path.exists()]


def erase_beside(root: Path, kind: str, fact_ids: Collection[int]) -> int:
    """Destroy what the sidecars of every snapshot say of these facts; return the rows destroyed."""
    folder = SnapshotFolder(root)
    erased = pa.array(sorted(fact_ids), pa.int64())
    with folder.writing():
        return sum(
            _without(folder, f"{name}/{path.name}", erased)
            for name in _FOLDERS.values()
            for path in sorted((root / name).glob(f"{kind}-*.parquet"))
        )


def _without(folder: SnapshotFolder, relative: str, erased: pa.Array) -> int:
    rows = pq.read_table(folder.path(relative))
    kept = rows.filter(pc.invert(pc.is_in(rows["fact_id"], erased)))
    if kept.num_rows < rows.num_rows:
        pq.write_table(kept, folder.unfinished(relative), compression="zstd")
        folder.finish(relative)
    return int(rows.num_rows - kept.num_rows)
