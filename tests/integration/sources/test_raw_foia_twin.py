"""An invented raw release: no officer key, quoted commas, blank findings beside penalties."""

from datetime import date

SOURCE = "chicago_raw_foia"


def test_quoted_commas_do_not_move_columns(twin):
    assert twin.rejected == {}
    assert twin.ask(
        "select source_ref, reported_on from facts_case_reported where source_ref = '1000001'"
    ) == [("1000001", date(2006, 9, 26))]


def test_unknown_unknown_is_nobody_and_both_allegations_stay(twin):
    found = twin.ask(
        "select subject_note, count(*) from facts_allegation where record_lineage is "
        "null group by 1"
    )
    assert found == [("officer not identified", 2)]
    assert twin.one("select count(*) from facts_person_record where family_name = 'UNKNOWN'") == 0


def test_one_identity_tuple_is_one_record_in_each_release_and_links_nothing(twin):
    held = twin.ask("select holder, count(*) from facts_person_record group by 1 order by 1")
    assert held == [("CPD:FOIA-P053540", 2), ("CPD:FOIA-P596580", 3)]


def test_a_small_letter_in_the_middle_does_not_make_a_second_person(twin):
    assert (
        twin.one(
            "select count(*) from facts_person_record where holder = 'CPD:FOIA-P053540' and "
            "family_name like 'O%'"
        )
        == 1
    )


def test_an_appointment_a_day_late_is_a_record_of_its_own_until_somebody_judges(twin):
    days = (
        "select count(*) from facts_person_record where holder = 'CPD:FOIA-P596580' and "
        "family_name like 'O%'"
    )
    assert twin.one(days) == 2


def test_a_blank_finding_is_unresolved_and_keeps_what_is_said_beside_it(twin):
    found = twin.ask(
        "select wording, outcome, disposition_class from facts_disposition where "
        "wording is null or wording like 'Closed%' order by 1"
    )
    assert found == [
        ("Closed/No Finding", None, "unresolved"),
        (None, "100 - REPRIMAND", "unresolved"),
    ]


def test_a_case_sent_back_is_open_and_one_in_review_has_no_ending(twin):
    assert (
        twin.one("select disposition_class from facts_disposition where wording like 'ADDITIONAL%'")
        == "open"
    )
    assert twin.one("select count(*) from facts_disposition") == 7


def test_a_domestic_category_is_told_from_the_rest(twin):
    found = twin.ask(
        "select category_code, factors from facts_allegation where factors is not null order by 1"
    )
    assert found == [("05L", "domestic"), ("05L", "domestic"), ("05M", "sexual")]


def test_one_posting_with_two_ends_keeps_the_earlier(twin):
    assert twin.ask("select ended_on from facts_spell_end") == [(date(1998, 6, 24),)]


def test_a_posting_without_a_first_day_is_known_from_the_extract(twin):
    assert twin.ask(
        "select known_on, known_basis from facts_service_spell where unit = 'unit 5'"
    ) == [(date(2023, 8, 31), "extract")]


def test_no_name_stands_in_a_reference(twin):
    for kind in ("person_record", "allegation", "disposition", "service_spell", "spell_end"):
        references = " ".join(
            str(row[0]) for row in twin.ask(f"select source_ref from facts_{kind}")
        )
        assert "TEST" not in references
        assert "MOCK" not in references
