"""Where linkage runs: DuckDB on one machine, Spark beyond it. The model and the data are the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import duckdb

from onrecord.core.linkage.comparing import Engine

if TYPE_CHECKING:
    import pyarrow as pa


class LinkEngine(Protocol):
    """What linkage asks of an engine."""

    @property
    def name(self) -> Engine:
        """Return which it is."""

    @property
    def api(self) -> Any:
        """Return Splink's way in to it."""

    def registered(self, path: Path) -> Any:
        """Return the mentions of a Parquet file, in one shape, as Splink takes them."""

    def table(self, frame: Any, columns: str) -> "pa.Table":
        """Return columns of what Splink made."""

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the few rows that a statement over the mentions gives."""


@dataclass(frozen=True, slots=True)
class DuckDBEngine:
    """DuckDB, in this process."""

    connection: duckdb.DuckDBPyConnection
    api: Any
    name: Engine = "duckdb"

    def registered(self, path: Path) -> Any:
        """Return the mentions of a Parquet file, in one shape, as Splink takes them."""
        self.connection.execute(
            f"create or replace table mentions as select * from read_parquet('{path}')"
        ).fetchall()
        return self.api.register("mentions")

    def table(self, frame: Any, columns: str) -> "pa.Table":
        """Return columns of what Splink made."""
        return self.connection.sql(f"select {columns} from {frame.physical_name}").to_arrow_table()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the few rows that a statement over the mentions gives."""
        return self.connection.execute(sql).fetchall()


@contextmanager
def duckdb_engine(
    *, memory: str = "4GB", threads: int = 2, spill: Path | None = None
) -> Iterator[DuckDBEngine]:
    """Run linkage in a DuckDB that is thrown away afterwards; it spills to a folder rather than fail."""
    from splink.internals.duckdb.database_api import DuckDBAPI

    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{memory}'; set threads = {threads}").fetchall()
        if spill is not None:
            connection.execute(f"set temp_directory = '{spill}'").fetchall()
        yield DuckDBEngine(connection, DuckDBAPI(connection=connection))
