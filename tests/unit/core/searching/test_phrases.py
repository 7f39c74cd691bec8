"""A phrase asks for the pairs it is made of; everything else stays as it was typed."""

import pytest

from onrecord.core.searching.phrases import with_pairs


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("'rude'", "'rude'"),
        ("'rude' & 'shout'", "'rude' & 'shout'"),
        ("'rude' | !'shout'", "'rude' | !'shout'"),
        ("", ""),
        ("'a' <-> 'b'", "( 'a' <-> 'b' & ( 'a 1 b' | '...' ) )"),
        ("'a' <-> 'b' <2> 'c'", "( 'a' <-> 'b' <2> 'c' & ( 'a 1 b' & 'b 2 c' | '...' ) )"),
        ("'x' & !( 'a' <-> 'b' )", "'x' & !( ( 'a' <-> 'b' & ( 'a 1 b' | '...' ) ) )"),
        ("'o''b' <-> 'c\\\\d'", "( 'o''b' <-> 'c\\\\d' & ( 'o''b 1 c\\\\d' | '...' ) )"),
    ],
)
def test_pairs_are_asked_for_beside_each_phrase(typed, asked):
    assert with_pairs(typed) == asked
