"""From pairs to people: what hangs together is taken apart again where not all of it agrees.

A chain of likely pairs makes one person of a father and a son. So every pair within what
hangs together is scored, and groups are joined, the surest first, only while the *average*
weight between all their mentions is enough (average linkage). A pair judged different keeps
two groups apart whatever the weights; a pair judged the same joins them before anything else.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from onrecord.core.kernel.joining import joined

type Pair = tuple[str, str]
type Scored = tuple[str, str, float]

MOST_WEIGHT = 20.0
"""No single pair counts for more, for or against: an odd value must not outvote the rest."""
NEVER = -1e12
LARGEST = 60
"""No model makes a larger person than this by itself."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Two groups that were joined, and by what average weight."""

    one: str
    other: str
    weight: float


@dataclass(slots=True)
class _Groups:
    """Groups of mentions, each called by its least, with the sum of weights between any two."""

    members: dict[str, list[str]]
    between: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, one: str, other: str, weight: float) -> None:
        self.between[one][other] = self.between[one].get(other, 0.0) + weight
        self.between[other][one] = self.between[one][other]

    def average(self, one: str, other: str) -> float:
        return self.between[one].get(other, NEVER) / self._pairs(one, other)

    def join(self, one: str, other: str) -> None:
        theirs = self.between.pop(other)
        for third in {*self.between[one], *theirs} - {one, other}:
            self.between[third].pop(other, None)
            if third not in self.between[one]:  # nothing is known of them: as if they differed
                self.add(one, third, -MOST_WEIGHT * self._pairs(one, third))
            self.add(one, third, theirs.get(third, -MOST_WEIGHT * self._pairs(other, third)))
        self.between[one].pop(other, None)
        self.members[one] += self.members.pop(other)

    def _pairs(self, one: str, other: str) -> int:
        return len(self.members[one]) * len(self.members[other])


def taken_apart(
    mentions: Collection[str], pairs: Iterable[Scored], *, least: float,
    same: Iterable[Pair] = (), different: Collection[Pair] = (), largest: int = LARGEST,
) -> tuple[list[list[str]], list[Joined]]:  # fmt: skip
    """Return the people among some mentions, and how their groups came to be joined.

    `pairs` has every two of the mentions, each once, with its weight; one that is missing keeps
    the two apart as a weight of `-MOST_WEIGHT` would. Groups are joined from an average weight
    of `least` on, up to `largest` mentions. Pairs that are the `same` (so judged, or with one key
    of one source) are one group to begin with; whatever else is so, pairs judged `different`
    are never in one.
    """
    groups = _Groups(_begun(mentions, same))
    of = {mention: name for name, many in groups.members.items() for mention in many}
    _weigh(groups, of, pairs, different)
    heap = [
        (-groups.average(one, other), one, other)
        for one, others in groups.between.items() for other in others if one < other
    ]  # fmt: skip
    heapq.heapify(heap)
    made: list[Joined] = []
    while heap:
        claimed, one, other = heapq.heappop(heap)
        if one not in groups.members or other not in groups.members:
            continue
        now = groups.average(one, other)
        if now != -claimed or now < least:
            continue
        if len(groups.members[one]) + len(groups.members[other]) > largest:
            continue
        made.append(Joined(one, other, now))
        groups.join(one, other)
        for third in groups.between[one]:
            low, high = sorted((one, third))
            heapq.heappush(heap, (-groups.average(one, third), low, high))
    return list(groups.members.values()), made


def _begun(mentions: Collection[str], same: Iterable[Pair]) -> dict[str, list[str]]:
    """Return the groups to begin with: what is one already, called by its least mention."""
    there = set(mentions)
    least = joined(there, (pair for pair in same if there.issuperset(pair)))
    begun: dict[str, list[str]] = defaultdict(list)
    for mention in sorted(there):
        begun[least[mention]].append(mention)
    return begun


def _weigh(
    groups: _Groups, of: Mapping[str, str], pairs: Iterable[Scored], different: Collection[Pair]
) -> None:
    sums: dict[Pair, float] = defaultdict(float)
    counts: dict[Pair, int] = defaultdict(int)
    for one, other, weight in pairs:
        low, high = sorted((of[one], of[other]))
        if low != high:
            sums[low, high] += max(-MOST_WEIGHT, min(MOST_WEIGHT, weight))
            counts[low, high] += 1
    for (low, high), total in sums.items():
        missing = len(groups.members[low]) * len(groups.members[high]) - counts[low, high]
        groups.add(low, high, total - MOST_WEIGHT * missing)
    for one, other in different:
        if one in of and other in of and of[one] != of[other]:
            groups.add(of[one], of[other], NEVER)
