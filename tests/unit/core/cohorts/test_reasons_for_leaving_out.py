"""Everything left out is counted under a reason, and keeps all the reasons there are."""

from datetime import date
from pathlib import Path

import pytest

from onrecord.core.cohorts.reasons import MEANINGS, Reason
from onrecord.core.cohorts.results import items_out
from unit.core.cohorts.small_worlds import DOMESTIC, SERVING, SmallWorld, counted, reasons


@pytest.fixture
def world(tmp_path: Path) -> SmallWorld:
    return SmallWorld(tmp_path)


def test_every_reason_has_a_sentence():
    assert set(MEANINGS) == set(Reason)


def test_a_live_case_is_not_completed(world):
    world.allegation(world.case(finalised=None), world.person())

    assert reasons(world.cohort(DOMESTIC)) == {"not-completed": (1, 1)}


def test_a_case_whose_every_allegation_is_disposed_of_is_completed_though_no_date_is_known(world):
    case, person = world.case(finalised=None), world.person()
    world.allegation(case, person, disposition_class="unresolved")

    assert reasons(world.cohort(DOMESTIC)) == {"date-not-known": (1, 1)}


def test_a_disposition_that_is_open_completes_nothing(world):
    case, person = world.case(finalised=None), world.person()
    world.allegation(case, person, disposition_class="open")

    assert reasons(world.cohort(DOMESTIC)) == {"not-completed": (1, 1)}


@pytest.mark.parametrize(
    ("finalised", "is_in"),
    [
        (date(2009, 12, 31), False),
        (date(2010, 1, 1), True),
        (date(2019, 12, 31), True),
        (date(2020, 1, 1), False),
    ],
)
def test_the_first_and_last_day_of_the_period_are_in_it(world, finalised, is_in):
    world.allegation(world.case(finalised=finalised), world.person())

    result = world.cohort(DOMESTIC)

    assert result.counts.items == int(is_in)
    assert reasons(result) == ({} if is_in else {"outside-dates": (1, 1)})


@pytest.mark.parametrize("basis", ["occurred", "reported", "recorded", "finalised"])
def test_the_date_basis_that_is_named_is_the_one_that_decides(world, basis):
    inside, outside = date(2015, 1, 1), date(2001, 1, 1)
    dates = dict.fromkeys(("reported_on", "recorded_on"), outside)
    if f"{basis}_on" in dates:
        dates[f"{basis}_on"] = inside
    case = world.case(finalised=inside if basis == "finalised" else outside, **dates)
    world.allegation(case, world.person(), occurred_on=inside if basis == "occurred" else outside)
    yaml = DOMESTIC.replace("completed_only: true", "")

    assert world.cohort(yaml.replace("finalised", basis)).counts.items == 1
    for other in {"occurred", "reported", "recorded", "finalised"} - {basis}:
        assert reasons(world.cohort(yaml.replace("finalised", other))) == {"outside-dates": (1, 1)}


def test_a_case_held_elsewhere_is_out_whether_an_organisation_or_a_system_is_named(world):
    world.allegation(world.case(holder="WMP:CRIME"), world.person())
    world.allegation(world.case(holder="NSP:PSD"), world.person())

    for held_by in ("NSP", '"NSP:PSD"'):
        result = world.cohort(f"{DOMESTIC}held_by: [{held_by}]\n")
        assert (counted(result)[4], reasons(result)) == (1, {"held-elsewhere": (1, 1)})


def test_case_types_person_types_and_endings_each_leave_out(world):
    crime = world.case(case_type="crime_report")
    world.allegation(crime, world.person(person_type="staff"), disposition_class="proven")

    assert reasons(world.cohort(f"{DOMESTIC}case_types: [complaint]\n")) == {"case-type": (1, 1)}
    assert reasons(world.cohort(f"{DOMESTIC}person_types: [officer]\n")) == {"person-type": (1, 1)}
    assert reasons(world.cohort(f"{DOMESTIC}dispositions: {{classes: [unresolved]}}\n")) == {
        "disposition": (1, 1)
    }
    everything = "case_types: [crime_report]\nperson_types: [staff]\n"
    everything += "dispositions: {classes: [proven]}\n"
    assert world.cohort(DOMESTIC + everything).counts.items == 1


def test_an_allegation_without_a_disposition_is_open(world):
    world.allegation(world.case(), world.person())

    assert world.cohort(f"{DOMESTIC}dispositions: {{classes: [open]}}\n").counts.items == 1


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        ({}, None),
        ({"left": date(2020, 7, 1)}, None),
        ({"left": date(2020, 6, 30)}, "left"),
        ({"left": date(2012, 1, 1)}, "left"),
        ({"joined": date(2020, 7, 1)}, "not-yet-serving"),
        ({"joined": date(2020, 6, 30)}, None),
        ({"serves": "WMP"}, "no-service-record"),
        ({"serves": None}, "no-service-record"),
    ],
)
def test_serving_is_fixed_at_the_selection_date(world, person, reason):
    world.allegation(world.case(), world.person(**person))

    result = world.cohort(DOMESTIC + SERVING)

    assert reasons(result) == ({reason: (1, 1)} if reason else {})


def test_somebody_who_left_and_came_back_is_serving(world):
    first = world.person(left=date(2012, 1, 1))
    again = world.person(joined=date(2013, 1, 1))
    world.same_person(first, again)
    world.allegation(world.case(), first)

    assert world.cohort(DOMESTIC + SERVING).counts.items == 1


def test_a_posting_is_no_service(world):
    person = world.person(serves=None)
    world.add("service_spell", "NSP:HR", record_lineage=person, employer="NSP", is_service=False)
    world.allegation(world.case(), person)

    assert reasons(world.cohort(DOMESTIC + SERVING)) == {"no-service-record": (1, 1)}


def test_dismissal_is_found_as_an_outcome_or_as_an_end_of_service(world):
    not_dismissed = "not_dismissed: {outcomes: [Dismissed without notice]}\n"
    world.allegation(world.case(), world.person(), outcome="DISMISSED WITHOUT NOTICE ")
    gone = world.person(left=date(2016, 1, 1), ending="left_dismissed")
    world.allegation(world.case(), gone)
    world.allegation(world.case(), world.person(), outcome="Complaint dismissed")

    result = world.cohort(DOMESTIC + not_dismissed)

    assert (counted(result)[4], reasons(result)) == (1, {"dismissed": (2, 2)})


def test_an_item_is_counted_once_under_the_first_reason_and_keeps_the_others(world):
    person = world.person(left=date(2012, 1, 1))
    world.allegation(world.case(finalised=date(2001, 1, 1), holder="WMP:CRIME"), person)

    result = world.cohort(f"{DOMESTIC}{SERVING}held_by: [NSP]\n")

    assert reasons(result) == {"outside-dates": (1, 1)}
    assert items_out(result)["reasons"].to_pylist() == [["outside-dates", "held-elsewhere", "left"]]
    assert items_out(result, Reason.OUTSIDE_DATES).num_rows == 1
    assert items_out(result, Reason.LEFT).num_rows == 0


def test_in_and_out_add_up_to_the_universe(world):
    for finalised in (None, date(2001, 1, 1), date(2015, 1, 1)):
        for left in (None, date(2012, 1, 1)):
            world.allegation(world.case(finalised=finalised), world.person(left=left))

    result = world.cohort(DOMESTIC + SERVING)

    assert result.counts.items + sum(e.items for e in result.excluded) == result.universe.items == 6
