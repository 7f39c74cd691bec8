"""Where one installation keeps documents: originals and copies, each in a store of its own."""

from dataclasses import dataclass
from pathlib import Path

from onrecord.core.documents.store import SealedStore


@dataclass(frozen=True, slots=True)
class DocumentShelf:
    """The two stores, and the scanner that files are shown to first.

    Attributes:
        originals: what was uploaded, for good.
        copies: pictures made here of what was uploaded.
        scanner: the socket of a scanner; empty where none is set up.
    """

    originals: SealedStore
    copies: SealedStore
    scanner: str = ""

    @classmethod
    def at(cls, folder: Path, *, scanner: str = "") -> "DocumentShelf":
        """Return the stores under `folder`."""
        return cls(SealedStore(folder / "originals"), SealedStore(folder / "copies"), scanner)
