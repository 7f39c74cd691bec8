"""The rules find planted stories and leave ordinary work alone; the simulator plants what it says."""

from onrecord.core.looking.rules import rules
from onrecord.core.looking.simulated import Outcome, Simulation, measure, simulate


def test_three_seeds_find_most_stories_with_few_false_alarms() -> None:
    total = Outcome()
    for seed in (1, 2, 3):
        total.add(measure(simulate(seed)))
    assert total.found.total() + total.missed.total() == 36
    assert total.share_found >= 90
    assert total.false_alarms_per_thousand <= 2


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    one = simulate(4)
    assert one.looks[:500] == simulate(4).looks[:500]
    assert one.looks[:500] != simulate(5).looks[:500]


def test_a_story_for_every_rule_and_its_looks_are_in_the_stream() -> None:
    drawn = simulate(6)
    assert {story.rule for story in drawn.stories} == set(rules())
    numbers = {look.number: look for look in drawn.looks}
    assert all(numbers[look.number] == look for story in drawn.stories for look in story.looks)
    assert all(look.account == story.account for story in drawn.stories for look in story.looks)


def test_without_the_looks_of_the_stories_nothing_is_found() -> None:
    drawn = simulate(7)
    planted = {look.number for story in drawn.stories for look in story.looks}
    honest = [look for look in drawn.looks if look.number not in planted]
    outcome = measure(Simulation(honest, drawn.known, drawn.stories, drawn.user_days))
    assert outcome.found.total() == 0
    assert outcome.missed.total() == 12
