"""The Merkle tree of RFC 9162: a root for a list, and proofs that something is in it.

Reference: RFC 9162 (Certificate Transparency Version 2.0), §2.1.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256(b"").digest()
_NODE_PREFIX = b"\x01"


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(_NODE_PREFIX + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """The right edge of a growing tree: all that is needed to add to it.

    `peaks[i]` is the root of a perfect subtree of 2**i leaves, or `None`.
    """

    size: int = 0
    peaks: list[bytes | None] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the end."""
        self.size += 1
        level = 0
        while level < len(self.peaks) and (peak := self.peaks[level]) is not None:
            leaf = node_hash(peak, leaf)
            self.peaks[level] = None
            level += 1
        if level == len(self.peaks):
            self.peaks.append(leaf)
        else:
            self.peaks[level] = leaf

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add many leaf hashes, in order."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """Return the root of everything added so far."""
        result: bytes | None = None
        for peak in self.peaks:
            if peak is not None:
                result = peak if result is None else node_hash(peak, result)
        return EMPTY_ROOT if result is None else result


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over `leaves`, holding only its right edge."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the audit path of leaf `index` (RFC 9162 §2.1.3.1), lowest node first."""
    return inclusion_proofs(leaves, [index])[index]


def inclusion_proofs(leaves: Sequence[bytes], indexes: Iterable[int]) -> dict[int, list[bytes]]:
    """Return the audit paths of several leaves, hashing the tree once."""
    paths: dict[int, list[bytes]] = {index: [] for index in indexes}
    places = {index: index for index in paths}
    level = list(leaves)
    while len(level) > 1:
        for index, place in places.items():
            sibling = place ^ 1
            if sibling < len(level):
                paths[index].append(level[sibling])
            places[index] = place // 2
        level = _level_above(level)
    return paths


def _level_above(level: Sequence[bytes]) -> list[bytes]:
    pairs = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether `path` proves that `leaf` stands at `index` of a tree of `size` (§2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, result = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            result = node_hash(sibling, result)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and result == root
