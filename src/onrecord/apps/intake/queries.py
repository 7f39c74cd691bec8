"""Fetch a table that is a database query: read-only, into a Parquet file."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.core.kernel.errors import DataRejectedError, UsageError
from onrecord.core.sources.describing import Table
from onrecord.core.sources.rows import ROWS_AT_A_TIME


def fetch(table: Table, folder: Path) -> Path:
    """Run the query of `table` and return the file of its rows, every value as text.

    Raises:
        UsageError: the environment variable with the address is not set, or names no database.
        DataRejectedError: the database refused the query.
    """
    query = table.query
    assert query is not None  # noqa: S101 - asked by the caller
    address = os.environ.get(query.dsn_env, "")
    if not address:
        raise UsageError(
            f"The table {table.name} is a query, and {query.dsn_env} is not set.",
            next_step=f"Set {query.dsn_env} to postgresql://… or sqlite:///path.",
        )
    file = folder / f"{table.name}.query.parquet"
    try:
        if address.startswith("sqlite:///"):
            _sqlite(address.removeprefix("sqlite:///"), query.sql, file)
        elif address.startswith(("postgresql://", "postgres://")):
            _postgresql(address, query.sql, file)
        else:
            raise UsageError(
                f"{query.dsn_env} is not an address this program can use.",
                next_step="Use postgresql://… or sqlite:///path.",
            )
    except (sqlite3.Error, psycopg.Error) as problem:
        raise DataRejectedError(
            f"The database refused the query of {table.name} ({type(problem).__name__}).",
            next_step=f"Try the query by hand with the account in {query.dsn_env}. Nothing was written.",
        ) from None
    return file


def _sqlite(path: str, sql: str, file: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection,
        closing(connection.cursor()) as cursor,
    ):
        cursor.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        _write(names, iter(lambda: cursor.fetchmany(ROWS_AT_A_TIME), []), file)


def _postgresql(address: str, sql: str, file: Path) -> None:
    with psycopg.connect(address) as connection:
        connection.read_only = True
        with connection.cursor(name="onrecord_import") as cursor:
            cursor.execute(sql.encode())
            first = cursor.fetchmany(ROWS_AT_A_TIME)
            names = [column.name for column in cursor.description or ()]
            _write(names, _chunks(first, cursor), file)


def _chunks(first: Sequence[Any], cursor: psycopg.ServerCursor[Any]) -> Iterator[Sequence[Any]]:
    while first:
        yield first
        first = cursor.fetchmany(ROWS_AT_A_TIME)


def _write(names: list[str], chunks: Iterator[Sequence[Any]], file: Path) -> None:
    schema = pa.schema([(name, pa.string()) for name in names])
    with pq.ParquetWriter(file, schema) as writer:
        for rows in chunks:
            columns = zip(
                *([None if value is None else _text(value) for value in row] for row in rows),
                strict=True,
            )
            writer.write_table(
                pa.table([pa.array(column, pa.string()) for column in columns], schema=schema)
            )


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
