"""Whether two times met, against every way in which their missing days could be filled in."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.conflicts.spans import Meeting, Span, meeting, shared

START = date(2010, 1, 1)
DAYS = [START + timedelta(days=n) for n in range(7)]
BEFORE, AFTER = START - timedelta(days=5), START + timedelta(days=20)

days = st.one_of(st.none(), st.sampled_from(DAYS))
spans = st.builds(Span, days, days)


def completions(span: Span) -> list[tuple[date, date]]:
    """Every whole span that `span` could be: a missing end is read as going on."""
    if span.is_muddled:
        span = Span()
    last = span.last or AFTER
    firsts = [span.first] if span.first else [BEFORE, *DAYS, AFTER]
    return [(first, last) for first in firsts if first <= last]


def plainly(one: Span, other: Span) -> Meeting:
    answers = {
        max(a[0], b[0]) <= min(a[1], b[1]) for a in completions(one) for b in completions(other)
    }
    if answers == {True}:
        return Meeting.TOGETHER
    return Meeting.APART if answers == {False} else Meeting.NOT_KNOWN


@given(spans, spans)
def test_apart_is_never_said_unless_no_way_of_filling_in_makes_them_meet(one, other):
    expected = plainly(one, other)
    found = meeting(one, other)

    assert (found is Meeting.APART) == (expected is Meeting.APART)


@given(spans, spans)
def test_together_is_never_said_unless_every_way_of_filling_in_makes_them_meet(one, other):
    if meeting(one, other) is Meeting.TOGETHER:
        assert plainly(one, other) is Meeting.TOGETHER


@given(st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_with_every_day_recorded_there_is_no_doubt(a, b, c, d):
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))

    assert meeting(one, other) is plainly(one, other)
    assert meeting(one, other) is not Meeting.NOT_KNOWN


@given(spans, spans)
def test_it_does_not_matter_who_is_asked_first(one, other):
    assert meeting(one, other) is meeting(other, one)
    assert shared(one, other) == shared(other, one)


@given(spans)
def test_a_time_without_dates_may_have_met_any_other_that_has_begun(span):
    assert meeting(Span(), span) is Meeting.NOT_KNOWN


def test_last_and_first_day_being_one_day_is_together():
    assert meeting(Span(DAYS[0], DAYS[2]), Span(DAYS[2], DAYS[4])) is Meeting.TOGETHER
    assert meeting(Span(DAYS[0], DAYS[1]), Span(DAYS[2], DAYS[4])) is Meeting.APART


def test_days_that_contradict_each_other_are_not_believed():
    assert meeting(Span(DAYS[4], DAYS[1]), Span(DAYS[6])) is Meeting.NOT_KNOWN
