"""One mention, as somebody types it, against those that are known: in milliseconds.

The shape and the sum are those of a batch, in the same SQL. DuckDB takes longer to plan a
statement than to work out one row of it, so it plans as little as it can; known mentions are
handed in, and whoever holds them finds them by `keys`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.core.linkage.keys import keys_of
from onrecord.core.linkage.specs import LinkSpec
from onrecord.core.linkage.standardising import (
    LETTERS,
    PLAIN_LETTERS,
    RAW,
    prepare,
    standardised_sql,
)
from onrecord.core.linkage.weighing import (
    Weighed,
    columns_used,
    frequency_columns,
    weighed_of,
    weighing_sql,
)

type Shaped = dict[str, Any]
"""A mention in one shape: the columns of `standardised_sql`, by name."""

ASKED = "asked"
"""What the mention that somebody types is called."""


@dataclass(frozen=True, slots=True)
class ShapedMention:
    """A mention in one shape, and the keys by which it is found."""

    values: Shaped
    keys: list[int]

    @property
    def says_nothing(self) -> bool:
        """Tell whether too little is given for anybody to be found by it."""
        return not self.keys


class Asker:
    """Shapes what is typed, and weighs it against known mentions, by one model.

    It is not to be used by two threads at once.
    """

    def __init__(self, spec: LinkSpec, weights: Mapping[str, Any]) -> None:
        """Make ready what does not depend on what will be typed."""
        self._weights = weights
        self._frequent = frequency_columns(weights)
        self._connection, self._plain = _connected(LETTERS), _connected(PLAIN_LETTERS)
        typed = ", ".join(f"?::{kind} as {name}" for name, kind in RAW.items())
        shaped = standardised_sql(f"(select {typed})", RAW)
        self._shape, self._blocking = shaped, spec.blocking
        nothing = [None] * len(RAW)
        self._names = [row[0] for row in self._run(f"describe {shaped}", nothing)]
        known = [name for name in columns_used(weights) if not name.startswith("tf_")]
        beside = "".join(f", 0.0::double as tf_{column}" for column in self._frequent)
        self._run(
            f"create table near as select mention, {', '.join(known)}{beside} from ({shaped}) limit 0",
            nothing,
        )
        pairs = f"near a join near b on a.mention = '{ASKED}' and b.mention <> '{ASKED}'"
        self._run(f"prepare weigh as {weighing_sql(weights, pairs)}")
        self._schema = self._connection.sql("from near").to_arrow_table().schema

    def shape(self, given: Mapping[str, Any]) -> ShapedMention:
        """Return what is `given`, by the names of `standardising.RAW`, in one shape."""
        told = dict(given) | {"mention": ASKED}
        is_plain = all(str(value).isascii() for value in told.values())
        connection = self._plain if is_plain else self._connection
        (row,) = connection.execute(self._shape, [told.get(name) for name in RAW]).fetchall()
        values = dict(zip(self._names, row, strict=True))
        return ShapedMention(values, keys_of(values, self._blocking))

    def weigh(
        self, one: Shaped, near: Sequence[Shaped], shares: Mapping[tuple[str, str], float]
    ) -> list[Weighed]:
        """Return the weight of a mention against each of others, with its parts, highest first.

        `shares` says, for a column and a value of it that the mention has, what share of all
        known mentions have that value. Rarity counts only where values are the same, so what is
        rare of the others is not asked.
        """
        if not near:
            return []
        frequent = {f"tf_{name}": shares.get((name, one[name])) for name in self._frequent}
        rows = pa.Table.from_pylist(
            [each | frequent for each in (one | {"mention": ASKED}, *near)], self._schema
        )
        self._run("delete from near")
        self._connection.register("given_rows", rows)
        self._run("insert into near from given_rows")
        self._connection.unregister("given_rows")
        found = weighed_of(self._weights, self._run("execute weigh"))
        return sorted(found, key=lambda each: (-each.weight, each.other))

    @property
    def frequent(self) -> tuple[str, ...]:
        """Return the columns whose rarity counts."""
        return self._frequent

    def _run(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, list(values)).fetchall()


def _connected(letters: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("set threads = 1").fetchall()
    # Planning costs more than it saves on one row.
    connection.execute("pragma disable_optimizer").fetchall()
    prepare(connection, letters)
    return connection
