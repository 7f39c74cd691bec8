"""A slip in a definition must not look like an empty cohort."""

from datetime import date
from pathlib import Path

import pytest

from onrecord.core.cohorts.loading import read_text
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.timekeeping.views import View
from unit.core.cohorts.small_worlds import DOMESTIC, SERVING, SmallWorld


@pytest.fixture
def world(tmp_path: Path) -> SmallWorld:
    world = SmallWorld(tmp_path)
    person = world.person(left=date(2012, 1, 1))
    world.allegation(
        world.case(factors="firearm"), person, factors="domestic,sexual", category_code="A1"
    )
    return world


def test_a_definition_that_names_only_what_is_on_record_carries_no_warning(world):
    assert world.cohort(DOMESTIC + SERVING + "held_by: [NSP, 'WMP:CRIME']\n").warnings == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "{factors: [domestic]}", "{factors: [sexaul]}",
            "No allegation on record has the factor 'sexaul'; there are: domestic, sexual.",
        ),
        (
            "{factors: [domestic]}", "{case_factors: [firearms]}",
            "No case or incident on record has the factor 'firearms'; there are: firearm.",
        ),
        (
            "{factors: [domestic]}", "{category_codes: [a1]}",
            "No allegation on record has the category code 'a1'; there are: A1.",
        ),
        (
            "completed_only: true", "case_types: [dsi]",
            "No case on record is of type 'dsi'; there are: complaint.",
        ),
        (
            "completed_only: true", "held_by: [NSP, 'NSP:PDS']",
            "Nothing on record is held by 'NSP:PDS'; there are: NSP, NSP:HR, NSP:PSD, WMP, WMP:CRIME.",
        ),
        (
            "completed_only: true", "person_types: [special]",
            "Nobody on record is of type 'special'; there are: officer.",
        ),
        (
            "completed_only: true", "serving_on: {date: 2020-06-30, organisations: [NORTHSHIRE]}",
            "No service in 'NORTHSHIRE' is on record; there are: NSP.",
        ),
        (
            "completed_only: true", "not_dismissed: {spell_endings: [dismissed]}",
            "No service on record ended with 'dismissed'; there are: left_resigned.",
        ),
    ],
)  # fmt: skip
def test_what_is_named_and_nowhere_on_record_is_said_with_what_there_is(world, old, new, said):
    assert old in DOMESTIC

    assert world.cohort(DOMESTIC.replace(old, new)).warnings == (said,)


def test_what_is_known_only_later_than_the_view_is_not_called_misspelt(world):
    result = world.cohort(DOMESTIC, View(position=1, on=date(2009, 1, 1)))

    assert result.universe.items == 0
    assert result.warnings == ()


def test_a_way_of_leaving_that_is_not_written_in_the_definition_is_not_warned_of(world):
    assert world.cohort(DOMESTIC + "not_dismissed: {}\n").warnings == ()


def test_a_file_that_does_not_exist_is_said_not_to_exist(tmp_path):
    with pytest.raises(DataRejectedError, match=r"There is no file .*absent\.yaml"):
        read_text(tmp_path / "absent.yaml")
