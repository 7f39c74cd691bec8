"""How time grows with size: an invented source, four sizes over a decade, three repeats."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from onrecord.cli.benches.homes import a_home, run
from onrecord.cli.benches.invented import write_source
from onrecord.cli.benches.measuring import Result, at_most, slope, timed

SIZES = (40_000, 80_000, 200_000, 400_000)
REPEATS = 3
LIMIT = 1.1


def measure() -> Iterator[Result]:
    """Import, snapshot and run a cohort at each size, in a fresh home each time."""
    seconds: dict[str, list[list[float]]] = {"import": [], "snapshot": [], "cohort": []}
    for size in SIZES:
        repeats = [_once(size, seed) for seed in range(1, REPEATS + 1)]
        for name, kept in seconds.items():
            kept.append([times[name] for times in repeats])
    for name, by_size in seconds.items():
        medians = [statistics.median(times) for times in by_size]
        shown = "; ".join(
            f"{size:,}: {median:.2f} s" for size, median in zip(SIZES, medians, strict=True)
        )
        covered = f"allegations {shown}; median of {REPEATS}"
        yield at_most(f"growth, {name}", slope(SIZES, medians), "slope", LIMIT, covered)


def _once(size: int, seed: int) -> dict[str, float]:
    with a_home() as home:
        source = write_source(home / "source", allegations=size, seed=seed)
        run(home, "holders")
        imported = run(home, "import", str(source), "--data", str(source.parent))
        copied = run(home, "snapshot")
        return {
            "import": float(imported["seconds"]),
            "snapshot": float(copied["seconds"]),
            "cohort": _cohort_seconds(home / "snapshots"),
        }


def _cohort_seconds(snapshots: Path) -> float:
    from onrecord.core.cohorts.loading import parse_definition, shipped_text
    from onrecord.core.cohorts.results import find_cohort
    from onrecord.core.snapshots.reading import open_snapshot
    from onrecord.core.timekeeping.views import View

    definition = parse_definition(shipped_text("sexual-or-domestic-2005-2015"))
    with timed() as seconds:
        snapshot = open_snapshot(snapshots)
        find_cohort(snapshot, definition, View(snapshot.manifest.position))
    return seconds()
