"""Conflicts of interest: what is a bar, what a supervisor decides, what is noted."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.conflicts.grades import Grade, Ground, gravest
from onrecord.core.conflicts.grading import conflicts_of
from onrecord.core.conflicts.spans import Meeting, Span, meeting
from onrecord.core.conflicts.ties import (
    Appearance,
    CaseTies,
    DeclaredTie,
    EarlierPart,
    Management,
    Membership,
    Part,
    Setting,
    Subject,
    Tie,
)
from onrecord.core.conflicts.wording import KEPT_APART

ME, ALSO_ME, THEM, STRANGER, OTHER_CASE = (uuid.UUID(int=n) for n in (1, 2, 3, 4, 5))
MINE = frozenset({ME, ALSO_ME})
PERIOD = Span(date(2012, 1, 1), date(2013, 12, 31))
CASE = CaseTies(PERIOD, subjects=(Subject(frozenset({THEM}), (70,)),))
UNDATED = Span()

days = st.one_of(st.none(), st.dates(date(2011, 1, 1), date(2015, 1, 1)))
spans = st.builds(Span, days, days)
settings_ = st.sampled_from(Setting)


def only(case: CaseTies):
    (found,) = conflicts_of(MINE, case)
    return found


def in_unit(record, span, fact, employer="NSP", setting=Setting.UNIT):
    return Membership(record, setting, employer, "Response A", span, fact)


def with_units(own: Span, theirs: Span, **changes) -> CaseTies:
    return replace(
        CASE, memberships=(in_unit(ME, own, 11, **changes), in_unit(THEM, theirs, 12, **changes))
    )


def test_somebody_with_no_tie_has_no_conflict():
    case = replace(
        CASE,
        memberships=(in_unit(STRANGER, PERIOD, 11), in_unit(THEM, PERIOD, 12)),
        managements=(Management(STRANGER, THEM, PERIOD, 13),),
        declared=(DeclaredTie(STRANGER, THEM, Tie.PARTNER, PERIOD, 1),),
    )

    assert conflicts_of(MINE, case) == ()
    assert gravest(()) is None


def test_a_subject_is_barred_by_any_of_their_records():
    case = replace(CASE, subjects=(Subject(frozenset({ALSO_ME, STRANGER}), (70, 71)),))
    found = only(case)

    assert (found.grade, found.ground, found.facts) == (Grade.BAR, Ground.SUBJECT, (70, 71))


def test_being_a_subject_does_not_tie_somebody_to_themselves():
    case = replace(
        CASE,
        subjects=(Subject(MINE, (70,)),),
        memberships=(in_unit(ME, PERIOD, 11), in_unit(ALSO_ME, PERIOD, 12)),
    )

    assert only(case).ground is Ground.SUBJECT


def test_a_party_is_barred_and_nothing_is_said_of_why():
    found = only(replace(CASE, parties=frozenset({ME})))

    assert (found.grade, found.sentence, found.facts) == (Grade.BAR, KEPT_APART, ())
    assert found.span == UNDATED


@pytest.mark.parametrize("part", Part)
@given(span=spans)
def test_whoever_handled_or_decided_earlier_is_barred_dated_or_not(part, span):
    found = only(replace(CASE, earlier_parts=(EarlierPart(ME, part, span, 20),)))

    assert (found.grade, found.ground, found.facts) == (Grade.BAR, part.value, (20,))


@pytest.mark.parametrize(
    ("manager", "managed", "ground"),
    [(ME, THEM, Ground.SUPERVISOR), (THEM, ALSO_ME, Ground.SUPERVISEE)],
)
@given(span=spans, period=spans)
def test_management_bars_only_when_it_surely_fell_in_the_relevant_period(
    manager, managed, ground, span, period
):
    found = only(
        replace(CASE, period=period, managements=(Management(manager, managed, span, 30),))
    )

    assert found.ground is ground
    assert found.facts == (30,)
    assert (found.grade is Grade.BAR) == (meeting(span, period) is Meeting.TOGETHER)
    assert found.grade >= Grade.DECLARE_AND_DECIDE


def test_management_without_dates_is_declare_and_decide_and_says_so():
    found = only(replace(CASE, managements=(Management(ME, THEM, UNDATED, 30),)))

    assert found.grade is Grade.DECLARE_AND_DECIDE
    assert found.sentence == (
        "Managed a subject with no dates recorded, and whether in the relevant period cannot be told."
    )


@given(own=spans, theirs=spans, setting=settings_)
def test_one_place_is_to_be_decided_unless_the_times_surely_did_not_meet(own, theirs, setting):
    found = only(with_units(own, theirs, setting=setting))

    apart = meeting(own, theirs) is Meeting.APART
    assert found.grade is (Grade.NOTE if apart else Grade.DECLARE_AND_DECIDE)
    assert (found.ground, found.facts) == (setting.value, (11, 12))


def test_one_unit_at_one_time_gives_the_days_that_both_were_there():
    found = only(with_units(Span(date(2010, 1, 1), date(2012, 3, 4)), Span(date(2011, 5, 6), None)))

    assert found.span == Span(date(2011, 5, 6), date(2012, 3, 4))
    assert found.sentence == "Same unit as a subject from 6 May 2011 to 4 March 2012."


def test_one_unit_without_dates_is_declare_and_decide():
    found = only(with_units(UNDATED, PERIOD))

    assert found.grade is Grade.DECLARE_AND_DECIDE
    assert found.sentence.endswith("whether at one time cannot be told.")


@pytest.mark.parametrize(
    ("own", "theirs", "how_many"), [("NSP", "WMP", 0), ("", "WMP", 1), ("", "", 1)]
)
def test_a_unit_of_another_employer_is_another_unit_but_one_not_recorded_may_be_any(
    own, theirs, how_many
):
    units = (in_unit(ME, PERIOD, 11, own), in_unit(THEM, PERIOD, 12, theirs))

    assert len(conflicts_of(MINE, replace(CASE, memberships=units))) == how_many


def test_a_unit_that_was_not_recorded_is_not_one_unit():
    nowhere = (
        Membership(ME, Setting.UNIT, "NSP", "", PERIOD, 11),
        Membership(THEM, Setting.UNIT, "NSP", "", PERIOD, 12),
    )

    assert conflicts_of(MINE, replace(CASE, memberships=nowhere)) == ()


def test_another_case_with_a_subject_is_to_be_decided():
    case = replace(
        CASE,
        appearances=(
            Appearance(ME, OTHER_CASE, Span(date(2009, 2, 1), date(2009, 2, 9)), 40),
            Appearance(THEM, OTHER_CASE, Span(date(2009, 1, 1), date(2009, 2, 9)), 41),
            Appearance(STRANGER, OTHER_CASE, PERIOD, 42),
        ),
    )
    found = only(case)

    assert (found.grade, found.ground) == (Grade.DECLARE_AND_DECIDE, Ground.SHARED_CASE)
    assert found.facts == (40, 41)
    assert (
        found.sentence == "In another case with a subject, from 1 January 2009 to 9 February 2009."
    )


@pytest.mark.parametrize("one_way", [True, False])
@pytest.mark.parametrize(
    ("tie", "grade"),
    [
        (Tie.RELATIVE, Grade.BAR),
        (Tie.PARTNER, Grade.BAR),
        (Tie.SOCIAL, Grade.DECLARE_AND_DECIDE),
    ],
)
@given(span=spans)
def test_a_declared_tie_counts_whoever_declared_it_and_whenever_it_was(one_way, tie, grade, span):
    pair = (ME, THEM) if one_way else (THEM, ME)
    found = only(replace(CASE, declared=(DeclaredTie(*pair, tie, span, 50),)))

    assert (found.grade, found.ground, found.declarations) == (grade, tie.value, (50,))


@pytest.mark.parametrize("tie", Tie)
def test_a_declaration_that_was_withdrawn_still_counts_one_grade_lower(tie):
    kept = DeclaredTie(ME, THEM, tie, UNDATED, 50)
    before = only(replace(CASE, declared=(kept,)))
    after = only(replace(CASE, declared=(replace(kept, is_withdrawn=True),)))

    assert after.grade == before.grade - 1
    assert after.sentence.endswith("the declaration was withdrawn.")


@given(span=spans, other=spans)
def test_every_conflict_says_what_it_rests_on_in_a_whole_sentence_and_the_gravest_is_first(
    span, other
):
    case = replace(
        with_units(span, other),
        managements=(Management(ME, THEM, span, 30), Management(THEM, ME, other, 31)),
        earlier_parts=(EarlierPart(ME, Part.DECIDED, span, 20),),
        declared=(DeclaredTie(ME, THEM, Tie.SOCIAL, other, 50),),
    )
    found = conflicts_of(MINE, case)

    assert len(found) == 5
    assert all(each.facts or each.declarations for each in found)
    assert all(each.sentence[0].isupper() and each.sentence.endswith(".") for each in found)
    assert all(not each.span.is_muddled for each in found)
    assert [each.grade for each in found] == sorted((e.grade for e in found), reverse=True)
    assert gravest(found) is Grade.BAR


@given(st.permutations([Management(ME, THEM, Span(None, date(2012, n, 1)), n) for n in (1, 2, 3)]))
def test_the_order_in_which_facts_arrive_changes_nothing(managements):
    assert conflicts_of(MINE, replace(CASE, managements=tuple(managements))) == conflicts_of(
        MINE, replace(CASE, managements=tuple(sorted(managements, key=lambda each: each.fact)))
    )


@given(span=spans)
def test_an_account_without_a_person_record_has_no_conflict_that_can_be_worked_out(span):
    assert conflicts_of(frozenset(), with_units(span, span)) == ()
