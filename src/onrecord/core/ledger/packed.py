"""Inclusion proofs out of millions of leaves, without an object for each.

Leaves lie end to end in one run of bytes. Each level of the tree is made from the
one below and then takes its place, so the largest batch needs the room of its
leaves and half as much again.
"""

import hashlib
from collections.abc import Iterable

from onrecord.core.ledger.merkle import EMPTY_ROOT

HASH_BYTES = 32
_BLOCK = 1 << 20
_sha256 = hashlib.sha256


def packed_proofs(leaves: bytes, indexes: Iterable[int]) -> tuple[bytes, dict[int, list[bytes]]]:
    """Return the root over `leaves`, and the audit paths of some of them (RFC 9162 §2.1.3)."""
    paths: dict[int, list[bytes]] = {index: [] for index in indexes}
    places = {index: index for index in paths}
    level = memoryview(leaves)
    size = len(leaves) // HASH_BYTES
    while size > 1:
        for index, place in places.items():
            if place ^ 1 < size:
                paths[index].append(bytes(_node(level, place ^ 1)))
            places[index] = place // 2
        level = memoryview(_level_above(level, size))
        size = len(level) // HASH_BYTES
    return (bytes(level) if size else EMPTY_ROOT), paths


def _node(level: memoryview, place: int) -> memoryview:
    return level[place * HASH_BYTES : (place + 1) * HASH_BYTES]


def _level_above(level: memoryview, size: int) -> bytearray:
    pair = 2 * HASH_BYTES
    whole = size // 2 * pair
    above = bytearray()
    # A block at a time: joining them all at once would first make an object of each.
    for start in range(0, whole, _BLOCK):
        block = range(start, min(start + _BLOCK, whole), pair)
        above += b"".join(_sha256(b"\x01" + level[at : at + pair]).digest() for at in block)
    return above + level[whole:]
