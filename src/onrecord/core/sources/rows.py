"""What comes out of a file: rows of text with their places, and rows that cannot be used."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.core.kernel.errors import DataRejectedError

ROWS_AT_A_TIME = 20_000
"""How many rows are held in memory; a file's size makes no difference."""

MOST_BAD_ROWS = 100_000
"""More unreadable rows than this are not kept in memory one by one: the file is refused."""

FORBIDDEN = ("\x00", "\x1f")
"""Characters that no text in a source may have: one cannot be stored, one separates keys."""


@dataclass(slots=True)
class BadRow:
    """A row that could not be read as a row."""

    file: int
    line: int
    sentence: str


@dataclass(slots=True)
class Rows:
    """Some rows of one file: the line on which each starts, and its cells by column."""

    file: int
    lines: list[int]
    cells: list[Sequence[str | None]]


@dataclass(slots=True)
class Findings:
    """What was met while a table was read, beside its usable rows."""

    bad_rows: list[BadRow] = field(default_factory=list)
    blank_rows: int = 0

    def note(self, bad: BadRow) -> None:
        """Keep one more row that could not be read.

        Raises:
            DataRejectedError: there are so many that the file cannot be what it is described to be.
        """
        self.bad_rows.append(bad)
        if len(self.bad_rows) > MOST_BAD_ROWS:
            raise DataRejectedError(
                f"More than {MOST_BAD_ROWS:,} rows cannot be read. {bad.sentence}",
                next_step="Check the delimiter, quotation mark and encoding in the description. Nothing was written.",
            )


def refused(file: str, sentence: str, next_step: str) -> DataRejectedError:
    """Return the error that refuses the whole batch because of one file."""
    return DataRejectedError(f"{file}: {sentence}", next_step=f"{next_step} Nothing was written.")
