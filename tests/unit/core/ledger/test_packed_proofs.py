"""Proofs made from packed leaves are the proofs of RFC 9162."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.ledger.merkle import inclusion_proofs, is_included, root_of
from onrecord.core.ledger.packed import packed_proofs


def leaves_of(size):
    return [hashlib.sha256(str(number).encode()).digest() for number in range(size)]


@given(st.integers(0, 200), st.data())
def test_packed_proofs_equal_those_made_from_a_list(size, data):
    leaves = leaves_of(size)
    wanted = data.draw(st.sets(st.integers(0, size - 1))) if size else set()
    root, paths = packed_proofs(b"".join(leaves), wanted)
    assert root == root_of(leaves)
    assert paths == inclusion_proofs(leaves, wanted)
    assert all(is_included(leaves[i], i, size, path, root) for i, path in paths.items())


@given(st.integers(2, 80), st.data())
def test_a_proof_holds_for_its_own_leaf_only(size, data):
    leaves = leaves_of(size)
    index, other = data.draw(st.permutations(range(size)))[:2]
    root, paths = packed_proofs(b"".join(leaves), [index])
    assert not is_included(leaves[other], index, size, paths[index], root)
