"""Join things that are one: records into people, cases into incidents."""

from collections.abc import Hashable, Iterable


def joined[T: Hashable](members: Iterable[T], pairs: Iterable[tuple[T, T]]) -> dict[T, T]:
    """Return, for every member, the least member of the group that `pairs` join it to.

    Members must be comparable. A pair that names something not among the members
    joins it too: it has been judged, so it belongs.
    """
    parent: dict[T, T] = {member: member for member in members}

    def find(item: T) -> T:
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, other in pairs:
        a, b = find(one), find(other)
        if a != b:
            low, high = (a, b) if a < b else (b, a)  # type: ignore[operator]
            parent[high] = low
    return {member: find(member) for member in list(parent)}
