"""What several judgements of one pair, and judgements of several pairs, come to.

A source's own list and a person at the desk may both have spoken of two records, or two cases.
Whoever says that they are two is believed before whoever says that they are one: a wrong link
puts another person's allegation on a record, a missing one can be made at any time.

So a chain cannot go round it either. Where A is B, and B is C, but A is not C, one of the links
gives way: a model's before a source's, a source's before a person's, and of two of a kind the
one that was written later.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.joining import joined

BY_HAND = "by hand"
"""The method of a judgement that a person made here."""
SECOND_READING = "second reading"
"""The method of what a second person said, who did not know what the first had."""
BY_MODEL = "model "
"""What the method of a judgement begins with where no person made it, nor a source."""

HELD_SQL = "bool_or(judgement = 'same') and not bool_or(judgement = 'not_same')"
"""That a pair is held to be one, in SQL, of its judgements."""
APART_SQL = "bool_or(judgement = 'not_same')"
"""That a pair is held to be two, in the same way."""
SUREST_FIRST_SQL = (
    f"min(case when method in ('{BY_HAND}', '{SECOND_READING}') then 0"
    f" when starts_with(method, '{BY_MODEL}') then 2 else 1 end)"
    " filter (where judgement = 'same'), min(fact_id) filter (where judgement = 'same')"
)
"""The order in which pairs held to be one are believed, in the same way."""


@dataclass(frozen=True, slots=True)
class Held[T: Hashable]:
    """What is held of some pairs.

    Attributes:
        same: judgements that hold two to be one, of pairs that nobody holds to be two, surest first.
        pairs: the same as pairs, each once.
        apart: pairs that somebody holds to be two.
    """

    same: tuple[Fact, ...]
    pairs: tuple[tuple[T, T], ...]
    apart: frozenset[tuple[T, T]]

    def groups(self, members: Iterable[T] = ()) -> dict[T, T]:
        """Return, for every member and everything in a pair, the least that it is one with."""
        return joined(members, self.pairs, self.apart)


def held(
    judgements: Iterable[Fact], one: str, other: str, of: Callable[[Any], Any] = lambda x: x
) -> Held[Any]:
    """Return what is held of the pairs that judgements name in columns `one` and `other`.

    `of` says what stands for each of the two, if not itself: an incident for its case.
    """
    by_pair: dict[tuple[Any, Any], list[Fact]] = defaultdict(list)
    for fact in judgements:
        low, high = sorted((of(fact[one]), of(fact[other])))
        by_pair[low, high].append(fact)
    apart = {p for p, many in by_pair.items() if any(f["judgement"] == "not_same" for f in many)}
    same = {
        pair: [fact for fact in many if fact["judgement"] == "same"]
        for pair, many in by_pair.items() if pair not in apart
    }  # fmt: skip
    pairs = sorted((pair for pair in same if same[pair]), key=lambda pair: _sureness(same[pair]))
    return Held(
        tuple(fact for pair in pairs for fact in same[pair]), tuple(pairs), frozenset(apart)
    )


def _sureness(same: Iterable[Fact]) -> tuple[int, int]:
    many = list(same)
    return min(_rank(f["method"]) for f in many), min(f.fact_id for f in many)


def _rank(method: str | None) -> int:
    return (
        0
        if method in {BY_HAND, SECOND_READING}
        else 2
        if (method or "").startswith(BY_MODEL)
        else 1
    )
