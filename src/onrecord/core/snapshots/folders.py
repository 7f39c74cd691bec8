"""Where snapshots lie, and how files come to lie there whole or not at all."""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from onrecord.core.kernel.errors import NotFoundError, VerificationFailedError
from onrecord.core.snapshots.manifests import Manifest, Part, read_manifest

PARTS, LINKAGE, NARRATIVES, REPEATED, MANIFESTS = (
    "parts",
    "linkage",
    "narratives",
    "repeated",
    "manifests",
)
_FOLDERS = (PARTS, LINKAGE, NARRATIVES, REPEATED, MANIFESTS)
_UNFINISHED = ".unfinished"
_LATEST = "latest"
_CHUNK = 1 << 20


class SnapshotFolder:
    """The folder that holds every snapshot of one store, their files shared.

    A file is written under an unfinished name, made durable, then renamed; the
    manifest comes last. A process that dies leaves unfinished files, which the
    next one removes, or whole files that no manifest names, which do no harm.
    """

    def __init__(self, root: Path) -> None:
        """Use the folder `root`, which is made when something is first written."""
        self.root = root

    def path(self, relative: str) -> Path:
        """Return where a file of a manifest lies."""
        return self.root / relative

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder for one writer; whoever comes second waits."""
        for name in _FOLDERS:
            (self.root / name).mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left_over in self.root.glob(f"*/*{_UNFINISHED}"):
                left_over.unlink()
            yield

    def unfinished(self, relative: str) -> Path:
        """Return the name under which `relative` is written until it is whole."""
        return self.root / f"{relative}{_UNFINISHED}"

    def finish(self, relative: str) -> None:
        """Make the unfinished file durable and give it its name."""
        unfinished = self.unfinished(relative)
        _flush_to_disk(unfinished)
        unfinished.rename(self.root / relative)
        _flush_to_disk(self.root.joinpath(relative).parent)

    def write_text(self, relative: str, text: str) -> None:
        """Write a small file, whole or not at all."""
        self.unfinished(relative).write_text(text, encoding="utf-8")
        self.finish(relative)

    def save(self, manifest: Manifest) -> None:
        """Write the manifest, then point `latest` at it: from here on the snapshot exists."""
        self.write_text(f"{MANIFESTS}/{manifest.snapshot_id}.json", manifest.text())
        self.write_text(f"{MANIFESTS}/{_LATEST}", manifest.snapshot_id)

    def latest(self) -> Manifest | None:
        """Return the newest snapshot's manifest, if there is any snapshot."""
        pointer = self.root / MANIFESTS / _LATEST
        return self.manifest(pointer.read_text(encoding="utf-8")) if pointer.exists() else None

    def manifest(self, snapshot_id: str) -> Manifest:
        """Return the manifest of one snapshot; it must hash to its own name."""
        path = self.root / MANIFESTS / f"{snapshot_id}.json"
        if not snapshot_id.isalnum() or not path.exists():
            raise NotFoundError(
                f"There is no snapshot {snapshot_id}.", next_step="Run `onrecord snapshot`."
            )
        manifest = read_manifest(path)
        if manifest.snapshot_id != snapshot_id:
            raise VerificationFailedError(
                f"The manifest of snapshot {snapshot_id} does not hash to its name.",
                next_step="Restore the snapshots folder from a backup, or remove it and export again.",
            )
        return manifest

    def verify(self, manifest: Manifest) -> None:
        """Read every file of the snapshot and compare its hash; raise when one differs."""
        for part in (*manifest.parts, *manifest.repeated):
            path = self.path(part.path)
            if not path.exists() or sha256_of(path) != part.sha256:
                raise _altered(part)


def _altered(part: Part) -> VerificationFailedError:
    return VerificationFailedError(
        f"The snapshot file {part.path} is missing or was altered.",
        next_step="Restore the snapshots folder from a backup, or remove it and export again.",
    )


def sha256_of(path: Path) -> str:
    """Return the hash of a whole file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _flush_to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
