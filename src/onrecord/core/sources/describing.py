"""What a source description says, as values.

`load` reads the YAML and refuses what cannot work; nothing here looks at data.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onrecord.core.sources.formulas import Formula

ORDINARY_LATEST_YEARS = 20
"""Dates later than this many years after the extract are taken for mistakes."""


EARLIEST = date(1900, 1, 1)
"""No record that is imported speaks of an earlier day, unless its description says so."""


@dataclass(frozen=True, slots=True)
class Dates:
    """How the source writes dates, and which cannot be true."""

    formats: tuple[str, ...] = ()
    earliest: date = EARLIEST
    latest: date | None = None
    rejects_out_of_bounds: bool = False
    empties_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A database query as a table; the address stands in an environment variable."""

    dsn_env: str
    sql: str


@dataclass(frozen=True, slots=True)
class Table:
    """One file, several files of one shape, or one query."""

    name: str
    file: str | None
    query: Query | None
    format: str
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str | None = '"'
    skip_lines: int = 0
    headings: tuple[str, ...] = ()
    sheet: str | None = None
    misread: tuple[str, str] | None = None
    null_values: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class JoinWith:
    """Another table's columns, found by key."""

    table: str
    on: tuple[tuple[Formula, Formula], ...]
    is_required: bool
    makes_many: bool


@dataclass(frozen=True, slots=True)
class Join:
    """Rows of a table, split, unpivoted or numbered, with the columns of other tables."""

    name: str
    base: str
    split: tuple[str, str, str] | None
    unpivot: tuple[tuple[str, ...], str] | None
    joined: tuple[JoinWith, ...]
    number: tuple[tuple[str, ...], str] | None = None


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A placeholder in the place of a person."""

    values: tuple[str, ...]
    when: Formula | None
    note: str


@dataclass(frozen=True, slots=True)
class Person:
    """How the source identifies a person of the workforce."""

    name: str
    key: tuple[Formula, ...]
    holder: Formula | None
    unnamed: tuple[Unnamed, ...]
    empty_note: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """From the source's values to ours."""

    name: str
    values: Mapping[str, str | None]
    patterns: tuple[tuple[str, str], ...]
    unknown: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing pointed at by its key: a fact of `kind`, by the holder that knows it so."""

    kind: str
    key: tuple[Formula, ...]
    holder: Formula | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """One way to say when something could first have been known."""

    basis: str
    day: Formula | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """When it happened: a day, or from a day to a day."""

    first: Formula
    last: Formula | None
    basis: str


type ColumnValue = Formula | Reference


@dataclass(frozen=True, slots=True)
class FactMapping:
    """How one kind of fact is made from the rows of one table or join."""

    number: int
    kind: str
    source: str
    when: Formula | None
    is_main: bool
    holder: Formula
    key: tuple[Formula, ...]
    is_keyless: bool
    case: Reference | None
    record: Reference | None
    person: str | None
    source_ref: Formula | None
    happened: Happened | None
    known: tuple[Known, ...]
    columns: Mapping[str, ColumnValue]
    on_conflict: str
    changes_are: str
    role: ColumnValue | None = None
    identity: Mapping[str, ColumnValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Description:
    """Everything that is known about a source before its files are opened."""

    name: str
    title: str
    holder: Formula
    organisations: Mapping[str, tuple[str, str]]
    systems: Mapping[str, str]
    extract_date: date | None
    is_full: bool
    is_live: bool
    reject_limit: float
    dates: Dates
    tables: Mapping[str, Table]
    joins: Mapping[str, Join]
    people: Mapping[str, Person]
    crosswalks: Mapping[str, Crosswalk]
    facts: tuple[FactMapping, ...]
    sha256: str
    notes: str = ""

    def base_of(self, source: str) -> str:
        """Return the table whose rows `source` (a table or a join) has."""
        return self.joins[source].base if source in self.joins else source


def digest_of(text: str) -> str:
    """Return the SHA-256 of a description's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def share_of(value: Any) -> float:
    """Return the share written as `1%`, `0.01` or 0.01."""
    text = str(value).strip()
    return float(text.rstrip("% ")) / 100 if text.endswith("%") else float(text)
