"""The tree of RFC 9162, against a recursive definition written from the RFC alone."""

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.ledger.canonical import leaf_hash
from onrecord.core.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    inclusion_proof,
    inclusion_proofs,
    is_included,
    root_of,
)

# What the leaves of the reference implementations of certificate transparency hold.
REFERENCE = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                 "606162636465666768696a6b6c6d6e6f")
]  # fmt: skip
REFERENCE_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
_ROUNDS = 400


def _leaves(count):
    return [leaf_hash(b"%d" % number) for number in range(count)]


def _split(size):
    """The largest power of two smaller than `size` (RFC 9162, section 2.1.1)."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def _root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = _split(len(leaves))
    return hashlib.sha256(b"\x01" + _root(leaves[:k]) + _root(leaves[k:])).digest()


def _path(index, leaves):
    """PATH(m, D_n) of RFC 9162, section 2.1.3.1."""
    if len(leaves) <= 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*_path(index, leaves[:k]), _root(leaves[k:])]
    return [*_path(index - k, leaves[k:]), _root(leaves[:k])]


@pytest.mark.parametrize("size", range(9))
def test_the_root_is_the_known_one(size):
    leaves = [leaf_hash(data) for data in REFERENCE[:size]]
    assert root_of(leaves).hex() == REFERENCE_ROOTS[size]
    assert _root(leaves).hex() == REFERENCE_ROOTS[size]


def test_a_tree_of_nothing_has_the_hash_of_nothing():
    assert EMPTY_ROOT == Frontier().root() == hashlib.sha256(b"").digest()


@given(st.integers(0, 130))
def test_the_root_is_the_recursive_one(size):
    assert root_of(_leaves(size)) == _root(_leaves(size))


@given(st.lists(st.integers(0, 9), max_size=8))
def test_a_tree_grown_in_steps_is_the_tree_grown_at_once(steps):
    frontier, leaves = Frontier(), _leaves(sum(steps))
    start = 0
    for step in steps:
        frontier.extend(leaves[start : start + step])
        start += step
        assert frontier.size == start
        assert frontier.root() == _root(leaves[:start])


def test_only_the_right_edge_is_kept():
    frontier = Frontier()
    frontier.extend(_leaves(1000))
    assert len(frontier.peaks) == (1000).bit_length()


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))))
def test_a_proof_is_the_path_of_the_rfc_and_is_accepted(drawn):
    size, index = drawn
    leaves = _leaves(size)
    path = inclusion_proof(leaves, index)
    assert path == _path(index, leaves)
    assert is_included(leaves[index], index, size, path, _root(leaves))


def test_many_proofs_at_once_are_the_same_as_one_by_one():
    leaves = _leaves(37)
    many = inclusion_proofs(leaves, [36, 0, 5])
    assert many == {index: inclusion_proof(leaves, index) for index in (0, 5, 36)}


def _mutations(rnd, proof):
    """Every way of bending a proof that must make it fail."""
    leaf, index, size, path, root = proof
    yield "another leaf", (leaf_hash(b"other"), index, size, path, root)
    yield "a bit of the leaf", (_flipped(leaf, rnd), index, size, path, root)
    yield "a bit of the root", (leaf, index, size, path, _flipped(root, rnd))
    yield "an empty root", (leaf, index, size, path, b"")
    yield "the root of nothing", (leaf, index, size, path, EMPTY_ROOT)
    yield "an index below nought", (leaf, -1, size, path, root)
    yield "an index past the end", (leaf, size, size, path, root)
    yield "an empty tree", (leaf, 0, 0, path, root)
    yield "one node more", (leaf, index, size, [*path, leaf], root)
    yield "one node before", (leaf, index, size, [leaf, *path], root)
    yield "the root as a node", (leaf, index, size, [*path, root], root)
    if size > 1:
        yield "no path", (leaf, index, size, [], root)
        yield "the leaf for the root", (leaf, index, size, path, leaf)
        yield "the last node cut off", (leaf, index, size, path[:-1], root)
        yield "the first node cut off", (leaf, index, size, path[1:], root)
        place = rnd.randrange(len(path))
        bent = [*path[:place], _flipped(path[place], rnd), *path[place + 1 :]]
        yield "a bit of a node", (leaf, index, size, bent, root)
        yield "a node twice", (leaf, index, size, [*path[:place], path[place], *path[place:]], root)
        yield (
            "the neighbour's index",
            (leaf, index ^ 1 if index ^ 1 < size else index - 1, size, path, root),
        )
    if len(path) > 1 and path[0] != path[-1]:
        yield "the path backwards", (leaf, index, size, path[::-1], root)


def _flipped(value, rnd):
    place = rnd.randrange(len(value))
    return value[:place] + bytes([value[place] ^ (1 << rnd.randrange(8))]) + value[place + 1 :]


def test_a_bent_proof_is_refused():
    rnd = random.Random(9162)  # noqa: S311 - a seed that anybody can run again
    refused = 0
    for _ in range(_ROUNDS):
        size = rnd.randint(1, 70)
        index = rnd.randrange(size)
        leaves = _leaves(size)
        proof = leaves[index], index, size, inclusion_proof(leaves, index), _root(leaves)
        assert is_included(*proof)
        for title, bent in _mutations(rnd, proof):
            assert not is_included(*bent), (title, size, index)
            refused += 1
    assert refused > 5000


def test_a_proof_for_one_size_of_the_tree_is_no_proof_for_a_size_of_other_shape():
    """Sizes under which the path has another length, or turns another way, are refused."""
    leaves = _leaves(8)
    for index in range(7):
        path = inclusion_proof(leaves[:7], index)
        for size in (1, 2, 3, 4, 15, 16, 64):
            if size > index:
                assert not is_included(leaves[index], index, size, path, _root(leaves[:7]))


def test_an_inner_node_is_not_a_leaf_of_a_smaller_tree():
    leaves = _leaves(4)
    inner = _root(leaves[:2])
    assert is_included(inner, 0, 2, [_root(leaves[2:])], _root(leaves))  # the hash is right …
    assert leaf_hash(leaves[0] + leaves[1]) != inner  # … and no data hashes to it as a leaf
