"""What may be recorded of a victim, and when nobody is to contact them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from onrecord.core.conduct.victims import CHANNELS, ENTRY_KINDS, no_contact_because, what_is_wrong


@dataclass
class Said:
    kind: str
    what: str
    state: str
    on_day: date
    recorded_at: datetime


def told(*entries):
    first = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Said(kind, what, state, first.date(), first + timedelta(minutes=place))
        for place, (kind, what, state) in enumerate(entries)
    ]


NOT_SAFE = ("no_contact", "not_safe", "")
NO_CHANNEL = ("no_contact", "no_safe_channel", "")
CHANNEL = ("safe_channel", "", "")


@pytest.mark.parametrize(
    ("entries", "because"),
    [
        ([], ""),
        ([NOT_SAFE], "not_safe"),
        ([NOT_SAFE, ("wish", "", "wants_contact")], ""),
        ([("wish", "", "wants_contact"), NOT_SAFE], "not_safe"),
        ([("wish", "", "wants_no_contact")], "asked_not_to"),
        ([NO_CHANNEL, CHANNEL], ""),
        ([NOT_SAFE, CHANNEL], "not_safe"),
        ([NOT_SAFE, CHANNEL, CHANNEL], "not_safe"),
        ([NOT_SAFE, ("contact", "first", "no_answer")], "not_safe"),
        ([NOT_SAFE, ("contact", "first", "reached")], ""),
        ([NOT_SAFE, ("update", "progress", "")], "not_safe"),
    ],
)
def test_no_contact_stands_until_the_victim_or_a_contact_ends_it(entries, because):
    assert no_contact_because(told(*entries)) == because


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_each_kind_takes_its_own_answers_and_no_others(kind):
    told = ENTRY_KINDS[kind]
    what, state = next(iter(told.whats), ""), next(iter(told.states), "")
    channel = next(iter(CHANNELS)) if told.has_channel else ""
    assert what_is_wrong(kind, what, state, channel, {next(iter(told.words)): "x"}) == {}
    assert set(what_is_wrong(kind, "x", "x", "x", {})) == {"what", "state", "channel"}
    assert what_is_wrong(kind, what, state, channel, {"shoe_size": "9"}) != {}


@pytest.mark.parametrize(
    ("what", "state", "is_right"),
    [
        ("sexual_offence", "statutory", True),
        ("sexual_offence", "policy", False),
        ("domestic_abuse", "statutory", False),
        ("domestic_abuse", "policy", True),
    ],
)
def test_anonymity_says_rightly_whether_statute_or_policy_gives_it(what, state, is_right):
    assert (what_is_wrong("anonymity", what, state, "", {}) == {}) is is_right
