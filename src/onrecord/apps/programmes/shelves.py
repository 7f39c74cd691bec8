"""Where snapshots and frozen rows lie."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shelves:
    """The two folders of a home that cohorts need: snapshots, and frozen rows."""

    snapshots: Path
    cohorts: Path

    @classmethod
    def of_home(cls, root: Path) -> "Shelves":
        """Return the folders of the home at `root`."""
        return cls(root / "snapshots", root / "cohorts")
