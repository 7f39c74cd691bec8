"""The DuckDB in which one run of linkage happens; it is thrown away afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class LinkEngine:
    """A connection, and Splink's way in to it."""

    connection: duckdb.DuckDBPyConnection
    api: Any

    def registered(self, path: Path, table: str) -> Any:
        """Read a Parquet file of mentions into a table, and return it as Splink takes it."""
        self.connection.execute(
            f"create table {table} as select * from read_parquet('{path}')"
        ).fetchall()
        return self.api.register(table)

    def table(self, frame: Any, columns: str) -> "pa.Table":
        """Return columns of what Splink made."""
        return self.connection.sql(f"select {columns} from {frame.physical_name}").to_arrow_table()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the few rows that a statement over the tables gives."""
        return self.connection.execute(sql).fetchall()


@contextmanager
def link_engine(*, memory: str = "4GB", threads: int = 2, spill: Path) -> Iterator[LinkEngine]:
    """Open one; what does not fit in memory goes to a folder."""
    from splink.internals.duckdb.database_api import DuckDBAPI

    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{memory}'; set threads = {threads}").fetchall()
        connection.execute(f"set temp_directory = '{spill}'").fetchall()
        yield LinkEngine(connection, DuckDBAPI(connection=connection))
