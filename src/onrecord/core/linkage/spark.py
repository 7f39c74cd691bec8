"""Linkage on Apache Spark, for what one machine cannot hold. An extra; nothing else needs it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.core.kernel.errors import UsageError

MASTER = "ONRECORD_SPARK_MASTER"
"""Names the variable that says which cluster to use; without it, this machine."""


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """A Spark session, and Splink's way in to it."""

    session: Any
    api: Any
    dialect: str = "spark"

    def registered(self, path: Path, table: str) -> Any:
        """Read a Parquet file of mentions, which every worker must reach, as a table for Splink."""
        self.session.read.parquet(str(path)).createOrReplaceTempView(table)
        return self.api.register(table)

    def table(self, frame: Any, columns: str) -> pa.Table:
        """Return columns of what Splink made."""
        found: pa.Table = self.session.sql(f"select {columns} from {frame.physical_name}").toArrow()
        return found

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the few rows that a statement over the tables gives."""
        return [tuple(row) for row in self.session.sql(sql).collect()]


@contextmanager
def spark_engine(*, memory: str = "4g", spill: Path) -> Iterator[SparkEngine]:
    """Open a session on the cluster that ONRECORD_SPARK_MASTER names, else on this machine.

    Raises:
        UsageError: Spark, or the Java that it needs, is not installed.
    """
    _require_installed()
    from pyspark.sql import SparkSession

    # Workers take the first Python they find unless told, which may be another version.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    master = os.environ.get(MASTER, "local[2]")
    building = (
        SparkSession.builder.master(master).appName("onrecord link")
        .config("spark.driver.memory", memory)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.warehouse.dir", str(spill / "warehouse"))
        .config("spark.local.dir", str(spill))
    )  # fmt: skip
    if master.startswith("local"):
        building = building.config("spark.driver.bindAddress", "127.0.0.1").config(
            "spark.driver.host", "127.0.0.1"
        )
    session = building.getOrCreate()
    try:
        session.sparkContext.setCheckpointDir(str(spill / "checkpoints"))
        _add_comparisons(session)
        yield SparkEngine(session, _splinks_way_in(session))
    finally:
        session.stop()


def _splinks_way_in(session: Any) -> Any:
    from splink.internals.spark.database_api import SparkAPI

    making: Any = SparkAPI  # it has no types
    return making(
        spark_session=session, break_lineage_method="checkpoint", register_udfs_automatically=False
    )


def _add_comparisons(session: Any) -> None:
    """Teach Spark to compare texts as DuckDB does: by DuckDB, in every worker.

    Other implementations count repeated letters in another order, and then say otherwise of one
    pair in some hundreds.
    """
    from pyspark.sql.functions import arrow_udf

    for name, kind in (("jaro_winkler_similarity", "double"), ("damerau_levenshtein", "bigint")):
        session.udf.register(f"onrecord_{name}", arrow_udf(_by_duckdb(name), kind))


def _by_duckdb(name: str) -> Callable[[pa.Array, pa.Array], pa.Array]:
    def compare(one: pa.Array, other: pa.Array) -> pa.Array:
        with duckdb.connect() as connection:
            connection.register("given", pa.table({"one": one, "other": other}))
            found = connection.sql(
                f"select {name}(one, other) as found from given"
            ).to_arrow_table()
        column: pa.Array = found["found"].combine_chunks()
        return column

    return compare


def why_not() -> str:
    """Return what Spark lacks here, in words; nothing where it can be used."""
    from shutil import which

    if find_spec("pyspark") is None:
        return "Spark is not installed"
    if not (os.environ.get("JAVA_HOME") or which("java")):
        return "Spark needs Java 17, which is not installed"
    return ""


def _require_installed() -> None:
    if lacking := why_not():
        raise UsageError(
            f"{lacking}.",
            next_step="Install the extra 'spark' and Java 17 (docs/how-to/link-on-spark.md), or leave out --engine.",
        )
