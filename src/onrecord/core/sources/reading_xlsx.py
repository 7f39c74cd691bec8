"""Read one sheet of a workbook, as its owner last saw it calculated."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from onrecord.core.sources.describing import Table
from onrecord.core.sources.headings import places_of
from onrecord.core.sources.rows import FORBIDDEN, ROWS_AT_A_TIME, BadRow, Findings, Rows, refused

_MERGED = re.compile(rb'<mergeCell ref="[A-Z]+(\d+):[A-Z]+(\d+)"')
# What openpyxl raises over a workbook whose parts do not fit (SyntaxError: broken XML).
_DAMAGE = (KeyError, OSError, TypeError, ValueError, AttributeError, SyntaxError)
_BLOCK = 1 << 20
_LONGEST_REFERENCE = 100
_NEVER_CALCULATED = (
    "A formula in it was never calculated; open the workbook in a spreadsheet program, save"
    " it, and import again."
)


def read_xlsx(
    table: Table, path: Path, file: int, needed: Sequence[str], found: Findings
) -> Iterator[Rows]:
    """Yield the rows of the sheet that the description means.

    Raises:
        DataRejectedError: the workbook is damaged, the sheet is not named or not there,
            or cells are merged below the headings.
    """
    try:
        values = load_workbook(path, read_only=True, data_only=True)
        formulas = load_workbook(path, read_only=True, data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, *_DAMAGE):
        raise refused(
            path.name, "the workbook is damaged or is not a workbook.", "Save it again as .xlsx."
        ) from None
    try:
        name = _sheet(table, path, values.sheetnames)
        _refuse_merged(path, values, name, table.skip_lines + (0 if table.headings else 1))
        yield from _rows(table, path, file, needed, found, values[name], formulas[name])
    finally:
        values.close()
        formulas.close()


def _sheet(table: Table, path: Path, names: Sequence[str]) -> str:
    if table.sheet is None:
        if len(names) == 1:
            return names[0]
        raise refused(
            path.name,
            f"the workbook has {len(names)} sheets: {', '.join(names)}.",
            "Write which one under `sheet`.",
        )
    if table.sheet not in names:
        raise refused(
            path.name,
            f"there is no sheet '{table.sheet}'; there are {', '.join(names)}.",
            "Write the right one under `sheet`.",
        )
    return table.sheet


def _refuse_merged(path: Path, book: Any, name: str, last_heading: int) -> None:
    inside = book[name]._worksheet_path  # noqa: SLF001 - read-only sheets do not list merged cells
    for first, last in _merged_rows(path, inside):
        if last > last_heading:
            raise refused(
                path.name, f"cells are merged in row {first}, so one value would stand for several rows.",
                "Unmerge the cells and fill each one in.",
            )  # fmt: skip


def _merged_rows(path: Path, inside: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last row of every merged range, holding little of the sheet."""
    with zipfile.ZipFile(path) as archive, archive.open(inside) as sheet:
        tail = b""
        while block := sheet.read(_BLOCK):
            text = tail + block
            found = None
            for found in _MERGED.finditer(text):
                yield int(found[1]), int(found[2])
            tail = text[max(found.end() if found else 0, len(text) - _LONGEST_REFERENCE) :]


def _rows(  # noqa: C901, PLR0917 - one pass over two readings of a sheet
    table: Table,
    path: Path,
    file: int,
    needed: Sequence[str],
    found: Findings,
    values: Any,
    formulas: Any,
) -> Iterator[Rows]:
    both = zip(
        values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=True
    )
    places: list[int] | None = None
    if table.headings:
        places = places_of(needed, table.headings, file=path.name)
    chunk = Rows(file, [], [])
    for number, (row, written) in enumerate(both, start=1):
        if number <= table.skip_lines:
            continue
        if places is None:
            places = places_of(needed, [_text(cell) or "" for cell in row], file=path.name)
        elif (cells := _cells(row, written, places, BadRow(file, number, ""), found)) is not None:
            chunk.lines.append(number)
            chunk.cells.append(cells)
        if len(chunk.lines) >= ROWS_AT_A_TIME:
            yield chunk
            chunk = Rows(file, [], [])
    if places is None:
        raise refused(path.name, "the sheet is empty.", "Check which sheet the rows are in.")
    if chunk.lines:
        yield chunk


def _cells(
    row: Sequence[Any], written: Sequence[Any], places: Sequence[int], here: BadRow, found: Findings
) -> list[str | None] | None:
    texts = [_text(row[place]) if place < len(row) else None for place in places]
    if not any(_text(cell) for cell in row) and not any(_is_formula(cell) for cell in written):
        found.blank_rows += 1
        return None
    for place in places:
        if place < len(row) and row[place] is None and _is_formula(written[place]):
            here.sentence = _NEVER_CALCULATED
            found.note(here)
            return None
    if any(character in text for text in texts if text for character in FORBIDDEN):
        here.sentence = "There is a character in it that no text has (NUL or a separator)."
        found.note(here)
        return None
    return texts


def _is_formula(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith("=")


def _text(cell: Any) -> str | None:  # noqa: PLR0911 - one for each thing a cell can hold
    match cell:
        case None:
            return None
        case bool():
            return "true" if cell else "false"
        case datetime() if cell.time() == time(0):
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell).strip() or None
