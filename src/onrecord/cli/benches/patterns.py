"""How long it takes to replay every pattern rule: a city, a nation of three million allegations, and how it grows."""

import math
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from onrecord.cli.benches.homes import a_home, data_folder, run
from onrecord.cli.benches.measuring import Result, at_most, timed
from onrecord.core.patterns.history import add_history
from onrecord.core.patterns.marks import marks_of
from onrecord.core.patterns.meeting import first_days
from onrecord.core.patterns.rules import shipped_rules
from onrecord.core.patterns.sources import kinds_of
from onrecord.core.snapshots.reading import open_snapshot
from onrecord.core.timekeeping.views import View
from onrecord.core.world.national import ALLEGATIONS, write_national
from onrecord.project.home import Home

CITY = "chicago_asof_2016"
CITY_ENDS = date(2015, 12, 31)
SEED = 1
JUDGED = frozenset({"identity_judgement", "incident_judgement"})
CITY_SECONDS, NATION_SECONDS, OF_A_SORT, SLOPE = 20, 180, 3, 1.1


@dataclass(frozen=True, slots=True)
class _Replayed:
    """How long a replay took: opening what was known over time, each rule, and one sort of the allegations."""

    opened: float
    rules: dict[str, float]
    sorted: float
    prompted: int
    allegations: int

    @property
    def whole(self) -> float:
        return self.opened + sum(self.rules.values())


def measure() -> Iterator[Result]:
    """Replay every rule, every day on which anything changed, on two threads."""
    yield from _city()
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        small = _replay(write_national(SEED, Path(folder) / "small", allegations=ALLEGATIONS // 10))
        whole = _replay(write_national(SEED, Path(folder) / "whole"))
    covered = f"{whole.allegations:,} allegations, {len(whole.rules)} rules, {whole.prompted:,} first prompts"
    yield at_most("replay, national", whole.whole, "s", NATION_SECONDS, covered)
    slowest = max(whole.rules, key=lambda name: whole.rules[name])
    yield at_most(
        "the slowest rule, of one sort of the allegations", whole.rules[slowest] / whole.sorted, "",
        OF_A_SORT, f"{slowest}: {whole.rules[slowest]:.1f} s; the sort by person and day: {whole.sorted:.1f} s",
    )  # fmt: skip
    for name, seconds in sorted(whole.rules.items()):
        yield Result(
            f"of it: {name}", round(seconds, 2), "s", coverage="marks and every day's counts"
        )
    slope = math.log10(whole.whole / small.whole)
    yield at_most(
        "growth over the last decade, slope", slope, "", SLOPE,
        f"{small.whole:.1f} s for {small.allegations:,}, {whole.whole:.1f} s for {whole.allegations:,}",
    )  # fmt: skip


def _city() -> Iterator[Result]:
    data = data_folder()
    if data is None:
        return
    with a_home() as home:
        run(home, "import", CITY, "--data", str(data))
        run(home, "snapshot")
        city = _replay(Home(home).snapshots, on=CITY_ENDS)
    covered = f"{city.allegations:,} allegations, {len(city.rules)} rules, {city.prompted:,} first prompts"
    yield at_most("replay, Chicago", city.whole, "s", CITY_SECONDS, covered)


def _replay(root: Path, *, on: date | None = None) -> _Replayed:
    rules = shipped_rules()
    kinds = frozenset().union(*(kinds_of(rule) for rule in rules.values()))
    snapshot = open_snapshot(root)
    with timed() as opening:
        view = View(snapshot.manifest.position, on=on)
        with snapshot.reading(view, kinds=kinds | JUDGED, memory="4GB") as record:
            add_history(record, kinds)
            opened = opening()
            seconds: dict[str, float] = {}
            prompted = 0
            for name, rule in rules.items():
                with timed() as asking:
                    prompted += len(first_days(marks_of(record.con, rule, only_enough=True), rule))
                seconds[name] = asking()
            allegations = record.con.execute("select count(*) from known_allegation").fetchall()[0][
                0
            ]
            return _Replayed(opened, seconds, _a_sort(record.con), prompted, allegations)


def _a_sort(con: duckdb.DuckDBPyConnection) -> float:
    """Return how long one sort of the allegations by person and day takes, its result kept."""
    with timed() as sorting:
        con.execute(
            "create or replace temp table sorted_once as"
            " select * from known_allegation order by record_lineage, known_from"
        ).fetchall()
    return sorting()
