"""The kinds of fact, column by column: the one list that everything else reads.

The tables, the canonical form that is hashed, the import descriptions, the
views, the snapshots and the guard tests are all made from this register, so a
column cannot exist in one of them and be forgotten in another.

A column's *use* says where its values may go:

- `code`, `date`, `number`, `link`: into snapshots (no free text, no identities);
- `identity`: into the linkage sidecar only (what tells one person from another);
- `text`: into the narrative sidecar only;
- `private`: nowhere outside its own table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from onrecord.core.kernel.fact_columns import (
    CODES,
    KIND_COLUMNS,
    SEALED_KINDS,
)


class ColumnType(StrEnum):
    """How a value is stored. `codes` is a sorted, comma-separated set of codes."""

    TEXT = "text"
    CODES = "codes"
    DATE = "date"
    BOOL = "bool"
    INTEGER = "integer"
    MONEY = "numeric"
    LINEAGE = "uuid"


class Use(StrEnum):
    """Where the values of a column may go beside the fact's own table."""

    CODE = "code"
    DATE = "date"
    NUMBER = "number"
    LINK = "link"
    IDENTITY = "identity"
    TEXT = "text"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one kind of fact."""

    name: str
    type: ColumnType
    use: Use
    meaning: str
    choices: frozenset[str] | None = None
    links_to: str | None = None

    @property
    def in_snapshot(self) -> bool:
        """Tell whether the column's values go into snapshots."""
        return self.use in {Use.CODE, Use.DATE, Use.NUMBER, Use.LINK}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact: a table of its own, with the common header."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    is_root: bool = False
    is_sealed: bool = False
    is_compartmented: bool = False

    @property
    def schema(self) -> str:
        """Return the database schema that holds the table."""
        return "compartment" if self.is_compartmented else "facts"

    @property
    def table(self) -> str:
        """Return the table's full name."""
        return f"{self.schema}.{self.name}"

    @property
    def is_readable(self) -> bool:
        """Tell whether ordinary views may read this kind at all."""
        return not (self.is_sealed or self.is_compartmented)

    def column(self, name: str) -> Column:
        """Return the column called `name`; `KeyError` if there is none."""
        return next((c for c in self.columns if c.name == name), None) or _missing(self.name, name)


def naming_columns(kind: Kind) -> tuple[str, ...]:
    """Return the columns by which a fact is, belongs to, or points at something that can be walled.

    A fact that names a walled thing in any of them stands behind the wall with it. One
    exception: a case goes on naming its incident when what a source says of the incident is walled.
    """
    named = (
        column.name
        for column in kind.columns
        if column.type is ColumnType.LINEAGE and (kind.name, column.name) not in _ONLY_NAMED
    )
    return ("lineage", "case_lineage", "record_lineage", *named)


_ONLY_NAMED = frozenset({("case_reported", "incident")})


def _missing(kind: str, name: str) -> Column:
    raise KeyError(f"{kind}.{name}")


def _column(line: str) -> Column:
    """Read one line of the register: `name type use [-> kind] : meaning`."""
    left, _, meaning = line.partition(" : ")
    name, type_name, use, *target = left.split()
    return Column(
        name=name,
        type=ColumnType(type_name),
        use=Use(use),
        meaning=meaning.strip(),
        choices=frozenset(CODES[name]) if name in CODES else None,
        links_to=target[1] if target else None,
    )


def _kinds() -> Iterator[Kind]:
    for heading, lines in KIND_COLUMNS.items():
        name, _, meaning = heading.partition(" : ")
        name, *marks = name.split()
        yield Kind(
            name=name,
            meaning=meaning.strip(),
            columns=tuple(_column(line) for line in lines.strip().splitlines()),
            is_root="root" in marks,
            is_sealed=name in SEALED_KINDS,
            is_compartmented="compartment" in marks,
        )


KINDS: dict[str, Kind] = {kind.name: kind for kind in _kinds()}
"""Every kind of fact by name, in the order in which a batch writes them."""
