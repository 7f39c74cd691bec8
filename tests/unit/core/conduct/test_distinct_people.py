"""The range of different people is what the answers leave open, and no narrower."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.conduct.distinct import Answer, Range, distinct_range

PARTIES = range(6)
PAIRS = [frozenset(pair) for pair in combinations(PARTIES, 2)]
ANSWERS = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(Answer), max_size=len(PAIRS))


def worlds(parties):
    """Return every way in which parties may be people: who each of them is."""
    found = [{}]
    for party in parties:
        found = [
            {**world, party: person}
            for world in found
            for person in range(max(world.values(), default=-1) + 2)
        ]
    return found


WORLDS = worlds(PARTIES)


def agrees(world, answers):
    def holds(pair, answer):
        is_same = len({world[party] for party in pair}) == 1
        return answer is Answer.CANNOT_TELL or is_same == (answer is Answer.SAME)

    return all(holds(pair, answer) for pair, answer in answers.items())


@given(ANSWERS)
def test_the_range_is_that_of_every_world_that_agrees_with_the_answers(answers):
    sizes = [len(set(world.values())) for world in WORLDS if agrees(world, answers)]
    found = distinct_range(PARTIES, answers)
    assert found.contradicts == (not sizes)
    if sizes:
        assert (found.at_least, found.at_most) == (min(sizes), max(sizes))


@given(st.sampled_from(WORLDS), st.sets(st.sampled_from(PAIRS)))
def test_the_truth_is_always_within(world, compared):
    answers = {
        pair: Answer.SAME if len({world[p] for p in pair}) == 1 else Answer.DIFFERENT
        for pair in compared
    }
    found = distinct_range(PARTIES, answers)
    assert found.at_least <= len(set(world.values())) <= found.at_most
    assert not found.contradicts


@given(ANSWERS)
def test_a_range_runs_forwards_even_where_answers_contradict_each_other(answers):
    found = distinct_range(PARTIES, answers)
    assert 1 <= found.at_least <= found.at_most <= len(PARTIES)


def test_nobody_is_nobody_and_answers_about_others_change_nothing():
    assert distinct_range([], {PAIRS[0]: Answer.DIFFERENT}) == Range(0, 0)
    assert distinct_range([0], {PAIRS[0]: Answer.SAME}) == Range(1, 1)


def test_two_apart_and_two_not_compared_are_at_least_two_and_at_most_four():
    assert distinct_range("abcd", {frozenset("ab"): Answer.DIFFERENT}) == Range(2, 4)
