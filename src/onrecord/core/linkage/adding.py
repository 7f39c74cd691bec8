"""Link what is new to what is known, by a model learned before, without looking at everything again.

From the new mentions on, whatever hangs together is looked for, step by step, and taken apart
as a batch takes it apart: the same pairs, the same sum, the same grouping. What hangs together
with nothing new is left alone. It differs from a batch only where the new mentions make a name
more frequent, and so the weights of pairs among the others a little less.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from onrecord.core.kernel.joining import joined
from onrecord.core.linkage.clustering import Pair
from onrecord.core.linkage.engines import LinkEngine
from onrecord.core.linkage.linking import (
    Judged,
    Linked,
    grouped,
    keyed_pairs,
    timed,
)
from onrecord.core.linkage.scoring import require_bounded
from onrecord.core.linkage.specs import LinkSpec
from onrecord.core.linkage.weighing import (
    add_frequencies,
    frequency_columns,
    prior_weight,
    weighing_sql,
)


def link_new(
    spec: LinkSpec, path: Path, engine: LinkEngine, *, new: Collection[str], work: Path,
    least: float, model: Mapping[str, Any], judged: Judged | None = None, sure: float | None = None,
) -> Linked:  # fmt: skip
    """Link `new` mentions, among those of a Parquet file that is in one shape, to each other and the rest.

    The rest of what is asked for and returned is as for `link`; only what hangs together with
    something new is in what is returned.

    Raises:
        UsageError: blocking would compare far too many pairs.
    """
    seconds: dict[str, float] = {}
    judged = judged or Judged()
    with timed(seconds, "read"):
        engine.query(f"create table mentions as select * from read_parquet('{path}')")
        mentions = int(engine.query("select count(*) from mentions")[0][0])
        require_bounded(engine, spec.blocking, mentions)
        add_frequencies(engine.connection, "mentions", frequency_columns(model))
    begun = [*keyed_pairs(engine, spec), *judged.same]
    with timed(seconds, "score"):
        candidates = _near(spec, engine, new, begun, model=model, least=min(spec.component, least))
    with timed(seconds, "group"):
        hanging = _with_components(spec, engine, candidates, begun, new=new, work=work)
    with timed(seconds, "score within"):
        within = _within(engine, model)
    with timed(seconds, "take apart"):
        joins = grouped(hanging, within, begun, judged, least=least, sure=sure)
    reached = frozenset(row[0] for row in engine.query("from reached"))
    return Linked(dict(model), begun, joins, candidates, within, mentions, seconds, reached)


def _near(
    spec: LinkSpec, engine: LinkEngine, new: Collection[str], begun: Iterable[Pair], *,
    model: Mapping[str, Any], least: float,
) -> pa.Table:  # fmt: skip
    """Return every candidate of what hangs together with something new, each pair once."""
    con = engine.connection
    _fill(engine, "frontier", {"mention": sorted(new)})
    engine.query("create table reached (mention varchar)")
    engine.query("create table near (one varchar, other varchar, weight double)")
    pairs = list(begun)
    _fill(engine, "one_already", {"one": [a for a, _ in pairs], "other": [b for _, b in pairs]})
    total = " + ".join(["0.0", *(f"weight_{n}" for n in range(len(model["comparisons"])))])
    sides = "looked l join mentions a on a.mention = l.one join mentions b on b.mention = l.other"
    while engine.query("select exists (from frontier)")[0][0]:
        engine.query(f"create or replace table looked as {_looked_sql(spec)}")
        engine.query(
            f"insert into near select one, other, {prior_weight(model)!r} + {total} as weight"
            f" from ({weighing_sql(model, sides)}) where {prior_weight(model)!r} + {total} >= {least}"
        )
        engine.query("insert into reached from frontier")
        engine.query(
            "create or replace table frontier as select mention from ("
            f" select unnest([one, other]) as mention from near where weight >= {spec.component}"
            "  union select unnest([one, other]) from one_already"
            "   where one in (from reached) or other in (from reached))"
            " where mention not in (from reached)"
        )
    return con.sql("from near").to_arrow_table()


def _looked_sql(spec: LinkSpec) -> str:
    """Return what selects the pairs that blocking brings the frontier into, and that were not looked at yet."""
    rules = (
        f"select least(n.mention, m.mention) as one, greatest(n.mention, m.mention) as other"
        f" from edge n join mentions m on {' and '.join(f'n.{c} = m.{c}' for c in rule)}"
        f" where n.mention <> m.mention"
        for rule in spec.blocking
    )
    return (
        f"with edge as (select m.* from mentions m semi join frontier using (mention))"
        f" select distinct one, other from ({' union all '.join(rules)})"
        " where one not in (from reached) and other not in (from reached)"
    )


def _with_components(
    spec: LinkSpec, engine: LinkEngine, candidates: pa.Table, begun: Iterable[Pair], *,
    new: Collection[str], work: Path,
) -> Path:  # fmt: skip
    """Write each mention that was reached with what it hangs together with, alone or not."""
    reached = {row[0] for row in engine.query("from reached")}
    rows = zip(*(candidates[name].to_pylist() for name in ("one", "other", "weight")), strict=True)
    pairs = [(one, other) for one, other, weight in rows if weight >= spec.component]
    groups = joined(new, [*pairs, *((a, b) for a, b in begun if a in reached)])
    _fill(engine, "hanging", {"mention": list(groups), "component": list(groups.values())})
    out = work / "hanging.parquet"
    engine.query(f"copy (from hanging) to '{out}' (format parquet)")
    return out


def _within(engine: LinkEngine, model: Mapping[str, Any]) -> pa.Table:
    """Return all pairs of what hangs together, as `scored_within` does."""
    total = " + ".join(["0.0", *(f"weight_{n}" for n in range(len(model["comparisons"])))])
    sides = (
        "hanging x join hanging y on x.component = y.component and x.mention < y.mention"
        " join mentions a on a.mention = x.mention join mentions b on b.mention = y.mention"
    )
    return engine.connection.sql(
        f"select one, other, {prior_weight(model)!r} + {total} as weight"
        f" from ({weighing_sql(model, sides)})"
    ).to_arrow_table()


def _fill(engine: LinkEngine, table: str, columns: Mapping[str, list[str]]) -> None:
    given = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    engine.connection.register("given", given)
    engine.query(f"create or replace table {table} as from given")
    engine.connection.unregister("given")
