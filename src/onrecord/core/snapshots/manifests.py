"""The manifest: what a snapshot consists of, and the hash that is its name.

A manifest lists files by hash, so its own hash commits to every row. It holds
ids and codes only, and can be shown, quoted in a report or sealed by a witness.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from onrecord.core.kernel.errors import DataRejectedError

FORMAT = 2
"""Raised when a manifest or its files come to be laid out differently."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file: the versions of one kind of fact written in a range of ledger positions.

    Attributes:
        kind: the kind of fact.
        path: the file, relative to the snapshot folder.
        rows: how many versions it holds.
        sha256: of the whole file.
        after: positions above this one …
        through: … up to and including this one.
    """

    kind: str
    path: str
    rows: int
    sha256: str
    after: int
    through: int


@dataclass(frozen=True, slots=True)
class HolderRow:
    """A holder as the snapshot knows it: the number in the rows, and whose system it is."""

    number: int
    organisation: str
    system: str

    @property
    def code(self) -> str:
        """Return `ORGANISATION:SYSTEM`."""
        return f"{self.organisation}:{self.system}"


@dataclass(frozen=True, slots=True)
class Undone:
    """A batch that was undone, and the ledger position from which it was."""

    event_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a snapshot is made of.

    Attributes:
        position: the ledger position it holds; the record up to and including it.
        parts: the fact versions.
        repeated: for each kind, files of lineages that have several versions.
        undone: batches undone by `position`.
        holders: who the holder numbers are.
        register: hash of the kinds and columns that were copied.
        ledger_leaf: leaf of the ledger's entry at `position`, which pins the
            snapshot to one store's history; empty where there was no store.
    """

    position: int
    parts: tuple[Part, ...] = ()
    repeated: tuple[Part, ...] = ()
    undone: tuple[Undone, ...] = ()
    holders: tuple[HolderRow, ...] = ()
    register: str = ""
    ledger_leaf: str = ""
    format: int = field(default=FORMAT)

    @property
    def snapshot_id(self) -> str:
        """Return the snapshot's name: the hash of this manifest's canonical text."""
        return hashlib.sha256(self.text().encode()).hexdigest()

    @property
    def rows(self) -> int:
        """Return how many fact versions the snapshot holds."""
        return sum(part.rows for part in self.parts)

    def parts_of(self, kind: str) -> tuple[Part, ...]:
        """Return the files that hold versions of `kind`."""
        return tuple(part for part in self.parts if part.kind == kind)

    def repeated_of(self, kind: str) -> tuple[Part, ...]:
        """Return the files that list the lineages of `kind` with several versions."""
        return tuple(part for part in self.repeated if part.kind == kind)

    def undone_events(self, position: int) -> tuple[int, ...]:
        """Return the events that were undone by `position`."""
        return tuple(sorted({u.event_id for u in self.undone if u.position <= position}))

    def text(self) -> str:
        """Return the canonical text: sorted keys, no spaces, one spelling."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest from its file.

    Raises:
        DataRejectedError: it was laid out by another version of the program.
    """
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if raw.get("format") != FORMAT:
        raise DataRejectedError(
            "This snapshot was written by another version of the program.",
            next_step="Take a new one with `onrecord snapshot`.",
        )
    return Manifest(
        position=raw["position"],
        parts=tuple(Part(**part) for part in raw["parts"]),
        repeated=tuple(Part(**part) for part in raw["repeated"]),
        undone=tuple(Undone(**row) for row in raw["undone"]),
        holders=tuple(HolderRow(**row) for row in raw["holders"]),
        register=raw["register"],
        ledger_leaf=raw["ledger_leaf"],
        format=raw["format"],
    )
