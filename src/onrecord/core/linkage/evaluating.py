"""Link a set with truth, choose thresholds as the protocol says, and work out every figure.

The protocol is `docs/reference/linkage-protocol.md`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.core.kernel.joining import joined
from onrecord.core.linkage import another
from onrecord.core.linkage.engines import engine_named
from onrecord.core.linkage.linking import Linked, link
from onrecord.core.linkage.measuring import BCubed, PairFigures, Truth
from onrecord.core.linkage.sets import MeasuredSet
from onrecord.core.linkage.specs import LinkSpec, shipped_spec
from onrecord.core.linkage.standardising import RAW, prepare, standardised_sql

FALSE_LINK = 50.0
"""How many misses a false link costs."""
FOLDS = 5
LEAST = -8.0
GRID = tuple(LEAST + step / 2 for step in range(49))
DESK = 0.0
"""From even odds on a person decides."""
CHAINED = 6.63
"""The weight of probability .99, from which Splink's own clustering chains pairs."""
ENOUGH_PAIRS = 500
"""A group with fewer true pairs than this has no recall to compare."""


@dataclass(slots=True)
class Evaluation:
    """Everything worked out on one set.

    Attributes:
        thresholds: from which average weight groups were joined; one a fold where there are folds.
        linked, automatic, asked: pairs linked at the threshold, of them with nobody asked, and
            those that a person would decide.
        largest, largest_automatic: mentions of the largest person, at the loosest threshold.
        groups: recall of automatic links, by column and value, with how many true pairs.
        baselines: the same pairs by simpler ways.
        figures: what the targets are about.
    """

    name: str
    title: str
    mentions: int
    with_truth: int
    thresholds: tuple[float, ...]
    linked: PairFigures
    automatic: PairFigures
    asked: PairFigures
    bcubed: BCubed
    largest: int
    largest_automatic: int
    largest_true: int
    blocking_recall: float
    calibration: list[tuple[float, float, int]]
    groups: dict[str, dict[str, tuple[float, int]]]
    baselines: dict[str, PairFigures]
    seconds: dict[str, float]
    model: dict[str, Any] = field(repr=False)

    @property
    def figures(self) -> dict[str, float]:
        """Return the figures that targets are about."""
        return {
            "precision": self.linked.precision, "recall": self.linked.recall, "F1": self.linked.f1,
            "automatic share of true pairs": self.automatic.recall,
            "automatic precision, lower bound": self.automatic.precision_at_least,
        }  # fmt: skip


def evaluate(of: MeasuredSet, data: Path, work: Path, *, engine: str = "duckdb") -> Evaluation:
    """Link a set, by the engine of that name, and measure it.

    Raises:
        TrainingError: what was learned cannot be right.
        UsageError: the engine is not installed.
    """
    spec = shipped_spec(of.spec)
    mentions, truth = _read(of, data, work)
    with engine_named(engine, memory="4GB", spill=work) as opened:
        linked = link(spec, mentions, opened, work=work, least=LEAST)
    return _figures(of, _Run(spec, linked, Truth(truth), _at(linked), mentions))


def _read(of: MeasuredSet, data: Path, work: Path) -> tuple[Path, pa.Table]:
    """Write the mentions in one shape, without truth, and return the truth beside them."""
    with duckdb.connect() as connection:
        prepare(connection)
        connection.execute(f"create table given as {of.select(data)}").fetchall()
        columns = [row[0] for row in connection.execute("describe given").fetchall()]
        out = work / f"{of.name}.parquet"
        shaped = standardised_sql("given", [name for name in columns if name in RAW])
        connection.execute(f"copy ({shaped}) to '{out}' (format parquet)").fetchall()
        rest = ", ".join(["mention", "truth", *of.groups])
        truth: pa.Table = connection.sql(
            f"select {rest}, cast('0x' || left(md5(truth), 7) as integer) % {FOLDS} as fold,"
            " cast('0x' || left(md5(truth), 7) as integer) % 2 as half from given"
        ).to_arrow_table()
    return out, truth


type _At = Callable[[float], pa.Table]


def _at(linked: Linked) -> _At:
    """Return the people at a threshold, worked out once for each."""
    kept: dict[float, pa.Table] = {}

    def people(threshold: float) -> pa.Table:
        if threshold not in kept:
            kept[threshold] = linked.people(threshold)
        return kept[threshold]

    return people


@dataclass(frozen=True, slots=True)
class _Run:
    """One set, linked: with what is known of it, and the people at any threshold."""

    spec: LinkSpec
    linked: Linked
    known: Truth
    at: _At
    mentions: Path

    def pairs(self, parts: Iterable[tuple[float, str]]) -> PairFigures:
        """Return the figures of parts of the true people, each at its threshold."""
        found = (self.known.pairs(self.at(t), where) for t, where in parts)
        return sum(found, PairFigures(0, 0, 0))

    def bcubed(self, parts: Iterable[tuple[float, str]]) -> BCubed:
        """Return precision and recall of the mean mention of all parts, each at its threshold."""
        found = [self.known.bcubed(self.at(t), where) for t, where in parts]
        many = sum(each.mentions for each in found)
        return BCubed(
            sum(each.precision * each.mentions for each in found) / many,
            sum(each.recall * each.mentions for each in found) / many,
            many,
        )


def _figures(of: MeasuredSet, run: _Run) -> Evaluation:
    thresholds, parts = _chosen(of, run)
    sure = _sure(of, run, parts)
    automatic = run.pairs(sure)
    seen = run.pairs((min(DESK, t), where) for t, where in parts)
    loosest = run.at(min(thresholds))
    return Evaluation(
        name=of.name, title=of.title, mentions=run.linked.mentions, with_truth=run.known.many(),
        thresholds=thresholds, linked=run.pairs(parts), automatic=automatic,
        asked=PairFigures(seen.both - automatic.both, seen.linked - automatic.linked, seen.true),
        bcubed=run.bcubed(parts), largest=_largest(loosest),
        largest_automatic=_largest(run.at(min(t for t, _ in sure))),
        largest_true=run.known.largest(),
        blocking_recall=run.known.found_by(str(run.mentions), run.spec.blocking),
        calibration=run.known.calibration(run.linked.candidates),
        groups={column: _recalls(run, sure, column) for column in of.groups},
        baselines=_baselines(run), seconds=run.linked.seconds, model=run.linked.model,
    )  # fmt: skip


def _recalls(run: _Run, sure: list[tuple[float, str]], column: str) -> dict[str, tuple[float, int]]:
    """Return the recall in each group that has enough true pairs, and how many those are.

    Each part of the true people is measured at its own threshold, as everything else is.
    """
    found = {
        value: run.pairs((t, f"{where} and {column} = '{value}'") for t, where in sure)
        for value in run.known.groups(column)
    }
    return {
        value: (each.recall, each.true)
        for value, each in found.items()
        if each.true >= ENOUGH_PAIRS
    }


def _sure(of: MeasuredSet, run: _Run, parts: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return the parts at the thresholds from which links are automatic: those that cost least."""
    if not of.chosen_on:
        return [(of.automatic, where) for _, where in parts]
    return [(max(t, _cheapest(run, _rest(where))), where) for t, where in parts]


def _rest(where: str) -> str:
    """Return the part of the true people on which a threshold for another part is chosen."""
    return where.replace(" = ", " <> ")


def _chosen(of: MeasuredSet, run: _Run) -> tuple[tuple[float, ...], list[tuple[float, str]]]:
    """Return the thresholds, and on which part of the true people each is measured."""
    if of.chosen_on == "folds":
        parts = [f"fold = {fold}" for fold in range(FOLDS)]
        chosen = [(_cheapest(run, _rest(part)), part) for part in parts]
    elif of.chosen_on == "even":
        least = of.targets["precision"]
        chosen = [(_best_at_precision(run, _rest("half = 1"), least), "half = 1")]
    else:
        chosen = [(of.frozen, "true")]
    return tuple(t for t, _ in chosen), chosen


def _cheapest(run: _Run, where: str) -> float:
    """Return the threshold at which mistakes cost least, with a false link at fifty misses."""
    return min(GRID, key=lambda t: (run.known.pairs(run.at(t), where).cost(FALSE_LINK), t))


def _best_at_precision(run: _Run, where: str, least: float) -> float:
    """Return the threshold of the best F1 among those that keep this precision, with a little in hand."""
    kept = [t for t in GRID if run.known.pairs(run.at(t), where).precision >= (1 + least) / 2]
    return max(kept or [GRID[-1]], key=lambda t: run.known.pairs(run.at(t), where).f1)


def _largest(people: pa.Table) -> int:
    with duckdb.connect() as connection:
        connection.register("people", people)
        rows = connection.execute(
            "select coalesce(max(n), 0) from (select count(*) as n from people group by person)"
        ).fetchall()
    return int(rows[0][0])


def _baselines(run: _Run) -> dict[str, PairFigures]:
    """Return what simpler ways come to on all that has truth."""
    known, linked, mentions = run.known, run.linked, run.mentions
    found = {}
    with duckdb.connect() as connection:
        for title, columns in (
            ("the same names and date of birth", ("family", "given", "birth_date")),
            ("the same names and date of appointment", ("family", "given", "appointed")),
        ):
            there = " and ".join(f"{column} is not null" for column in columns)
            table = connection.sql(
                f"select mention, min(mention) over (partition by {', '.join(columns)}) as person"
                f" from read_parquet('{mentions}') where {there}"
            ).to_arrow_table()
            if table.num_rows:
                found[title] = known.pairs(table)
    chained = linked.candidates.filter(pc.greater_equal(linked.candidates["weight"], CHAINED))
    groups = joined((), zip(chained["one"].to_pylist(), chained["other"].to_pylist(), strict=True))
    table = pa.table({"mention": list(groups), "person": list(groups.values())})
    found["the same weights, pairs from .99 chained (Splink's own clustering)"] = known.pairs(table)
    if another.is_there() and linked.mentions <= another.MANAGES:
        found[another.NAME] = known.pairs(another.people_of(mentions))
    return found
