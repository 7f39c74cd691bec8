"""An invented case-and-subject file: two columns, two placeholders."""

from datetime import date

SOURCE = "uk_met_complaints"


def test_placeholders_make_no_person_and_say_which_they_are(twin):
    assert twin.one("select count(*) from facts_person_record") == 2
    found = twin.ask(
        "select subject_note, count(*) from facts_allegation where subject_note is not "
        "null group by 1 order by 1"
    )
    assert found == [("officer not identified", 2), ("the organisation, not a person", 1)]


def test_a_case_with_several_subjects_is_one_case(twin):
    assert twin.one("select count(*) from facts_case_reported") == 5


def test_nothing_is_invented_about_what_was_alleged_when_or_how_it_ended(twin):
    said = twin.ask(
        "select distinct category, factors, occurred_on, happened_from, known_on, "
        "known_basis from facts_allegation"
    )
    assert said == [(None, None, None, None, date(2022, 12, 31), "extract")]
