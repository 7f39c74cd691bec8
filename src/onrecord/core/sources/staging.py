"""Stage the files of a description as text, with the place of every row."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.sources.describing import Description, Table
from onrecord.core.sources.file_types import check_type
from onrecord.core.sources.formula_sql import identifier, quoted
from onrecord.core.sources.headings import places_of
from onrecord.core.sources.reading_csv import read_csv
from onrecord.core.sources.reading_xlsx import read_xlsx
from onrecord.core.sources.rows import Findings, Rows, refused
from onrecord.core.sources.workbench import LINES_IN_A_FILE, Workbench

type Fetch = Callable[[Table], Path]
"""Runs a table's query and returns a Parquet file of its rows."""


@dataclass(slots=True)
class Staged:
    """One table, staged: its files, how many rows it has, what could not be read."""

    table: Table
    files: list[Path]
    rows: int = 0
    findings: Findings = field(default_factory=Findings)

    @property
    def read(self) -> int:
        """Return how many rows the source has in this table, blank ones apart."""
        return self.rows + len(self.findings.bad_rows)


def files_of(description: Description, data: Path) -> dict[str, list[Path]]:
    """Return the files of each table that has files, in the order of their names.

    Raises:
        DataRejectedError: a file is not there.
    """
    return {
        name: _found(description.name, table.file, data)
        for name, table in description.tables.items()
        if table.file
    }


def _found(source: str, pattern: str, data: Path) -> list[Path]:
    for folder in (data, data / source):
        if any(sign in pattern for sign in "*?"):
            found = sorted(path for path in folder.glob(pattern) if path.is_file())
        else:
            found = [folder / pattern] if (folder / pattern).is_file() else []
        if found:
            return found
    raise DataRejectedError(
        f"There is no file '{pattern}' in {data}.",
        next_step="Say where the files are with --data FOLDER, or put the right name in the description.",
    )


def stage(
    bench: Workbench, files: Mapping[str, list[Path]], needed: Mapping[str, Collection[str]]
) -> dict[str, Staged]:
    """Make a table `staged_NAME` (row_no and the needed columns, as text) of every table."""
    return {
        name: _stage_table(bench, table, files[name], sorted(needed.get(name, ())))
        for name, table in bench.description.tables.items()
    }


def _stage_table(
    bench: Workbench, table: Table, files: list[Path], needed: Sequence[str]
) -> Staged:
    staged = Staged(table, files)
    columns = "".join(f", {identifier(name)} varchar" for name in needed)
    bench.run(f"create table staged_{table.name} (row_no bigint{columns})")
    for number, path in enumerate(files):
        form = "parquet" if table.format == "query" else table.format
        check_type(path, form)
        if form == "parquet":
            _stage_parquet(bench, table, path, number, needed)
        else:
            _stage_rows(bench, table, path, number, needed, staged.findings)
    staged.rows = bench.value(f"select count(*) from staged_{table.name}")
    if staged.rows == 0 and bench.description.is_full:
        raise DataRejectedError(
            f"{files[0].name}: there is not one usable row, and the description says the extract is full.",
            next_step="Everything on record would count as gone. Check the file; if it only holds changes,"
            " write coverage: delta.",
        )
    return staged


def _stage_parquet(
    bench: Workbench, table: Table, path: Path, number: int, needed: Sequence[str]
) -> None:
    source = f"read_parquet({quoted(str(path))}, file_row_number = true)"
    try:
        names = [
            str(row[0])
            for row in bench.run(f"describe select * exclude (file_row_number) from {source}")
        ]
    except duckdb.Error:
        raise refused(path.name, "the Parquet file is damaged.", "Ask for it again.") from None
    places_of(needed, names, file=path.name)
    cells = "".join(f", {_clean(identifier(name), table)}" for name in needed)
    bench.run(
        f"insert into staged_{table.name} select {number * LINES_IN_A_FILE} + file_row_number + 1{cells} from {source}"
    )


def _clean(cell: str, table: Table) -> str:
    """Return SQL of a cell's text, trimmed, or nothing where it says nothing."""
    text = f"nullif(trim(cast({cell} as varchar), ' \t\r\n\u00a0'), '')"
    for nothing in sorted(table.null_values):
        text = f"nullif({text}, {quoted(nothing)})"
    return text


def _stage_rows(  # noqa: PLR0917 - what one file is read with
    bench: Workbench, table: Table, path: Path, number: int, needed: Sequence[str], found: Findings
) -> None:
    read = read_xlsx if table.format == "xlsx" else read_csv
    batches = _as_batches(read(table, path, number, needed, found), needed)
    # Pulled in Python and handed over one by one: an error inside a stream that
    # DuckDB pulls would lose its sentence.
    cells = "".join(f", {_clean(f'c{place}', table)}" for place in range(len(needed)))
    for batch in batches:
        bench.take(
            pa.Table.from_batches([batch]),
            f"insert into staged_{table.name} select row_no{cells} from given_rows",
        )


def _as_batches(chunks: Iterator[Rows], needed: Sequence[str]) -> Iterator[pa.RecordBatch]:
    for chunk in chunks:
        numbers = pa.array(
            [chunk.file * LINES_IN_A_FILE + line for line in chunk.lines], pa.int64()
        )
        columns = zip(*chunk.cells, strict=True) if needed else ()
        yield pa.RecordBatch.from_arrays(
            [numbers, *(pa.array(column, pa.string()) for column in columns)],
            names=["row_no", *(f"c{place}" for place in range(len(needed)))],
        )
