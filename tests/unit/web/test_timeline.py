"""The picture: where marks stand, and that its axis gives nothing away."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.components.timeline.component import LEVELS, STEP, Lane, Mark, Timeline, draw

UNTIL = date(2026, 11, 22)
DAYS = st.dates(min_value=date(1960, 1, 1), max_value=UNTIL)


def picture(days, stop=None):
    lane = Lane("Northshire Police", "complaints", tuple(Mark(day, "dot", "x") for day in days))
    return draw(Timeline("Everything", (lane,), (), until=UNTIL, stop=stop))


@given(st.lists(DAYS, min_size=1, max_size=120))
def test_every_mark_is_drawn_or_counted(days):
    (lane,) = picture(days).lanes

    assert len(lane.marks) + sum(number for _, _, number in lane.more) == len(days)


@given(st.lists(DAYS, min_size=1, max_size=120))
def test_marks_stand_in_time_within_the_axis_and_never_cover_one_another(days):
    drawing = picture(days)
    (lane,) = drawing.lanes
    by_row = {}
    for placed in lane.marks:
        assert drawing.left <= placed.x <= drawing.right
        by_row.setdefault(placed.y, []).append(placed.x)

    assert len(by_row) <= LEVELS
    for row in by_row.values():
        assert all(after - before >= STEP for before, after in pairwise(row))


def test_the_axis_ends_today_whatever_day_is_shown():
    marks = [date(2006, 8, 1)]
    early, late = picture(marks, stop=date(2007, 1, 1)), picture(marks, stop=date(2020, 7, 14))

    assert early.ticks == late.ticks
    assert early.lanes == late.lanes
    assert early.stop_x < late.stop_x


def test_a_day_before_everything_and_an_empty_picture_are_drawn():
    assert picture([], stop=date(1999, 1, 1)).lanes[0].marks == ()
    assert picture([UNTIL - timedelta(days=1)]).ticks
