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
from onrecord.core.linkage.engines import duckdb_engine
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


def evaluate(of: MeasuredSet, data: Path, work: Path) -> Evaluation:
    """Link a set and measure it.

    Raises:
        TrainingError: what was learned cannot be right.
    """
    spec = shipped_spec(of.spec)
    mentions, truth = _read(of, data, work)
    with duckdb_engine(spill=work) as engine:
        linked = link(spec, mentions, engine, work=work, least=LEAST)
    known = Truth(truth)
    at = _at(linked)
    return _figures(of, spec, linked, known, truth, at, mentions)


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


def _figures(
    of: MeasuredSet, spec: LinkSpec, linked: Linked, known: Truth, truth: pa.Table, at: _At,
    mentions: Path,
) -> Evaluation:  # fmt: skip
    thresholds, parts = _chosen(of, known, at)
    pairs = sum((known.pairs(at(t), where) for t, where in parts), PairFigures(0, 0, 0))
    sure = [(max(t, _cheapest(known, at, where_not)), where) for (t, where), where_not in
            zip(parts, _others(of, parts), strict=True)] if of.chosen_on else parts  # fmt: skip
    automatic = sum((known.pairs(at(t), where) for t, where in sure), PairFigures(0, 0, 0))
    seen = sum((known.pairs(at(min(DESK, t)), where) for t, where in parts), PairFigures(0, 0, 0))
    people = at(thresholds[0])
    return Evaluation(
        name=of.name, title=of.title, mentions=linked.mentions,
        with_truth=truth.num_rows - truth["truth"].null_count, thresholds=thresholds, linked=pairs,
        automatic=automatic,
        asked=PairFigures(seen.both - automatic.both, seen.linked - automatic.linked, seen.true),
        bcubed=known.bcubed(people), largest=_largest(people), largest_true=known.largest(),
        blocking_recall=known.found_by(str(mentions), spec.blocking),
        calibration=known.calibration(linked.candidates),
        groups={
            column: {
                value: (found.recall, found.true)
                for value in known.groups(column)
                if (found := known.pairs(at(sure[0][0]), f"{column} = '{value}'")).true
                >= ENOUGH_PAIRS
            }
            for column in of.groups
        },
        baselines=_baselines(known, linked, mentions),
        seconds=linked.seconds, model=linked.model,
    )  # fmt: skip


def _chosen(
    of: MeasuredSet, known: Truth, at: _At
) -> tuple[tuple[float, ...], list[tuple[float, str]]]:
    """Return the thresholds, and on which part of the true people each is measured."""
    if of.chosen_on == "folds":
        chosen = [(_cheapest(known, at, f"fold <> {f}"), f"fold = {f}") for f in range(FOLDS)]
    elif of.chosen_on == "even":
        chosen = [(_best_at_precision(known, at, "half = 0", of.targets["precision"]), "half = 1")]
    else:
        chosen = [(of.frozen, "true")]
    return tuple(t for t, _ in chosen), chosen


def _others(of: MeasuredSet, parts: Iterable[tuple[float, str]]) -> list[str]:
    """Return, for each part that is measured, on what its threshold is chosen."""
    if of.chosen_on == "even":
        return ["half = 0"]
    return [where.replace(" = ", " <> ") for _, where in parts]


def _cheapest(known: Truth, at: _At, where: str) -> float:
    """Return the threshold at which mistakes cost least, with a false link at fifty misses."""
    return min(GRID, key=lambda t: (known.pairs(at(t), where).cost(FALSE_LINK), t))


def _best_at_precision(known: Truth, at: _At, where: str, least: float) -> float:
    """Return the threshold of the best F1 among those that keep this precision, with a little in hand."""
    kept = [t for t in GRID if known.pairs(at(t), where).precision >= (1 + least) / 2]
    return max(kept or [GRID[-1]], key=lambda t: known.pairs(at(t), where).f1)


def _largest(people: pa.Table) -> int:
    with duckdb.connect() as connection:
        connection.register("people", people)
        rows = connection.execute(
            "select coalesce(max(n), 0) from (select count(*) as n from people group by person)"
        ).fetchall()
    return int(rows[0][0])


def _baselines(known: Truth, linked: Linked, mentions: Path) -> dict[str, PairFigures]:
    """Return what simpler ways come to on all that has truth."""
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
    return found
