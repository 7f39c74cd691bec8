"""A table of plain rows: what a reader compares line by line."""

from dataclasses import dataclass, field

from onrecord.web.components.pagination.component import Pagination
from onrecord.web.components.tag.component import Tag


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table.

    Attributes:
        text: the words.
        href: where they lead, if anywhere.
        note: smaller words under them.
        tag: a label under them.
        hidden: words for those who hear the page, after the link's own.
        is_short: a date or a code, to stand on one line.
    """

    text: str
    href: str = ""
    note: str = ""
    tag: Tag | None = None
    hidden: str = ""
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """The name of a column; numbers stand to the right."""

    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `heading` names a group of lines that follow, across the table."""

    cells: tuple[Cell, ...] = ()
    heading: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class DataTable:
    """A captioned table; with no rows, `empty` is said in its place."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = field(default=())
    empty: str = "Nothing is on record."
    pagination: Pagination | None = None
    caption_is_hidden: bool = True
    anchor: str = ""


def short(text: str, *, note: str = "") -> Cell:
    """Return a cell for a date or a code, which must not be broken over lines."""
    return Cell(text, note=note, is_short=True)


def columns(*labels: str) -> tuple[Column, ...]:
    """Return columns of words with these names; `#` before a name makes it a number."""
    return tuple(Column(label.removeprefix("#"), label.startswith("#")) for label in labels)
