"""Join things that are one: records into people, cases into incidents."""

from collections import defaultdict
from collections.abc import Hashable, Iterable


def joined[T: Hashable](
    members: Iterable[T], pairs: Iterable[tuple[T, T]], apart: Iterable[tuple[T, T]] = ()
) -> dict[T, T]:
    """Return, for every member, the least member of the group that `pairs` join it to.

    Members must be comparable. A pair that names something not among the members
    joins it too: it has been judged, so it belongs. Pairs are taken in their order, and one
    that would bring two together that are `apart`, however far round, joins nothing.
    """
    parent: dict[T, T] = {member: member for member in members}
    against: dict[T, set[T]] = defaultdict(set)
    for one, other in apart:
        against[one].add(other)
        against[other].add(one)

    def find(item: T) -> T:
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def are_apart(one: T, other: T) -> bool:
        fewer, root = min(
            (against.get(one, ()), other), (against.get(other, ()), one), key=lambda x: len(x[0])
        )
        return any(item in parent and find(item) == root for item in fewer)

    for one, other in pairs:
        a, b = find(one), find(other)
        if a != b and not (against and are_apart(a, b)):
            low, high = (a, b) if a < b else (b, a)  # type: ignore[operator]
            parent[high] = low
            if high in against:
                against[low] |= against.pop(high)
    return {member: find(member) for member in list(parent)}
