"""What several judgements of one pair come to.

A source's own list and a person at the desk may both have spoken of two records. Whoever says
that they are two is believed before whoever says that they are one: a wrong link puts another
person's allegation on a record, a missing one can be made at any time.
"""

import uuid
from collections.abc import Iterable

from onrecord.core.kernel.facts import Fact


def same_pairs(judgements: Iterable[Fact]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return the pairs of records that are held to be one person: judged so, and by nobody otherwise."""
    said: dict[tuple[uuid.UUID, uuid.UUID], set[str]] = {}
    for fact in judgements:
        said.setdefault((fact["record_a"], fact["record_b"]), set()).add(fact["judgement"])
    return [pair for pair, words in said.items() if "same" in words and "not_same" not in words]
