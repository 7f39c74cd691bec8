"""Keep a result's rows in a file of their own, and get them back unaltered or not at all."""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.core.cohorts.definition import Definition
from onrecord.core.cohorts.results import CohortResult, result_hash
from onrecord.core.kernel.errors import VerificationFailedError
from onrecord.core.timekeeping.views import View


def freeze(folder: Path, result: CohortResult) -> Path:
    """Write the result's items, ids and codes only, to a file named by its hash."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.hash}.parquet"
    if not path.exists():
        unfinished = path.with_suffix(f".unfinished-{os.getpid()}")
        pq.write_table(result.items, unfinished, compression="zstd")
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.rename(path)
    return path


def frozen_items(path: Path, definition: Definition, snapshot_id: str, view: View) -> pa.Table:
    """Read the items back; they must still hash to the name of their file.

    Raises:
        VerificationFailedError: the file is missing, or is not what was frozen.
    """
    if path.exists():
        items: pa.Table = pq.read_table(path)
        if result_hash(definition, snapshot_id, view, items) == path.stem:
            return items
    raise VerificationFailedError(
        f"The frozen result {path.stem[:12]} is missing or was altered.",
        next_step="Run the definition again: on the same snapshot it gives the same hash.",
    )
