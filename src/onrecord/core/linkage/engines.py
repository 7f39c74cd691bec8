"""Where one run of linkage happens: DuckDB by default, Spark where one machine is too small.

Both read the same file of mentions and work by the same model. A model, and a specification, are
written for DuckDB; what Spark calls otherwise is put in its words on the way in, and back on the
way out.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import duckdb

from onrecord.core.kernel.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa


class Engine(Protocol):
    """What a run of linkage needs: Splink's way in, its tables, and the dialect in which it is asked."""

    @property
    def api(self) -> Any:
        """Return Splink's way in."""

    @property
    def dialect(self) -> str:
        """Return what Splink calls the dialect of SQL."""

    def registered(self, path: Path, table: str) -> Any:
        """Read a Parquet file of mentions into a table, and return it as Splink takes it."""

    def table(self, frame: Any, columns: str) -> "pa.Table":
        """Return columns of what Splink made."""

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the few rows that a statement over the tables gives."""


@dataclass(frozen=True, slots=True)
class LinkEngine:
    """A DuckDB connection that is thrown away afterwards."""

    connection: duckdb.DuckDBPyConnection
    api: Any
    dialect: str = "duckdb"

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
    """Open DuckDB; what does not fit in memory goes to a folder.

    Raises:
        UsageError: even what cannot go to a folder does not fit.
    """
    from splink.internals.duckdb.database_api import DuckDBAPI

    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{memory}'; set threads = {threads}").fetchall()
        connection.execute(f"set temp_directory = '{spill}'").fetchall()
        try:
            yield LinkEngine(connection, DuckDBAPI(connection=connection))
        except Exception as error:  # Splink hands DuckDB's own errors on as its own
            if OUT_OF_MEMORY not in str(error):
                raise
            raise UsageError(
                f"Linkage does not fit into the {memory} that it may use.",
                next_step="Free memory on this machine, or link on Spark (docs/how-to/link-on-spark.md).",
            ) from error


ENGINES = ("duckdb", "spark")
OUT_OF_MEMORY = "Out of Memory"
"""What DuckDB says then, whoever hands it on."""


@contextmanager
def engine_named(name: str, *, memory: str, spill: Path) -> Iterator[Engine]:
    """Open the engine by this name; `memory` is as DuckDB writes it.

    Raises:
        UsageError: it is Spark, and Spark is not installed.
    """
    if name == "spark":
        from onrecord.core.linkage.spark import spark_engine

        with spark_engine(memory=memory.lower().removesuffix("b"), spill=spill) as spark:
            yield spark
    else:
        with link_engine(memory=memory, spill=spill) as duck:
            yield duck


_IN_SPARK = {
    "jaro_winkler_similarity(": "onrecord_jaro_winkler_similarity(",
    "damerau_levenshtein(": "onrecord_damerau_levenshtein(",
    "len(": "cardinality(",
    "list_intersect(": "array_intersect(",
    "starts_with(": "startswith(",
    '"': "`",
}
"""What DuckDB writes, and Spark in its place. Spark has functions of its own by DuckDB's names."""


def in_dialect(settings: Mapping[str, Any], dialect: str) -> dict[str, Any]:
    """Return settings or a model, as they are written for DuckDB, in the words of an engine."""
    return _rewritten(settings, _IN_SPARK if dialect == "spark" else {}, dialect)


def out_of_dialect(model: Mapping[str, Any], dialect: str) -> dict[str, Any]:
    """Return a model that was learned by an engine as it is written for DuckDB."""
    back = {there: here for here, there in _IN_SPARK.items()} if dialect == "spark" else {}
    return _rewritten(model, back, "duckdb")


def _rewritten(
    settings: Mapping[str, Any], words: Mapping[str, str], dialect: str
) -> dict[str, Any]:
    def text(value: str) -> str:
        for here, there in words.items():
            value = value.replace(here, there)
        return value

    def walk(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: walk(name, each) for name, each in value.items()}
        if isinstance(value, list):
            return [walk(key, each) for each in value]
        if key == "sql_dialect":
            return dialect
        return text(value) if key in {"sql_condition", "blocking_rule"} else value

    copied: dict[str, Any] = json.loads(json.dumps(settings))
    rewritten: dict[str, Any] = walk("", copied)
    return rewritten
