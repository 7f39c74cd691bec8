"""Link mentions: train or take a model, score, find what hangs together, take it apart again."""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.core.kernel.joining import joined
from onrecord.core.linkage.clustering import LARGEST, Joined, Pair, taken_apart
from onrecord.core.linkage.components import hanging_together
from onrecord.core.linkage.engines import Engine
from onrecord.core.linkage.scoring import require_bounded, scored, scored_within
from onrecord.core.linkage.specs import LinkSpec
from onrecord.core.linkage.training import linker_for, require_prior, train

ENOUGH_TO_LEARN = 50
"""Fewer mentions than this with a value teach nothing about it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What people judged, which no model outvotes: pairs that are one person, and that are two."""

    same: Collection[Pair] = ()
    different: Collection[Pair] = ()


@dataclass(slots=True)
class Linked:
    """What linking came to.

    Attributes:
        model: the weights, as Splink keeps them.
        begun: pairs that were one before anything was scored: one key of one source, or so judged.
        joins: how groups came to be joined, down to the least weight asked for. Those of at least
            any greater weight are what would have been joined for that one.
        candidates: the pairs that blocking brought together: `one`, `other`, `weight`.
        pairs: every pair within what hangs together, in the same way.
        seconds: what each step took.
        looked_at: where only something new was linked, it and what hangs together with it.
    """

    model: dict[str, Any]
    begun: list[Pair]
    joins: list[Joined]
    candidates: pa.Table
    pairs: pa.Table
    mentions: int
    seconds: dict[str, float] = field(default_factory=dict)
    looked_at: frozenset[str] = frozenset()

    def people(self, least: float) -> pa.Table:
        """Return each mention with the least mention of its person, joined from this weight on."""
        pairs = [*self.begun, *((j.one, j.other) for j in self.joins if j.weight >= least)]
        groups = joined((), pairs)
        return pa.table({"mention": list(groups), "person": list(groups.values())})


def link(
    spec: LinkSpec, path: Path, engine: Engine, *, work: Path, least: float,
    model: dict[str, Any] | None = None, judged: Judged | None = None, sure: float | None = None,
) -> Linked:  # fmt: skip
    """Link the mentions of a Parquet file (`path`) that are in one shape, as `spec` says.

    `work` is a folder for what is made on the way. Groups are joined down to an average weight of
    `least`. Weights are learned from these mentions unless a `model` learned before is given. What
    hangs together and agrees throughout by the weight `sure` is joined without being taken apart;
    its joins are then all given by its least weight. What people `judged` is outvoted by nothing.

    Raises:
        TrainingError: what was learned cannot be right.
        UsageError: blocking would compare far too many pairs.
    """
    seconds: dict[str, float] = {}
    judged = judged or Judged()
    with timed(seconds, "read"):
        frame = engine.registered(path, "mentions")
        mentions = int(engine.query("select count(*) from mentions")[0][0])
        require_bounded(engine, spec.blocking, mentions)
    if model is None:
        with timed(seconds, "train"):
            model = train(spec.of_what_is_told(told_columns(engine)), frame, engine.dialect)
    with timed(seconds, "score"):
        linker = linker_for(model, frame, engine.dialect)
        candidates = scored(linker, engine, least=min(spec.component, least))
        require_prior(model, candidates, mentions)
    with timed(seconds, "group"):
        begun = [*keyed_pairs(engine, spec), *judged.same]
        hanging = _with_components(path, candidates, begun, work, spec.component)
    with timed(seconds, "score within"):
        together = engine.registered(hanging, "hanging")
        within = scored_within(linker, engine, model, together)
    with timed(seconds, "take apart"):
        joins = grouped(hanging, within, begun, judged, least=least, sure=sure)
    return Linked(model, begun, joins, candidates, within, mentions, seconds)


def told_columns(engine: Engine) -> set[str]:
    """Return the columns from which something can be learned: enough have one, and not all the same."""
    columns = [row[0] for row in engine.query("describe mentions")]
    counted = ", ".join(f"count({name}), count(distinct {name})" for name in columns)
    counts = iter(engine.query(f"select {counted} from mentions")[0])
    return {
        name for name, many, different in zip(columns, counts, counts, strict=False)
        if many >= ENOUGH_TO_LEARN and different > 1
    }  # fmt: skip


def keyed_pairs(engine: Engine, spec: LinkSpec) -> list[Pair]:
    """Return pairs that have one key of one source."""
    if not spec.one_key_is_one:
        return []
    return [
        (one, other)
        for one, other in engine.query(
            "select m.mention, k.first from mentions m join"
            " (select source, key, min(mention) as first from mentions group by 1, 2 having count(*) > 1) k"
            " on m.source is not distinct from k.source and m.key = k.key where m.mention <> k.first"
        )
    ]


def _with_components(
    path: Path, candidates: pa.Table, begun: Iterable[Pair], work: Path, least: float
) -> Path:
    """Write the mentions that hang together with another, each with what it hangs together with."""
    sure = candidates.filter(pc.greater_equal(candidates["weight"], least))
    known = list(begun)
    ends = (
        pa.chunked_array([*sure[name].chunks, pa.array([p[place] for p in known], pa.string())])
        for place, name in enumerate(("one", "other"))
    )
    found = hanging_together(*ends)
    out = work / "hanging.parquet"
    with duckdb.connect() as connection:
        connection.register("found", found)
        connection.execute(
            f"copy (select m.*, f.component from read_parquet('{path}') m join found f using (mention))"
            f" to '{out}' (format parquet)"
        ).fetchall()
    return out


def grouped(
    hanging: Path, within: pa.Table, begun: list[Pair], judged: Judged, *, least: float,
    sure: float | None,
) -> list[Joined]:  # fmt: skip
    """Return the joins within each component."""
    with duckdb.connect() as connection:
        connection.execute(
            f"create table hanging as select mention, component from read_parquet('{hanging}')"
        ).fetchall()
        connection.register("within_given", within)
        connection.execute(
            "create table weights as select h.component, w.* from within_given w"
            " join hanging h on h.mention = w.one"
        ).fetchall()
        joins = _whole(connection, sure, judged) if sure is not None else []
        connection.execute(
            "create table open_ones as select component from hanging group by 1"
            + (" except select component from whole" if sure is not None else "")
        ).fetchall()
        mentions = _by_component(connection, "select component, mention from hanging")
        weights = _by_component(
            connection, "select component, one, other, weight from weights order by one, other"
        )
    same, different = _within(begun, mentions), _within(judged.different, mentions)
    for component in sorted(mentions):
        _, made = taken_apart(
            [row[0] for row in mentions[component]], weights.get(component, ()), least=least,
            same=same.get(component, ()), different=different.get(component, ()), largest=LARGEST,
        )  # fmt: skip
        joins += made
    return joins


def _whole(connection: duckdb.DuckDBPyConnection, sure: float, judged: Judged) -> list[Joined]:
    """Join what hangs together and agrees throughout, and nobody judged otherwise."""
    named = [one for pair in judged.different for one in pair]
    apart = pa.table({"mention": pa.array(named, pa.string())})
    connection.register("apart", apart)
    connection.execute(
        f"""create table whole as
            select component, min(w.weight) as weight from weights w
              join (select component, count(*) as n from hanging group by 1) h using (component)
             where n <= {LARGEST}
               and component not in (select component from hanging join apart using (mention))
             group by component, n having min(w.weight) >= {sure} and count(*) = n * (n - 1) / 2"""
    ).fetchall()
    rows = connection.execute(
        "select component, mention, weight from hanging join whole using (component)"
        " where mention <> component order by 1, 2"
    ).fetchall()
    return [Joined(one, other, weight) for one, other, weight in rows]


def _by_component(
    connection: duckdb.DuckDBPyConnection, sql: str
) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    sql = f"select * from ({sql}) where component in (select component from open_ones)"
    for component, *rest in connection.execute(sql).fetchall():
        found[component].append(tuple(rest))
    return found


def _within(
    pairs: Iterable[Pair], mentions: dict[str, list[tuple[Any, ...]]]
) -> dict[str, list[Pair]]:
    of = {row[0]: component for component, rows in mentions.items() for row in rows}
    found: dict[str, list[Pair]] = defaultdict(list)
    for one, other in pairs:
        if one in of and of[one] == of.get(other):
            found[of[one]].append((one, other))
    return found


@contextmanager
def timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    """Write down how long a step took."""
    began = time.perf_counter()
    yield
    seconds[step] = round(time.perf_counter() - began, 2)
