"""Keep a snapshot to few files: small parts are copied together into a new one.

Every batch adds a part, and opening a thousand small files takes longer than
reading them. The parts copied stay, because earlier snapshots name them; the
new snapshot names the copy.
"""

from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

from onrecord.core.snapshots.folders import LINKAGE, NARRATIVES, SnapshotFolder, sha256_of
from onrecord.core.snapshots.manifests import Part

MOST_PARTS = 24
"""Parts that one kind of fact may have before its small ones are copied together."""


def few_parts(folder: SnapshotFolder, parts: Sequence[Part]) -> list[Part]:
    """Return `parts`, of one kind and one sort, with the small ones copied together if too many."""
    if len(parts) <= MOST_PARTS:
        return list(parts)
    largest = max(parts, key=lambda part: part.rows)
    return [largest, _merged(folder, [part for part in parts if part is not largest])]


def _merged(folder: SnapshotFolder, parts: Sequence[Part]) -> Part:
    home = Path(parts[0].path).parent.name
    after, through = min(p.after for p in parts), max(p.through for p in parts)
    stem = f"{parts[0].kind}-{after}-{through}-merged"
    names = [Path(part.path).name for part in parts]
    _copy_together(folder, home, names, stem)
    sha256 = sha256_of(folder.unfinished(f"{home}/{stem}"))
    name = f"{stem}-{sha256[:12]}.parquet"
    for beside in (LINKAGE, NARRATIVES):
        if home not in (beside, "repeated") and (folder.root / beside / names[0]).exists():
            _copy_together(folder, beside, names, stem)
            _rename(folder, beside, stem, name)
    _rename(folder, home, stem, name)
    rows = sum(part.rows for part in parts)
    return Part(parts[0].kind, f"{home}/{name}", rows, sha256, after, through)


def _copy_together(folder: SnapshotFolder, home: str, names: Sequence[str], stem: str) -> None:
    paths = [folder.root / home / name for name in names]
    schema = pq.read_schema(paths[0])
    with pq.ParquetWriter(folder.unfinished(f"{home}/{stem}"), schema, compression="zstd") as out:
        for path in paths:
            out.write_table(pq.read_table(path))


def _rename(folder: SnapshotFolder, home: str, stem: str, name: str) -> None:
    folder.unfinished(f"{home}/{stem}").rename(folder.unfinished(f"{home}/{name}"))
    folder.finish(f"{home}/{name}")
