"""What an import did, in the words of the contract for scripts (`design.md` §9)."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from onrecord.core.sources.comparing import KindCounts, TableCounts


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do.

    Attributes:
        batch: reference of the batch; none for a dry run, or when nothing was on record or new.
        wrote: whether anything was written; a re-import of the same files writes nothing.
    """

    batch: str | None
    source: str
    extract_date: str
    tables: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    health: dict[str, Any]
    rejects_path: Path | None
    rows: int
    seconds: float
    wrote: bool
    is_dry_run: bool

    @property
    def rows_per_second(self) -> int:
        """Return how many rows of the source were taken in each second."""
        return round(self.rows / self.seconds) if self.seconds else 0

    @property
    def facts_per_second(self) -> int:
        """Return how many facts were written each second."""
        written = sum(one["added"] + one["changed"] + one["gone"] for one in self.facts)
        return round(written / self.seconds) if self.seconds and self.wrote else 0

    def as_json(self) -> dict[str, Any]:
        """Return the stable keys, and more."""
        return {
            "batch": self.batch, "tables": self.tables,
            "rejects_path": str(self.rejects_path) if self.rejects_path else None,
            "rows_per_second": self.rows_per_second,
            "source": self.source, "extract_date": self.extract_date, "rows": self.rows,
            "seconds": round(self.seconds, 3), "facts": self.facts, "facts_per_second": self.facts_per_second,
            "wrote": self.wrote, "dry_run": self.is_dry_run, "health": self.health.get("sentences", []),
            "notes": self.health.get("notes", []),
        }  # fmt: skip


def table_rows(counts: list[TableCounts]) -> list[dict[str, Any]]:
    """Return counts by table as they are kept and shown."""
    return [asdict(one) for one in counts]


def kind_rows(counts: list[KindCounts]) -> list[dict[str, Any]]:
    """Return counts by kind of fact as they are kept and shown."""
    return [asdict(one) for one in counts]
