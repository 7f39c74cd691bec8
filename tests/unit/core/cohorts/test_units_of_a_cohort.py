"""Five units, none of which is another: people, incidents, cases, allegations, items."""

from datetime import date
from pathlib import Path

import pytest

from onrecord.core.cohorts.results import items_in
from onrecord.core.timekeeping.views import View
from unit.core.cohorts.small_worlds import DOMESTIC, SmallWorld, counted, reasons


@pytest.fixture
def world(tmp_path: Path) -> SmallWorld:
    return SmallWorld(tmp_path)


def test_two_subjects_of_one_case_are_two_items_in_one_case(world):
    case = world.case()
    world.allegation(case, world.person())
    world.allegation(case, world.person())

    assert counted(world.cohort(DOMESTIC)) == (2, 1, 1, 2, 2)


def test_several_allegations_against_one_person_in_one_case_are_one_item(world):
    case, person = world.case(), world.person()
    for _ in range(3):
        world.allegation(case, person)

    assert counted(world.cohort(DOMESTIC)) == (1, 1, 1, 3, 1)


def test_records_judged_the_same_are_one_person_through_a_chain_of_judgements(world):
    records = [world.person() for _ in range(3)]
    world.same_person(records[0], records[1])
    world.same_person(records[1], records[2])
    case = world.case()
    world.allegation(case, records[0])
    world.allegation(case, records[2])

    result = world.cohort(DOMESTIC)

    assert counted(result) == (1, 1, 1, 2, 1)
    assert items_in(result)["person"].to_pylist() == [min(records)]


def test_cases_that_name_one_incident_or_were_judged_the_same_count_one_incident(world):
    incident = world.add("incident")
    cases = [world.case(incident=incident), world.case(incident=incident), world.case()]
    world.same_incident(cases[1], cases[2])
    person = world.person()
    for case in cases:
        world.allegation(case, person)

    assert counted(world.cohort(DOMESTIC)) == (1, 1, 3, 3, 3)


def test_a_case_without_an_incident_stands_for_its_own(world):
    person = world.person()
    for _ in range(2):
        world.allegation(world.case(), person)

    assert counted(world.cohort(DOMESTIC)) == (1, 2, 2, 2, 2)


def test_allegations_of_other_kinds_in_a_selected_case_are_not_counted(world):
    case, person = world.case(), world.person()
    world.allegation(case, person)
    world.allegation(case, person, factors="alcohol")

    assert counted(world.cohort(DOMESTIC)) == (1, 1, 1, 1, 1)


def test_a_factor_among_others_counts_and_a_part_of_its_name_does_not(world):
    world.allegation(world.case(), world.person(), factors="alcohol,domestic")
    world.allegation(world.case(), world.person(), factors="not-domestic")

    assert counted(world.cohort(DOMESTIC)) == (1, 1, 1, 1, 1)


BARE = """
name: bare
version: 1
title: Domestic incidents
select: {cases_without_allegation: [{case_types: [domestic_incident]}]}
dates: {date_basis: reported}
"""


def test_an_incident_that_makes_no_allegation_counts_for_its_subject_alone(world):
    case = world.case(case_type="domestic_incident", reported_on=date(2015, 1, 1))
    world.add("party_role", case_lineage=case, record_lineage=world.person(), role="subject")
    world.add("party_role", case_lineage=case, role="victim")

    assert counted(world.cohort(BARE)) == (1, 1, 1, 0, 1)


def test_an_officer_who_is_only_ever_the_victim_is_in_no_cohort(world):
    world.person()
    for _ in range(5):
        case = world.case(case_type="domestic_incident", reported_on=date(2015, 1, 1))
        world.add("party_role", case_lineage=case, role="victim")

    result = world.cohort(BARE)

    assert counted(result) == (0, 0, 0, 0, 0)
    assert reasons(result) == {"subject-not-identified": (0, 5)}


def test_a_role_that_is_not_known_is_never_counted_but_is_reported(world):
    case = world.case(case_type="domestic_incident", reported_on=date(2015, 1, 1))
    world.add("party_role", case_lineage=case, role="unknown")

    assert reasons(world.cohort(BARE)) == {"role-not-known": (0, 1)}


def test_a_subject_of_whom_a_domestic_incident_does_allege_something_is_not_taken_as_bare(world):
    case = world.case(case_type="domestic_incident", reported_on=date(2015, 1, 1))
    person = world.person()
    world.add("party_role", case_lineage=case, record_lineage=person, role="subject")
    world.allegation(case, person, factors="alcohol")

    assert world.cohort(BARE).universe.items == 0


def test_an_allegation_against_nobody_identified_is_a_case_left_out_and_no_person(world):
    world.allegation(world.case(), None)

    assert reasons(world.cohort(DOMESTIC)) == {"subject-not-identified": (0, 1)}


def test_the_same_record_written_in_another_order_gives_the_same_items(tmp_path):
    def items(root: Path, *, backwards: bool):
        world = SmallWorld(root)
        for _ in range(4):
            world.allegation(world.case(), world.person())
        if backwards:
            for rows in world.rows.values():
                rows.reverse()
        return world.cohort(DOMESTIC)

    one, other = items(tmp_path / "a", backwards=False), items(tmp_path / "b", backwards=True)

    assert one.items.equals(other.items)
    assert one.hash != other.hash  # another file, so another snapshot


def test_the_same_snapshot_gives_the_same_hash_and_another_day_another(world):
    world.allegation(world.case(), world.person())
    first = world.cohort(DOMESTIC)

    assert world.cohort(DOMESTIC).hash == first.hash
    assert world.cohort(DOMESTIC, View(1, on=date(2012, 1, 1))).hash != first.hash
    assert world.cohort(DOMESTIC.replace("version: 1", "version: 2")).hash != first.hash


def test_a_cohort_as_known_on_a_day_holds_nothing_known_later(world):
    case = world.case()
    world.allegation(case, world.person(), known_on=date(2016, 1, 1))

    assert world.cohort(DOMESTIC, View(1, on=date(2015, 12, 31))).universe.items == 0
    assert world.cohort(DOMESTIC, View(1, on=date(2016, 1, 1))).counts.items == 1
