"""Hand a cohort to people who work in spreadsheets: CSV of what is in, XLSX of everything.

A cell that begins like a formula would be run by the program that opens it; it
is made text. No name is in a cohort, so none is in its export.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from onrecord.core.cohorts.results import CohortResult, items_in, items_out
from onrecord.core.kernel.errors import UsageError

FORMATS = ("csv", "xlsx")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MOST_ROWS = 1_000_000
"""What a worksheet holds, less a margin for headings."""

_COLUMNS = {
    "person": "person_reference",
    "case": "case_reference",
    "incident": "incident_reference",
    "allegations": "allegations",
    "case date": "case_date",
    "case type": "case_type",
    "holder": "holder",
    "service from": "service_from",
    "service to": "service_to",
}
_WHY_OUT = {"first reason": "reason", "all reasons": "reasons"}


def harmless(value: object) -> str | int:
    """Return what goes into a cell: dates as ISO text, numbers as they are, never a formula."""
    match value:
        case None:
            return ""
        case int():
            return value
        case date():
            return value.isoformat()
        case list():
            return harmless("; ".join(map(str, value)))
        case _:
            text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
            return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def format_of(path: Path) -> str:
    """Return `csv` or `xlsx`, as the ending of a file's name says.

    Raises:
        UsageError: the ending is neither.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise UsageError(
            f"'{path.name}' ends in neither .csv nor .xlsx.",
            next_step="Name the file NAME.csv (items in scope) or NAME.xlsx (everything).",
        )
    return ending


def written(result: CohortResult, file_format: str) -> bytes:
    """Return the file: `csv` is of the items in scope, `xlsx` of everything with its reasons."""
    if file_format == "csv":
        text = io.StringIO(newline="")
        write_csv(result, text)
        return text.getvalue().encode("utf-8-sig")
    file = io.BytesIO()
    write_xlsx(result, file)
    return file.getvalue()


def write_csv(result: CohortResult, file: IO[str]) -> None:
    """Write the items in scope, a line each."""
    writer = csv.writer(file)
    writer.writerows(_rows(items_in(result), _COLUMNS))


def write_xlsx(result: CohortResult, file: IO[bytes]) -> None:
    """Write a workbook: the counts, the items in scope, and those left out with their reasons."""
    if result.universe.items > _MOST_ROWS:
        raise UsageError(
            "There are more items than a worksheet holds.", next_step="Export to .csv instead."
        )
    book = Workbook(write_only=True)
    _add_sheet(book, "Counts", _count_rows(result))
    _add_sheet(book, "In scope", _rows(items_in(result), _COLUMNS))
    _add_sheet(book, "Left out", _rows(items_out(result), _COLUMNS | _WHY_OUT))
    book.save(file)


def _add_sheet(book: Workbook, title: str, rows: Iterable[list[str | int]]) -> None:
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)


def _rows(items: pa.Table, columns: dict[str, str]) -> Iterator[list[str | int]]:
    yield list(columns)
    chosen = items.select(list(columns.values()))
    for row in chosen.to_pylist():
        yield [_cell(name, row[name]) for name in columns.values()]


def _cell(name: str, value: Any) -> str | int:
    return len(value) if name == "allegations" else harmless(value)


def _count_rows(result: CohortResult) -> Iterator[list[str | int]]:
    counted = result.as_json()
    for name in ("definition", "version", "view", "snapshot", "hash"):
        yield [name, harmless(counted[name])]
    for unit in ("people", "incidents", "cases", "allegations", "items"):
        yield [unit, counted[unit]]
    yield ["left out because", "people", "cases", "items"]
    for exclusion in result.excluded:
        yield [exclusion.meaning, exclusion.people, exclusion.cases, exclusion.items]
