"""The rules find planted stories and leave ordinary work alone; the simulator plants what it says."""

from functools import cache

from onrecord.core.looking.rules import rules
from onrecord.core.looking.simulated import Outcome, Simulation, measure, simulate

_drawn = cache(simulate)


def test_three_seeds_find_most_stories_with_few_false_alarms() -> None:
    total = Outcome()
    for seed in (200001, 200002, 200003):
        total.add(measure(_drawn(seed)))
    assert total.found.total() + total.missed.total() == 36
    assert total.share_found >= 90
    assert total.false_alarms_per_thousand <= 2


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    one = _drawn(200001)
    assert one.looks[:500] == simulate(200001).looks[:500]
    assert one.looks[:500] != _drawn(200002).looks[:500]


def test_a_story_for_every_rule_and_its_looks_are_in_the_stream() -> None:
    drawn = _drawn(200001)
    assert {story.rule for story in drawn.stories} == set(rules())
    numbers = {look.number: look for look in drawn.looks}
    assert all(numbers[look.number] == look for story in drawn.stories for look in story.looks)
    assert all(look.account == story.account for story in drawn.stories for look in story.looks)


def test_without_the_looks_of_the_stories_nothing_is_found() -> None:
    drawn = _drawn(200002)
    planted = {look.number for story in drawn.stories for look in story.looks}
    honest = [look for look in drawn.looks if look.number not in planted]
    outcome = measure(Simulation(honest, drawn.known, drawn.stories, drawn.user_days))
    assert outcome.found.total() == 0
    assert outcome.missed.total() == 12
