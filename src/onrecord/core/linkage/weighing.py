"""The weight of a pair, part by part, from the model file alone.

The same sum that Splink works out for a batch (a test holds them to each other), written as
one SQL: for the few pairs somebody asks about, and for the one mention that somebody types.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.core.linkage.comparing import ELSE, MISSING
from onrecord.core.linkage.comparisons import COMPARISONS


@dataclass(frozen=True, slots=True)
class Part:
    """What one comparison says of a pair.

    Attributes:
        level: the code of the level that holds; `missing` where there is nothing to compare.
        weight: how much it speaks for one person; rarity of what agrees is in it.
    """

    comparison: str
    level: str
    weight: float

    @property
    def words(self) -> str:
        """Return it in words, such as *Family name: nearly the same*."""
        comparison = COMPARISONS[self.comparison]
        found = {level.code: level.words for level in comparison.levels} | {MISSING: "not known"}
        return f"{comparison.title}: {found[self.level]}"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair, its weight, and the parts that add up to it with what is so of any pair."""

    one: str
    other: str
    weight: float
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """Return why, in words: what speaks for one person first, then what speaks against."""
        told = [part for part in self.parts if part.level != MISSING]
        order = sorted(told, key=lambda part: -part.weight)
        return "; ".join(f"{part.words} ({part.weight:+.1f})" for part in order)


def prior_weight(model: Mapping[str, Any]) -> float:
    """Return the weight of any pair at all, before anything is compared."""
    prior = model["probability_two_random_records_match"]
    return math.log2(prior / (1 - prior))


def frequency_columns(model: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns whose values count for more the rarer they are."""
    found = {
        level["tf_adjustment_column"]
        for comparison in model["comparisons"] for level in comparison["comparison_levels"]
        if level.get("tf_adjustment_column")
    }  # fmt: skip
    return tuple(sorted(found))


def frequencies_sql(relation: str, column: str) -> str:
    """Return what selects each value of a column with its share of all that have one."""
    return (
        f"select {column}, count(*) / sum(count(*)) over () as tf_{column} from {relation}"
        f" where {column} is not null group by {column}"
    )


def add_frequencies(
    connection: duckdb.DuckDBPyConnection, mentions: str, columns: Sequence[str]
) -> None:
    """Put beside every mention of a table how frequent its values are, as `tf_…` columns."""
    joins, added = "", ""
    for column in columns:
        joins += f" left join ({frequencies_sql(mentions, column)}) f_{column} using ({column})"
        added += f", f_{column}.tf_{column}"
    connection.execute(
        f"create or replace table {mentions} as select m.*{added} from {mentions} m{joins}"
    ).fetchall()


def weighed(
    connection: duckdb.DuckDBPyConnection, model: Mapping[str, Any], pairs: Iterable[tuple[str, str]],
    *, left: str = "mentions", right: str = "mentions",
) -> list[Weighed]:  # fmt: skip
    """Return the weight of each pair with its parts. `left` and `right` hold the mentions."""
    given = list(pairs)
    asked = pa.table({
        "one": pa.array([one for one, _ in given], pa.string()),
        "other": pa.array([other for _, other in given], pa.string()),
    })  # fmt: skip
    connection.register("asked", asked)
    pairs_of = f"asked join {left} a on a.mention = one join {right} b on b.mention = other"
    rows = connection.execute(weighing_sql(model, pairs_of)).fetchall()
    connection.unregister("asked")
    return weighed_of(model, rows)


def weighed_of(model: Mapping[str, Any], rows: Iterable[Sequence[Any]]) -> list[Weighed]:
    """Return pairs as `weighing_sql` gives them, each with its weight and its parts."""
    names = [comparison["output_column_name"] for comparison in model["comparisons"]]
    prior = prior_weight(model)
    found = []
    for one, other, *rest in rows:
        parts = tuple(
            Part(name, level, weight)
            for name, level, weight in zip(names, rest[::2], rest[1::2], strict=True)
        )
        found.append(Weighed(one, other, prior + sum(part.weight for part in parts), parts))
    return found


def weighed_in(
    mentions: Path, model: Mapping[str, Any], pairs: Iterable[tuple[str, str]]
) -> list[Weighed]:
    """Return the weight of each pair of the mentions of a Parquet file, with its parts."""
    with duckdb.connect() as connection:
        connection.execute(
            f"create table mentions as select * from read_parquet('{mentions}')"
        ).fetchall()
        add_frequencies(connection, "mentions", frequency_columns(model))
        return weighed(connection, model, pairs)


def weighing_sql(model: Mapping[str, Any], pairs: str) -> str:
    """Return what selects, for each pair, its level and its weight by each comparison in turn.

    `pairs` is what stands after *from*; in it `a` and `b` are the mentions of a pair.
    """
    columns = ", ".join(
        f"{_level_sql(each)} as level_{n}, {_weight_sql(each)} as weight_{n}"
        for n, each in enumerate(model["comparisons"])
    )
    # Splink's conditions name a column of either side `…_l` and `…_r`.
    sides = ", ".join(
        f"{side}.{column} as {column}_{end}"
        for column in columns_used(model) for side, end in (("a", "l"), ("b", "r"))
    )  # fmt: skip
    named = "a.mention as one, b.mention as other"
    return f"select one, other, {columns} from (select {named}, {sides} from {pairs})"


def columns_used(model: Mapping[str, Any]) -> tuple[str, ...]:
    """Return every column of a mention that a model compares, frequencies too."""
    found: set[str] = set()
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"]:
            found |= set(re.findall(r'"?\b([a-z_0-9]+)_[lr]\b"?', level["sql_condition"]))
    return tuple(sorted(found | {f"tf_{column}" for column in frequency_columns(model)}))


def _level_sql(comparison: Mapping[str, Any]) -> str:
    cases, rest = _cases(comparison, lambda level: f"'{level['label_for_charts']}'")
    return f"case {cases} else {rest} end"


def _weight_sql(comparison: Mapping[str, Any]) -> str:
    cases, rest = _cases(comparison, _level_weight)
    return f"cast(case {cases} else {rest} end as double)"


def _cases(comparison: Mapping[str, Any], told: Any) -> tuple[str, str]:
    levels = comparison["comparison_levels"]
    when = [lv for lv in levels if lv["sql_condition"] != ELSE]
    last = next((lv for lv in levels if lv["sql_condition"] == ELSE), None)
    cases = " ".join(f"when {lv['sql_condition']} then {told(lv)}" for lv in when)
    return cases, told(last) if last else "null"


def _level_weight(level: Mapping[str, Any]) -> str:
    if level.get("is_null_level"):
        return "0.0"
    plain = math.log2(level["m_probability"] / level["u_probability"])
    column = level.get("tf_adjustment_column")
    if not column:
        return repr(plain)
    rarer = (
        f"coalesce(log2({level['u_probability']!r} / greatest(tf_{column}_l, tf_{column}_r)), 0)"
    )
    return f"({plain!r} + {rarer})"
