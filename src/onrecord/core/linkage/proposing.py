"""What a run of the model says of pairs of records: the same, or a person is to look.

Groups are joined; judgements are of pairs. A join is told by the pair between the two groups
that speaks loudest, so that whoever asks why is shown the best there is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from onrecord.core.kernel.joining import joined
from onrecord.core.linkage.clustering import Joined, Pair

SAME, UNDECIDED = "same", "undecided"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One pair, what the model says of it, and the average weight of the join that it stands for.

    Attributes:
        is_held_back: whether it would be the same but for a group of which a person is always asked.
    """

    one: str
    other: str
    judgement: str
    weight: float
    is_held_back: bool = False

    @property
    def pair(self) -> Pair:
        """Return the two, the lower first."""
        return self.one, self.other


def proposals(
    begun: Iterable[Pair],
    joins: Iterable[Joined],
    pairs: pa.Table,
    *,
    automatic: float,
    desk: float,
) -> list[Proposal]:
    """Return a pair for each join of at least the weight `desk`; from `automatic` on it is the same."""
    weights = _weights(pairs)
    members = _groups(begun)
    of = {mention: name for name, many in members.items() for mention in many}
    found = []
    for join in sorted(joins, key=lambda each: -each.weight):
        if join.weight < desk:
            break
        one, other = (of.setdefault(name, name) for name in (join.one, join.other))
        left, right = (members.setdefault(name, [name]) for name in (one, other))
        low, high = _loudest(left, right, weights) or (
            min(join.one, join.other),
            max(join.one, join.other),
        )
        judgement = SAME if join.weight >= automatic else UNDECIDED
        found.append(Proposal(low, high, judgement, join.weight))
        for mention in right:
            of[mention] = one
        members[one] = left + members.pop(other)
    return found


def held_back(found: Iterable[Proposal], asked_about: frozenset[str]) -> list[Proposal]:
    """Return proposals such that a person is asked wherever one of some mentions is in the pair."""
    return [
        replace(each, judgement=UNDECIDED, is_held_back=True)
        if each.judgement == SAME and not asked_about.isdisjoint(each.pair) else each
        for each in found
    ]  # fmt: skip


def _weights(pairs: pa.Table) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    columns = (pairs[name].to_pylist() for name in ("one", "other", "weight"))
    for one, other, weight in zip(*columns, strict=True):
        found.setdefault(one, {})[other] = weight
        found.setdefault(other, {})[one] = weight
    return found


def _groups(begun: Iterable[Pair]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for mention, name in joined((), begun).items():
        groups.setdefault(name, []).append(mention)
    return groups


def _loudest(
    left: list[str], right: list[str], weights: Mapping[str, Mapping[str, float]]
) -> Pair | None:
    """Return the pair between two groups of the greatest weight, the lower mention first."""
    pairs = [
        (weights[one][other], min(one, other), max(one, other))
        for one in left for other in right if other in weights.get(one, {})
    ]  # fmt: skip
    return max(pairs)[1:] if pairs else None
