"""Read a source by its shipped description, without a store: what facts would its rows make?"""

import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from onrecord.core.sources.joining import make_joins, needed_columns
from onrecord.core.sources.judging import judge
from onrecord.core.sources.loading import find, load_file
from onrecord.core.sources.rejecting import rejected_rows
from onrecord.core.sources.staging import Staged, files_of, stage
from onrecord.core.sources.workbench import Workbench, open_workbench

TWINS = Path(__file__).parent / "twins"
SHARED = Path(os.environ.get("ONRECORD_DATA") or Path(__file__).parents[4] / "shared" / "data")


@dataclass(slots=True)
class Read:
    """What the rows of one source say."""

    bench: Workbench
    staged: dict[str, Staged]

    @property
    def rows(self) -> dict[str, int]:
        """Return how many rows each table has."""
        return {name: one.read for name, one in self.staged.items()}

    @property
    def rejected(self) -> dict[str, int]:
        """Return how many rows of each table are rejected."""
        return rejected_rows(self.bench)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a question about `facts_KIND`."""
        return self.bench.run(sql)

    def one(self, sql: str) -> Any:
        """Return the one value of a question."""
        return self.bench.value(sql)


@contextmanager
def read_source(name: str, data: Path, folder: Path) -> Iterator[Read]:
    """Read the source called `name` from the files in `data`, working in `folder`."""
    description = load_file(find(name))
    assert description.extract_date is not None
    folder.mkdir(parents=True, exist_ok=True)
    bench = open_workbench(description, description.extract_date, folder, pepper="a test's")
    try:
        needed = needed_columns(description)
        staged = stage(bench, files_of(description, data), needed)
        make_joins(bench, needed)
        judge(bench, staged)
        yield Read(bench, staged)
    finally:
        bench.close()


def write_twin(name: str, folder: Path) -> Path:
    """Write the invented twin of a source under `folder`, in the real files' names and formats."""
    made = folder / name
    made.mkdir(parents=True, exist_ok=True)
    for text in sorted((TWINS / name).glob("*.csv")):
        if name == "chicago_raw_foia":
            with text.open("rb") as plain, gzip.open(made / f"{text.name}.gz", "wb") as packed:
                shutil.copyfileobj(plain, packed)
        else:
            _write_parquet(text, made / f"{text.stem}.parquet")
    return folder


def _write_parquet(text: Path, target: Path) -> None:
    types = "['DATE', 'BIGINT', 'DOUBLE', 'VARCHAR']"
    rows = f"read_csv('{text}', header = true, sample_size = -1, auto_type_candidates = {types})"
    duckdb.connect().execute(f"copy (select * from {rows}) to '{target}' (format parquet)")
