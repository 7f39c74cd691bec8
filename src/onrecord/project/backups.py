"""What a backup is: a dump of the database, the home's files, and a manifest of hashes."""

import hashlib
import json
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.core.kernel.errors import DataRejectedError, UsageError, VerificationFailedError
from onrecord.core.ledger.checkpoints import SUFFIX, Checkpoint, read_checkpoint
from onrecord.project.home import Home

FORMAT = "onrecord-backup/1"
MANIFEST = "manifest.json"
DUMP = "database.dump"
SECRETS = "secrets.json"
_UNFINISHED = ".unfinished"
_NOT_KEPT = shutil.ignore_patterns(".lock", "*.unfinished", "coming-*", "*.upload*")
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        ledger: how far the log went when the backup was taken, and its root.
        files: SHA-256 of every file, by its path in the backup.
        about: when, by which version, from which PostgreSQL, with or without secrets.
    """

    ledger: Checkpoint
    files: Mapping[str, str]
    about: Mapping[str, Any]

    def text(self) -> str:
        """Return what is written beside the files."""
        ledger = json.loads(self.ledger.text())
        told = {"format": FORMAT, **self.about, "ledger": ledger, "files": dict(self.files)}
        return json.dumps(told, indent=2) + "\n"


def refuse_existing(out: Path) -> None:
    """Stop before anything is written if `out` or what is put beside it is there already.

    Raises:
        UsageError: it is.
    """
    for path in (out, checkpoint_beside(out)):
        if path.exists():
            raise UsageError(
                f"{path} exists already; a backup never overwrites.",
                next_step="Name another place.",
            )


def checkpoint_beside(out: Path) -> Path:
    """Return where the backup's checkpoint is put: a small file to be kept on other ground."""
    return out.with_name(out.name.removesuffix(".tar") + SUFFIX)


@contextmanager
def being_written(out: Path) -> Iterator[Path]:
    """Yield a folder to fill; it gets the name `out` (or becomes that tar file) once whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    folder = out.with_name(out.name + _UNFINISHED)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=_PRIVATE)
    try:
        yield folder
        if out.suffix == ".tar":
            _tar(folder, out)
        else:
            folder.rename(out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tar(folder: Path, out: Path) -> None:
    unfinished = out.with_name(out.name + ".part")
    unfinished.touch(mode=0o600)
    with tarfile.open(unfinished, "w") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                tar.add(path, str(path.relative_to(folder)), recursive=False)
    unfinished.rename(out)


def copy_home_files(home: Home, folder: Path, *, with_secrets: bool) -> None:
    """Copy snapshots, what imports left and, if asked, the secrets into `folder`."""
    for name in (home.snapshots, home.imports, home.documents):
        if name.is_dir():
            shutil.copytree(name, folder / name.name, ignore=_NOT_KEPT)
    if with_secrets:
        shutil.copy2(home.secrets, folder / SECRETS)


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file under `folder` but the manifest, by relative path."""
    return {
        str(path.relative_to(folder)): _sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(backup: Path, scratch: Path) -> Iterator[tuple[Path, Manifest]]:
    """Yield the folder of a backup and its manifest, every file checked against it.

    Raises:
        DataRejectedError: it is no backup.
        VerificationFailedError: a file is missing, altered or too many.
    """
    if not backup.is_file():
        yield backup, _checked(backup)
        return
    folder = scratch / "backup.unpacked"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=_PRIVATE, parents=True)
    try:
        try:
            with tarfile.open(backup) as tar:
                tar.extractall(folder, filter="data")
        except tarfile.TarError:
            raise DataRejectedError(f"{backup} is not a backup.") from None
        yield folder, _checked(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _checked(folder: Path) -> Manifest:
    manifest = _read_manifest(folder / MANIFEST)
    found = hashes(folder)
    for path in sorted(found.keys() | manifest.files.keys()):
        if found.get(path) != manifest.files.get(path):
            state = "missing" if path not in found else "not the file that was backed up"
            raise VerificationFailedError(
                f"In the backup, {path} is {state}.", next_step="Use another copy of the backup."
            )
    return manifest


def _read_manifest(path: Path) -> Manifest:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        form, _ = stored.pop("format"), stored.pop("ledger")
        files = {str(name): str(sha) for name, sha in stored.pop("files").items()}
    except (OSError, ValueError, KeyError, AttributeError):
        raise DataRejectedError(
            f"{path.parent} is not a backup.", next_step="Name what `onrecord backup` wrote."
        ) from None
    if form != FORMAT:
        raise DataRejectedError(f"{path.parent} is a backup of another form: {form}.")
    return Manifest(read_checkpoint(path), files, stored)


def checkpoints_near(backup: Path) -> list[Checkpoint]:
    """Return every checkpoint found beside a backup: of this one, and of others taken since."""
    beside = backup.resolve().parent
    paths = [*beside.glob(f"*{SUFFIX}"), *beside.glob(f"*/{MANIFEST}")]
    found = []
    for path in sorted(paths):
        try:
            found.append(read_checkpoint(path))
        except (DataRejectedError, UsageError):
            continue  # something else that happens to have such a name
    return found
