"""The real record of one city: import, again, snapshot, cohort, pages, search."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb

from onrecord.cli import session
from onrecord.cli.benches.homes import a_home, data_folder, largest_child_mb, run
from onrecord.cli.benches.invented import write_source
from onrecord.cli.benches.measuring import Result, at_least, at_most, timed
from onrecord.cli.benches.reading import name_searches, person_pages
from onrecord.cli.viewing import viewer_for
from onrecord.core.kernel.errors import UsageError
from onrecord.project.home import HOME_VARIABLE, Home

SOURCE = "chicago_asof_2016"
COHORT = "sexual-or-domestic-2005-2015"


def measure() -> Iterator[Result]:
    """Import the city into an empty home and measure everything that reads it.

    Raises:
        UsageError: the shared data is not here.
    """
    data = data_folder()
    if data is None:
        raise UsageError(
            "The shared data is not here.",
            next_step="Set ONRECORD_DATA to its folder. The bench 'growth' needs none.",
        )
    with a_home() as home:
        yield from _first_import(home, data)
        os.environ[HOME_VARIABLE] = str(home)
        with session.store(Home(home)) as store:
            yield from _import_again(store, data)
            yield from _snapshots(store, home)
            yield from _cohort(store)
            yield from person_pages()
            yield from name_searches()


def _first_import(home: Path, data: Path) -> Iterator[Result]:
    run(home, "holders")  # makes the home, so that only the import is timed
    with timed() as whole:
        done = run(home, "import", SOURCE, "--data", str(data))
    rows = done["rows"]
    tables = len(done["tables"])
    covered = (
        f"{rows:,} source rows of {tables} tables; whole command {whole():.1f} s, commit included"
    )
    yield at_least("import, source rows a second", rows / whole(), "rows/s", 10_000, covered)
    facts = sum(one["added"] for one in done["facts"])
    yield Result(
        "import, facts a second", round(facts / whole()), "facts/s", coverage=f"{facts:,} facts"
    )
    yield at_most(
        "import, most memory of the importer",
        largest_child_mb(),
        "MB",
        1024,
        "one process, ru_maxrss",
    )


def _import_again(store: session.Store, data: Path) -> Iterator[Result]:
    from onrecord.apps.intake.services import import_source
    from onrecord.core.sources.loading import find, load

    path = find(SOURCE)
    text = path.read_text("utf-8")
    description = load(text, place=path.name)
    baseline = min(_seconds_to_read_and_hash(data / SOURCE) for _ in range(3))
    times = []
    for _ in range(3):
        result = import_source(
            viewer_for("bench", reason="measuring"), actor=session.acting_as(reason="measuring").actor,
            description=description, description_text=text, data=data, imports=store.home.imports,
        )  # fmt: skip
        times.append(result.seconds)
    covered = f"best of 3: {min(times):.3f} s against {baseline:.3f} s to read every row and hash every file"
    yield at_most(
        "re-import unchanged, against reading and hashing",
        min(times) / baseline,
        "times",
        1.5,
        covered,
    )


def _seconds_to_read_and_hash(folder: Path) -> float:
    with timed() as seconds, duckdb.connect() as con:
        for path in sorted(folder.glob("*.parquet")):
            with path.open("rb") as file:
                hashlib.file_digest(file, "sha256")
            con.execute("select bit_xor(hash(t)) from read_parquet(?) t", [str(path)]).fetchall()
    return seconds()


def _snapshots(store: session.Store, home: Path) -> Iterator[Result]:
    from onrecord.apps.facts.exporting import take_snapshot

    with timed() as first:
        manifest = take_snapshot(store.home.snapshots)
    yield at_most("snapshot, first", first(), "s", 30, f"{manifest.rows:,} facts")
    small = write_source(home / "one-batch", allegations=5_000)
    run(home, "import", str(small), "--data", str(small.parent))
    with timed() as second:
        manifest = take_snapshot(store.home.snapshots)
    yield at_most("snapshot, after one batch", second(), "s", 3, f"{manifest.rows:,} facts in all")


def _cohort(store: session.Store) -> Iterator[Result]:
    from onrecord.core.cohorts.loading import parse_definition, shipped_text
    from onrecord.core.cohorts.results import find_cohort
    from onrecord.core.snapshots.reading import open_snapshot
    from onrecord.core.timekeeping.views import View

    definition = parse_definition(shipped_text(COHORT))
    times = []
    for _ in range(3):
        with timed() as seconds:
            snapshot = open_snapshot(store.home.snapshots)
            result = find_cohort(snapshot, definition, View(snapshot.manifest.position))
        times.append(seconds())
    covered = f"worst of 3, opening the snapshot included; {result.counts.items:,} items found"
    yield at_most("cohort, Chicago", max(times), "s", 2, covered)
