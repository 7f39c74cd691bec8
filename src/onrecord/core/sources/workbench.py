"""The DuckDB in which one batch is staged, judged and compared.

It keeps little in memory and spills the rest to a folder of its own, so that a
file of any size can be imported; it is thrown away afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.core.sources.describing import ORDINARY_LATEST_YEARS, Crosswalk, Dates, Description
from onrecord.core.sources.formula_sql import crosswalk_macro, quoted

MEMORY_LIMIT = "280MB"
THREADS = 2
ROWS_IN_A_BATCH = 25_000
LINES_IN_A_FILE = 10_000_000_000
"""A row's number is file x this + line, so that one number finds it again."""


@dataclass(slots=True)
class Workbench:
    """A place to work on one batch of one source."""

    connection: duckdb.DuckDBPyConnection
    description: Description
    extract_date: date
    pepper: str

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows, few enough to hold."""
        cursor = self.connection.cursor()
        with _interruptible():
            try:
                return cursor.execute(sql).fetchall()
            finally:
                cursor.close()

    def value(self, sql: str) -> Any:
        """Return the one value that `sql` gives."""
        return self.run(sql)[0][0]

    def stream(self, sql: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows of `sql` in batches that fit in memory."""
        cursor = self.connection.cursor()
        try:
            with _interruptible():
                yield from cursor.sql(sql).to_arrow_reader(ROWS_IN_A_BATCH)
        finally:
            cursor.close()

    def take(self, rows: pa.Table, statement: str) -> None:
        """Run `statement`, which selects from `given_rows`, over `rows`."""
        self.connection.register("given_rows", rows)
        try:
            with _interruptible():
                self.connection.execute(statement).fetchall()
        finally:
            self.connection.unregister("given_rows")

    def close(self) -> None:
        """Let go of the files."""
        self.connection.close()


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C be Ctrl-C: DuckDB reports it as an error of its own."""
    try:
        yield
    except RuntimeError as problem:
        if "interrupted" in str(problem).lower():
            raise KeyboardInterrupt from None
        raise


def open_workbench(
    description: Description, extract_date: date, folder: Path, *, pepper: str
) -> Workbench:
    """Return a new workbench in `folder`, with the description's macros made.

    `pepper` is this installation's secret: without it the lineage of a protected
    party could be found by trying names.
    """
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY_LIMIT, "threads": THREADS, "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": False, "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        },
    )  # fmt: skip
    bench = Workbench(connection, description, extract_date, pepper)
    for statement in (*_date_macros(description.dates, extract_date), *_OTHER_MACROS):
        bench.run(statement)
    for crosswalk in description.crosswalks.values():
        _make_crosswalk(bench, crosswalk)
    return bench


def _date_macros(dates: Dates, extract_date: date) -> Iterator[str]:
    latest = dates.latest or extract_date + timedelta(days=round(365.25 * ORDINARY_LATEST_YEARS))
    forms = ", ".join(map(quoted, dates.formats))
    other = f"cast(try_strptime(x, [{forms}]) as date)" if forms else "null::date"
    yield (
        "create macro written_date(x) as case when regexp_matches(x, '^\\d{4}-\\d{2}-\\d{2}([ T].*)?$')"
        f" then try_cast(left(x, 10) as date) else {other} end"
    )
    # A year of two digits is no date in any form that was described.
    yield "create macro is_date(d) as coalesce(d >= date '1000-01-01', false)"
    yield f"create macro possible(d) as d between date '{dates.earliest}' and date '{latest}'"
    yield "create macro date_of(x) as case when possible(written_date(x)) then written_date(x) end"


LINEAGE_MACRO = "create macro lineage_of(text) as cast(substr(sha256(text), 1, 32) as uuid)"
"""`core.kernel.ids.lineage_of`, over the parts of a key already joined."""

_OTHER_MACROS = (
    (
        "create macro codes_of(x) as nullif(array_to_string(list_sort(list_distinct(list_filter("
        "list_transform(string_split(x, ','), lambda e: trim(e)), lambda e: e <> ''))), ','), '')"
    ),
    (
        "create macro whole_of(x) as case when regexp_matches(x, '^[+-]?[0-9]{1,9}(\\.0+)?$')"
        " then cast(split_part(x, '.', 1) as integer) end"
    ),
    "create macro money_of(x) as try_cast(regexp_replace(x, '[£$€,\\s]', '', 'g') as decimal(14, 2))",
    (
        "create macro truth_of(x) as case when lower(x) in ('true', 'yes', 'y', '1', 't') then true"
        " when lower(x) in ('false', 'no', 'n', '0', 'f') then false end"
    ),
    LINEAGE_MACRO,
)


def _make_crosswalk(bench: Workbench, crosswalk: Crosswalk) -> None:
    table = f"listed_{crosswalk.name}"
    bench.run(f"create table {table} (source varchar, code varchar)")
    if crosswalk.values:
        rows = ", ".join(
            f"({quoted(source)}, {quoted(code) if code is not None else 'null'})"
            for source, code in crosswalk.values.items()
        )
        bench.run(f"insert into {table} values {rows}")
    found = f"(select min(code) from {table} where source = lower(trim(x)))"
    if crosswalk.patterns:
        tests = ", ".join(
            f"case when regexp_matches(x, {quoted(pattern)}, 'i') then {quoted(code)} end"
            for pattern, code in crosswalk.patterns
        )
        found = f"coalesce({found}, codes_of(array_to_string([{tests}], ',')))"
    if crosswalk.unknown == "keep":
        found = f"coalesce({found}, x)"
    bench.run(f"create macro {crosswalk_macro(crosswalk.name)}(x) as {found}")
