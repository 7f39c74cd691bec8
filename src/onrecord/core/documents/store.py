"""The sealed store: every file under the SHA-256 of its bytes, once, for as long as it is kept.

What was uploaded is never changed and never served as anything but a download.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.core.kernel.errors import VerificationFailedError

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_HASH = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store: the hash that names it, and how many bytes it has."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SealedStore:
    """A folder that only this account can enter, in which files are named by their content."""

    root: Path

    def keep(self, pieces: Iterable[bytes]) -> Kept:
        """Keep a file, safe against a power cut; the same content is kept once."""
        self._folder(self.root)
        number, name = tempfile.mkstemp(prefix="coming-", dir=self.root)
        coming = Path(name)
        try:
            kept = _write(number, pieces)
            place = self.path_of(kept.sha256)
            self._folder(place.parent)
            if place.exists():
                coming.unlink()
            else:
                coming.chmod(_PRIVATE_FILE)
                coming.replace(place)
                _settle(place.parent)
                _settle(self.root)
        except BaseException:
            coming.unlink(missing_ok=True)
            raise
        return kept

    def path_of(self, sha256: str) -> Path:
        """Return where the file of that hash lies.

        Raises:
            ValueError: it is not a hash; no other name ever reaches the disk.
        """
        if not _HASH.fullmatch(sha256):
            raise ValueError("not the name of a kept file")
        return self.root / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        """Return the bytes, once they are seen to be those that were kept.

        Raises:
            VerificationFailedError: the file is gone or is not what was kept.
        """
        path = self.path_of(sha256)
        found = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(found).hexdigest() != sha256:
            raise VerificationFailedError(
                "The kept file is missing or was changed outside the system.",
                next_step="Tell whoever runs Onrecord; the copy in the last backup can be compared.",
            )
        return found

    @staticmethod
    def _folder(path: Path) -> None:
        path.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        path.chmod(_PRIVATE_FOLDER)


def _write(number: int, pieces: Iterable[bytes]) -> Kept:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(number, "wb") as file:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return Kept(digest.hexdigest(), size)


def pieces_of(path: Path) -> Iterable[bytes]:
    """Return the bytes of a file, a megabyte at a time."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _settle(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
