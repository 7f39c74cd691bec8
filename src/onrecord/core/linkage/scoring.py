"""Score pairs of mentions: those that blocking brings together, then all within what hangs together."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from onrecord.core.kernel.errors import UsageError
from onrecord.core.linkage.engines import Engine
from onrecord.core.linkage.specs import Rule
from onrecord.core.linkage.training import quiet
from onrecord.core.linkage.weighing import frequency_columns

MOST_PAIRS_A_MENTION = 2_000
"""Blocking that brings a mention together with more than this, on average, has a placeholder in it."""
_PAIRS = "mention_l as one, mention_r as other, match_weight as weight"


def scored(linker: Any, engine: Engine, *, least: float) -> pa.Table:
    """Return the pairs that blocking brings together, of at least this weight.

    They are `one`, `other` and `weight`: log 2 of the odds that the two are one person.
    """
    with quiet():
        frame = linker.inference.predict(threshold_match_weight=least)
    return engine.table(frame, _PAIRS)


def scored_within(linker: Any, engine: Engine, model: Mapping[str, Any], hanging: Any) -> pa.Table:
    """Return all pairs of registered mentions that have one `component`, in the same way."""
    from splink import block_on

    with quiet():
        for column in frequency_columns(model):
            linker.table_management.compute_tf_table(column)
        frame = linker.inference.predict_within(
            hanging, blocking_rules_to_generate_predictions=[block_on("component")]
        )
    return engine.table(frame, _PAIRS)


def require_bounded(engine: Engine, rules: Sequence[Rule], mentions: int) -> None:
    """Count the pairs that blocking would bring together, and refuse an explosion before it happens.

    Raises:
        UsageError: a rule brings together far too many; it says which, how many, and what to do.
    """
    for rule in rules:
        columns = ", ".join(rule)
        there = " and ".join(f"{column} is not null" for column in rule)
        found = engine.query(
            f"select coalesce(sum(n * (n - 1) / 2), 0), coalesce(max(n), 0) from"
            f" (select count(*) as n from mentions where {there} group by {columns})"
        )
        pairs, largest = int(found[0][0]), int(found[0][1])
        if pairs > MOST_PAIRS_A_MENTION * max(mentions, 1):
            raise UsageError(
                f"Blocking by {columns.replace(', ', ' and ')} would compare {pairs:,} pairs;"
                f" one value alone is shared by {largest:,} mentions.",
                next_step="That value stands for not knowing: add it to the placeholders, or block by one column more.",
            )
