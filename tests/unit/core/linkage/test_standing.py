"""What a model says anew: what is new or changed, and what it takes back; never of what people judged."""

import pytest

from onrecord.core.linkage.standing import Changes, OnRecord, Standing, changes

PAIR, OTHER, JUDGED = ("a", "b"), ("c", "d"), ("e", "f")
NOW, BEFORE = "model people-2", "model people-1"


def on_record(*standing):
    return OnRecord(
        same=(JUDGED,), different=(), by_hand=frozenset({JUDGED}),
        standing=tuple(Standing(*pair, said, method) for pair, said, method in standing),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "standing", "fresh", "gone"),
    [
        ({PAIR: "same"}, [], (PAIR,), ()),
        ({PAIR: "same"}, [(PAIR, "same", NOW)], (), ()),
        ({PAIR: "same"}, [(PAIR, "same", BEFORE)], (PAIR,), ()),
        ({PAIR: "same"}, [(PAIR, "undecided", NOW)], (PAIR,), ()),
        ({}, [(PAIR, "same", NOW)], (), (PAIR,)),
        ({}, [(PAIR, "undecided", NOW)], (), ()),
        ({JUDGED: "undecided"}, [], (), ()),
        ({PAIR: "same"}, [(OTHER, "same", NOW)], (PAIR,), (OTHER,)),
    ],
)
def test_only_what_differs_is_said_and_what_is_found_no_more_is_taken_back(
    found, standing, fresh, gone
):
    assert changes(found, on_record(*standing), method=NOW) == Changes(fresh, gone)


def test_what_waits_for_a_person_is_taken_back_too():
    stands = on_record((PAIR, "undecided", NOW), (OTHER, "undecided", NOW))
    assert changes({}, stands, method=NOW, waiting={PAIR}).gone == (PAIR,)


def test_of_what_was_not_looked_at_nothing_is_taken_back():
    stands = on_record((PAIR, "same", NOW), (OTHER, "same", NOW))
    assert changes({}, stands, method=NOW, among={"d"}).gone == (OTHER,)
