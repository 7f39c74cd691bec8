"""How near an entry was to somebody deciding."""

import pytest
from tests.unit.core.conduct.building import fact

from onrecord.core.conduct.reachability import Reach, reachability

OURS, THEIRS = "NSP:VETTING", "WMP:CRIME"


def _reach(*checks, held=frozenset({THEIRS})):
    entry = fact("case_reported")
    (found,) = reachability([entry], checks=checks, decider=OURS, held={entry.lineage: held})
    return found.reach


def _check(*, done, required, reaches=(THEIRS,)):
    return fact("clearance_check", was_done=done, was_required=required, reaches=reaches)


def test_what_the_decider_itself_held_was_seen():
    assert _reach(held=frozenset({OURS, THEIRS})) is Reach.SEEN


@pytest.mark.parametrize(
    ("done", "required", "reach"),
    [
        (True, True, Reach.SEEN),
        (True, None, Reach.SEEN),
        (False, True, Reach.REQUIRED_CHECK_NOT_RUN),
        (False, False, Reach.OPTIONAL_CHECK),
        (False, None, Reach.NOT_ASSESSED),
    ],
)
def test_a_check_that_would_have_reached_it_gives_the_label(done, required, reach):
    assert _reach(_check(done=done, required=required)) is reach


def test_a_check_of_somewhere_else_says_nothing():
    assert _reach(_check(done=True, required=True, reaches=("EHP:CRIME",))) is Reach.NOT_ASSESSED


def test_without_checks_nothing_is_guessed():
    assert _reach() is Reach.NOT_ASSESSED


def test_of_two_checks_not_run_the_required_one_counts():
    checks = (_check(done=False, required=False), _check(done=False, required=True))

    assert _reach(*checks) is Reach.REQUIRED_CHECK_NOT_RUN
