"""Dates as people type and read them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.wording.dates import day_typed, happened, short_date, uk_date, uk_moment


@pytest.mark.parametrize(
    "typed",
    [
        "14 July 2020",
        "14 jul 2020",
        "14th July, 2020",
        "14/7/2020",
        "14.07.2020",
        "14-7-2020",
        " 14  7  2020 ",
        "2020-07-14",
    ],
)
def test_the_ways_in_which_people_write_a_day_are_all_understood(typed):
    assert day_typed(typed) == date(2020, 7, 14)


@pytest.mark.parametrize(
    "typed",
    ["", "July 2020", "31/2/2020", "14/13/2020", "14 Juli 2020", "2020", "tomorrow", "14/7/20"],
)
def test_what_is_not_a_day_is_never_guessed(typed):
    assert day_typed(typed) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_that_was_shown_can_be_typed_back(day):
    assert day_typed(uk_date(day)) == day
    assert day_typed(short_date(day)) == day


def test_moments_are_told_by_the_clock_on_a_wall_in_the_united_kingdom():
    assert uk_moment(datetime(2020, 7, 14, 23, 30, tzinfo=UTC)) == "15 July 2020 at 00:30"


def test_a_span_of_days_is_one_day_a_span_or_not_known():
    assert happened(None, None) == "Not known"
    assert happened(date(2020, 7, 14), date(2020, 7, 14)) == "14 Jul 2020"
    assert happened(date(2020, 7, 1), date(2020, 7, 14)) == "1 Jul 2020 to 14 Jul 2020"
    assert happened(None, date(2020, 7, 14)) == "By 14 Jul 2020"
