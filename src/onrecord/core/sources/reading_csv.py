"""Read CSV as the description says it is; nothing is ever guessed from the content."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from onrecord.core.sources.describing import Table
from onrecord.core.sources.headings import places_of
from onrecord.core.sources.rows import FORBIDDEN, ROWS_AT_A_TIME, BadRow, Findings, Rows, refused

_CELL_LIMIT = 4_000_000
_NEVER_CLOSED = ("unexpected end of data", "field larger than field limit")


def read_csv(
    table: Table, path: Path, file: int, needed: Sequence[str], found: Findings
) -> Iterator[Rows]:
    """Yield the rows of one CSV file; note in `found` the rows that are none.

    Raises:
        DataRejectedError: the file as a whole cannot be read as described.
    """
    try:
        with _opened(table, path) as text:
            yield from _Reading(table, path, file, needed, found).rows(text)
    except UnicodeDecodeError as problem:
        raise _wrong_encoding(table, path, problem) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise refused(
            path.name, "the compressed file is cut short or damaged.", "Ask for it again."
        ) from None
    except LookupError:
        raise refused(
            path.name,
            f"there is no encoding called '{table.encoding}'.",
            "Use utf-8, utf-16, cp1252 or mac-roman.",
        ) from None


def _opened(table: Table, path: Path) -> io.TextIOWrapper:
    binary: IO[bytes] = gzip.open(path) if table.format == "csv.gz" else path.open("rb")  # type: ignore[assignment] # noqa: SIM115
    encoding = (
        "utf-8-sig"
        if table.encoding.lower().replace("_", "-") in {"utf-8", "utf8"}
        else table.encoding
    )
    return io.TextIOWrapper(binary, encoding=encoding, newline="")


def _wrong_encoding(table: Table, path: Path, problem: UnicodeDecodeError) -> Exception:
    line = _first_bad_line(table, path)
    where = f"line {line}: " if line else ""
    with path.open("rb") as file:
        start = file.read(2)
    likely = (
        "utf-16"
        if start in {b"\xff\xfe", b"\xfe\xff"}
        else "cp1252 (Windows) or mac-roman (old Macintosh)"
    )
    return refused(
        path.name,
        f"{where}the byte 0x{problem.object[problem.start]:02x} is not {table.encoding}.",
        f"The file may be {likely}: write that under `encoding` in the description.",
    )


def _first_bad_line(table: Table, path: Path) -> int | None:
    if "16" in table.encoding or "32" in table.encoding:
        return None
    opened = gzip.open if table.format == "csv.gz" else open
    with opened(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode(table.encoding)
            except UnicodeDecodeError:
                return number
    return None


class _Reading:
    """One pass over one file."""

    def __init__(
        self, table: Table, path: Path, file: int, needed: Sequence[str], found: Findings
    ) -> None:
        self._table, self._path, self._file, self._needed, self._found = (
            table,
            path,
            file,
            needed,
            found,
        )
        self._forbidden: set[int] = set()
        self._lines_read = 0

    def rows(self, text: io.TextIOWrapper) -> Iterator[Rows]:
        csv.field_size_limit(_CELL_LIMIT)
        for _ in range(self._table.skip_lines):
            text.readline()
        reader = csv.reader(
            self._watched(text), delimiter=self._table.delimiter, strict=True,
            quotechar=self._table.quote or "\x01",
            quoting=csv.QUOTE_MINIMAL if self._table.quote else csv.QUOTE_NONE,
        )  # fmt: skip
        headings = list(self._table.headings) or self._headings(reader)
        places = places_of(self._needed, headings, file=self._path.name)
        yield from self._chunks(reader, places, len(headings))

    def _headings(self, reader: Iterator[list[str]]) -> list[str]:
        try:
            return next(reader)
        except (StopIteration, csv.Error):
            raise refused(
                self._path.name,
                "there is no line of headings.",
                "Check the file, or give `headings`.",
            ) from None

    def _watched(self, text: io.TextIOWrapper) -> Iterator[str]:
        """Yield the lines, noting those with a character that cannot be kept."""
        for line in text:
            self._lines_read += 1
            if any(character in line for character in FORBIDDEN):
                self._forbidden.add(self._lines_read)
            yield line

    def _chunks(self, reader: Iterator[list[str]], places: list[int], width: int) -> Iterator[Rows]:
        chunk = Rows(self._file, [], [])
        before = self._lines_read
        while True:
            row = self._next(reader, before)
            if row is None:
                break
            start, before = before + 1, self._lines_read
            if (cells := self._checked(row, start, before, width)) is not None:
                chunk.lines.append(start + self._table.skip_lines)
                chunk.cells.append([cells[place] for place in places])
                if len(chunk.lines) >= ROWS_AT_A_TIME:
                    yield chunk
                    chunk = Rows(self._file, [], [])
        if chunk.lines:
            yield chunk

    def _next(self, reader: Iterator[list[str]], before: int) -> list[str] | None:
        """Return the next row, an empty one for a row that was noted as bad, none at the end."""
        try:
            return next(reader)
        except StopIteration:
            return None
        except csv.Error as problem:
            if any(words in str(problem) for words in _NEVER_CLOSED):
                raise refused(
                    self._path.name,
                    f"a quotation mark that opens on or after line {before + 1 + self._table.skip_lines} is"
                    f" never closed.",
                    "Put it right in the file, or write `quote: none` if quotation marks mean nothing.",
                ) from None
            self._bad(
                before + 1,
                "Text follows a closing quotation mark; double the marks inside the cell, or take them out.",
            )
            return []

    def _checked(self, row: list[str], start: int, end: int, width: int) -> list[str] | None:
        if not any(cell.strip() for cell in row):
            self._found.blank_rows += bool(not self._is_bad(start))
            return None
        if self._forbidden and any(line in self._forbidden for line in range(start, end + 1)):
            self._bad(
                start,
                "There is a character in it that no text has (NUL or a separator); the file may be in"
                " another encoding or damaged.",
            )
            return None
        while len(row) > width and not row[-1].strip():
            row.pop()
        if len(row) != width:
            self._bad(
                start,
                f"It has {len(row)} cells where the headings have {width}; look for a stray or missing"
                f" '{self._table.delimiter}'.",
            )
            return None
        return self._mended(row) if self._table.misread else row

    def _mended(self, row: list[str]) -> list[str]:
        assert self._table.misread  # noqa: S101 - asked by the caller
        read_as, really = self._table.misread
        return [cell.encode(read_as, "replace").decode(really, "replace") for cell in row]

    def _bad(self, line: int, sentence: str) -> None:
        self._found.note(BadRow(self._file, line + self._table.skip_lines, sentence))

    def _is_bad(self, line: int) -> bool:
        bad = self._found.bad_rows
        return bool(bad) and (bad[-1].file, bad[-1].line) == (
            self._file,
            line + self._table.skip_lines,
        )
