"""How many different people some parties are, from answers given two by two.

Who they are is known inside the compartment alone. Outside it there are only the
answers, and what they come to is a range.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import count


class Answer(StrEnum):
    """What somebody found who compared two parties."""

    SAME = "same"
    DIFFERENT = "different"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Range:
    """At least so many different people, and at most so many.

    Attributes:
        contradicts: two parties were found different that others make the same person;
            whatever ties those parties together is then left out of account.
    """

    at_least: int
    at_most: int
    contradicts: bool = False


type Pairs[P: Hashable] = Mapping[frozenset[P], Answer]


def distinct_range[P: Hashable](parties: Collection[P], answers: Pairs[P]) -> Range:
    """Return how many different people `parties` are, as far as `answers` tell.

    Whom nobody compared might be one person or two. At most: as many as are not found
    to be the same. At least: the fewest into which those found different can fall.
    """
    wanted = set(parties)
    known = {pair: answer for pair, answer in answers.items() if len(pair) == 2 and pair <= wanted}  # noqa: PLR2004
    same = [pair for pair, answer in known.items() if answer is Answer.SAME]
    apart = [pair for pair, answer in known.items() if answer is Answer.DIFFERENT]
    group = _groups(wanted, same)
    broken = {group[min(pair, key=repr)] for pair in apart if _is_within(pair, group)}
    if broken:
        same = [pair for pair in same if group[next(iter(pair))] not in broken]
        apart = [pair for pair in apart if not _is_within(pair, group)]
        group = _groups(wanted, same)
    edges = {frozenset(group[party] for party in pair) for pair in apart}
    most = len(set(group.values()))
    return Range(_fewest(edges) if edges else min(1, most), most, contradicts=bool(broken))


def _is_within[P: Hashable](pair: frozenset[P], group: Mapping[P, int]) -> bool:
    return len({group[party] for party in pair}) == 1


def _groups[P: Hashable](parties: Iterable[P], same: Iterable[frozenset[P]]) -> dict[P, int]:
    """Return, for each party, the number of the person they are found to be."""
    group = {party: number for number, party in enumerate(parties)}
    for pair in same:
        first, second = (group[party] for party in pair)
        group = {party: first if number == second else number for party, number in group.items()}
    return group


def _fewest(edges: Collection[frozenset[int]]) -> int:
    """Return the fewest people into which groups fall, some pairs of which are different people."""
    around: dict[int, set[int]] = {}
    for edge in edges:
        one, other = edge
        around.setdefault(one, set()).add(other)
        around.setdefault(other, set()).add(one)
    order = sorted(around, key=lambda node: (-len(around[node]), node))
    return next(people for people in count(2) if _falls_into(people, order, around, {}))


def _falls_into(
    people: int, order: list[int], around: Mapping[int, set[int]], given: dict[int, int]
) -> bool:
    if len(given) == len(order):
        return True
    node = order[len(given)]
    taken = {given[other] for other in around[node] if other in given}
    # A person not yet met is like any other not yet met: one of them is enough to try.
    for person in range(min(people, max(given.values(), default=-1) + 2)):
        if person not in taken and _falls_into(people, order, around, {**given, node: person}):
            return True
    return False
