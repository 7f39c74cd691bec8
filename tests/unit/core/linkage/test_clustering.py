"""Groups are joined while they agree on average; what people judged is outvoted by nothing."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.linkage.clustering import MOST_WEIGHT, taken_apart


def people(mentions, weights, **more):
    groups, joins = taken_apart(mentions, [(*pair, w) for pair, w in weights.items()],
                                **({"least": 2.0} | more))  # fmt: skip
    return sorted("".join(sorted(group)) for group in groups), joins


def every(mentions, weight, **exceptions):
    found = dict.fromkeys(itertools.combinations(mentions, 2), weight)
    return found | {tuple(pair): w for pair, w in exceptions.items()}


def test_what_agrees_throughout_is_one_person():
    assert people("abc", every("abc", 9.0))[0] == ["abc"]


def test_a_chain_makes_no_person_of_a_father_and_a_son():
    # a and b are the father, d and e the son; c, with little on it, fits both.
    weights = every("abcde", -15.0, ab=14.0, de=14.0, ac=9.0, bc=8.0, cd=7.0, ce=6.0)
    assert people("abcde", weights)[0] == ["abc", "de"]


def test_one_odd_value_outvotes_nobody():
    weights = every("abcd", 14.0, ad=-400.0)
    assert people("abcd", weights)[0] == ["abcd"]


def test_judged_different_stays_apart_and_the_rest_goes_with_the_nearer():
    weights = every("abc", 12.0, ac=15.0)
    assert people("abc", weights, different=[("a", "b")])[0] == ["ac", "b"]


def test_judged_the_same_is_one_whatever_the_weights():
    assert people("abc", every("abc", -9.0), same=[("a", "b")])[0] == ["ab", "c"]


def test_nobody_is_larger_than_the_largest():
    groups, _ = people("abcdef", every("abcdef", 9.0), largest=4)
    assert max(map(len, groups)) <= 4


def test_a_pair_that_was_never_scored_keeps_apart():
    weights = {("a", "b"): 9.0, ("b", "c"): 9.0}
    assert len(people("abc", weights)[0]) == 2


def test_without_pairs_everybody_is_alone():
    assert people("ab", {})[0] == ["a", "b"]


@given(st.lists(st.floats(-25, 25), min_size=10, max_size=10), st.floats(-5, 5))
def test_cutting_later_is_joining_less(weights, least):
    """Those joins of at least a greater weight are what would have been joined for that one."""
    mentions = "abcde"
    pairs = dict(zip(itertools.combinations(mentions, 2), weights, strict=True))
    _, joins = people(mentions, pairs, least=least - 4)
    kept = sorted((j.one, j.other) for j in joins if j.weight >= least)
    _, fewer = people(mentions, pairs, least=least)
    assert kept == sorted((j.one, j.other) for j in fewer)


WEIGHTS = st.lists(st.floats(-MOST_WEIGHT, MOST_WEIGHT), min_size=10, max_size=10, unique=True)


@given(st.permutations("abcde"), WEIGHTS)
def test_the_order_of_mentions_changes_nothing(order, weights):
    pairs = dict(zip(itertools.combinations("abcde", 2), weights, strict=True))
    assert people(order, pairs)[0] == people("abcde", pairs)[0]
