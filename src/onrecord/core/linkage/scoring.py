"""Score pairs of mentions: those that blocking brings together, then all within what hangs together."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from onrecord.core.kernel.errors import UsageError
from onrecord.core.linkage.engines import LinkEngine
from onrecord.core.linkage.specs import LinkSpec, Rule
from onrecord.core.linkage.training import quiet

MOST_PAIRS_A_MENTION = 2_000
"""Blocking that brings a mention together with more than this, on average, has a placeholder in it."""
PAIRS = "mention_l as one, mention_r as other, match_weight as weight"


def scored(linker: Any, *, least: float) -> Any:
    """Return the pairs that blocking brings together, of at least this weight, as Splink has them."""
    with quiet():
        return linker.inference.predict(threshold_match_weight=least)


def scored_within(linker: Any, spec: LinkSpec, engine: LinkEngine, path: Path) -> Any:
    """Return all pairs of mentions of one `component`, each with its weight. `path` has that column."""
    from splink import block_on

    with quiet():
        for column in spec.frequency_columns:
            linker.table_management.compute_tf_table(column)
        return linker.inference.predict_within(
            engine.registered(path), blocking_rules_to_generate_predictions=[block_on("component")]
        )


def as_table(engine: LinkEngine, frame: Any) -> pa.Table:
    """Return scored pairs as `one`, `other` and `weight` (log 2 of the odds that they are one person)."""
    return engine.table(frame, PAIRS)


def require_bounded(engine: LinkEngine, rules: Sequence[Rule], mentions: int) -> int:
    """Count the pairs that blocking would bring together, and refuse an explosion before it happens.

    Raises:
        UsageError: a rule brings together far too many; it says which, how many, and what to do.
    """
    total = 0
    for rule in rules:
        columns = ", ".join(rule)
        there = " and ".join(f"{column} is not null" for column in rule)
        found = engine.query(
            f"select coalesce(sum(n * (n - 1) / 2), 0), coalesce(max(n), 0) from"
            f" (select count(*) as n from mentions where {there} group by {columns})"
        )
        pairs, largest = int(found[0][0]), int(found[0][1])
        total += pairs
        if pairs > MOST_PAIRS_A_MENTION * max(mentions, 1):
            raise UsageError(
                f"Blocking by {columns.replace(', ', ' and ')} would compare {pairs:,} pairs;"
                f" one value alone is shared by {largest:,} mentions.",
                next_step="That value stands for not knowing: add it to the placeholders, or block by one column more.",
            )
    return total
