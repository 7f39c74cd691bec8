"""A view: a moment, and whose eyes the record is read with."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.timekeeping.views import View

views = st.builds(
    View,
    st.integers(0, 10**6),
    st.none() | st.dates(),
    st.booleans(),
    st.none() | st.frozensets(st.integers(1, 30)),
)


@given(views, st.dates())
def test_a_screen_sees_the_day_itself_and_a_replay_stops_before_it(view, day):
    assert View(1, on=day).admits_known_on(day)
    assert not View(1, on=day, includes_day=False).admits_known_on(day)


@given(st.dates(date(2, 1, 1)), st.dates())
def test_before_a_day_is_through_the_day_before(on, known_on):
    before = View(1, on=on, includes_day=False)
    through = View(1, on=on - timedelta(days=1))
    assert before.admits_known_on(known_on) == through.admits_known_on(known_on)


@given(views, st.dates(), st.dates())
def test_what_was_known_on_a_day_stays_known_on_later_ones(view, day, known_on):
    if view.on is not None and view.admits_known_on(known_on) and day >= view.on:
        assert replace(view, on=day).admits_known_on(known_on)


@given(views, st.dates())
def test_without_a_day_everything_is_known(view, known_on):
    assert view.at_end_of_record().admits_known_on(known_on)


@given(views)
def test_joined_up_forgets_whose_eyes_and_nothing_else(view):
    assert view.joined_up() == View(view.position, view.on, view.includes_day, None)


@given(views, st.frozensets(st.integers(1, 30)))
def test_as_visible_to_changes_whose_eyes_and_nothing_else(view, holders):
    assert view.as_visible_to(holders).held_by == holders
    assert view.as_visible_to(holders).joined_up() == view.joined_up()


@given(views)
def test_the_end_of_the_record_keeps_the_position(view):
    assert view.at_end_of_record().position == view.position


def test_nobodys_eyes_are_not_everybodys():
    assert View(1, held_by=frozenset()).describe() != View(1).describe()


def test_a_view_is_written_in_one_way():
    view = View(14, on=date(2014, 4, 21), held_by=frozenset({7, 3}))
    assert view.describe() == "known through 2014-04-21; held by 3,7; recorded by 14"
    assert replace(view, includes_day=False).describe().startswith("known before 2014-04-21;")
    assert View(14).describe() == "known through any; held by all; recorded by 14"


def test_a_view_cannot_be_changed_once_made():
    one = View(1)
    assert {one, View(1)} == {one}
