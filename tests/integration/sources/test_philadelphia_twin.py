"""An invented Philadelphia: numbers without names, initials without numbers."""

from datetime import date

SOURCE = "philadelphia"


def test_every_row_is_read_and_none_is_rejected(twin):
    assert twin.rejected == {}
    assert twin.rows == {"complaints": 5, "allegations": 12, "complainants": 2}


def test_initials_never_join_two_complaints(twin):
    assert sorted(row[0] for row in twin.ask("select source_ref from facts_person_record")) == [
        "10000001", "10000002", "13-0001/KS/white/male", "14-0002/KS/white/male", "14-0002/NA/black/female",
    ]  # fmt: skip


def test_the_initials_na_are_somebody_and_the_number_na_is_nobody(twin):
    found = twin.ask(
        "select subject_note, count(*) from facts_allegation group by 1 order by 1 nulls last"
    )
    assert found == [("officer not identified", 2), (None, 10)]


def test_equal_allegations_in_one_complaint_are_counted_each(twin):
    assert twin.one("select count(*) from facts_allegation") == 12
    assert twin.one("select count(distinct allegation) from facts_disposition") == 11


def test_each_of_two_equal_allegations_keeps_its_own_finding(twin):
    found = twin.ask(
        "select wording from facts_disposition where wording = 'Sustained Finding' and "
        "outcome = 'Training/Counseling'"
    )
    assert len(found) == 1


def test_an_officer_with_two_races_is_one_person_as_first_recorded(twin):
    found = twin.ask(
        "select recorded_ethnicity, known_on from facts_person_record where source_ref = '10000001'"
    )
    assert found == [("white", date(2016, 5, 6))]


def test_a_sustained_finding_is_proven_unless_a_hearing_said_no_or_is_still_to_come(twin):
    found = twin.ask(
        "select outcome, disposition_class from facts_disposition where wording = "
        "'Sustained Finding' group by all order by 1"
    )
    assert found == [
        ("Guilty Finding", "proven"), ("No Guilty Findings", "not_proven_after_hearing"),
        ("Pending", "open"), ("Training/Counseling", "proven"),
    ]  # fmt: skip


def test_no_finding_is_dated_so_all_are_known_on_the_day_of_the_extract(twin):
    assert twin.ask("select distinct known_on, known_basis from facts_disposition") == [
        (date(2021, 3, 31), "extract")
    ]


def test_spoiled_cells_are_empty_and_invent_no_ending(twin):
    assert twin.one("select count(*) from facts_allegation where category is null") == 1
    assert (
        twin.one(
            "select count(*) from facts_allegation a anti join facts_disposition d on "
            "d.allegation = a.lineage"
        )
        == 1
    )


def test_an_age_of_minus_one_is_no_age(twin):
    assert twin.ask("select age_stated from facts_party_identity order by 1 nulls last") == [
        (21,),
        (None,),
    ]


def test_domestic_and_sexual_come_from_the_category(twin):
    found = twin.ask(
        "select category, factors from facts_allegation where factors is not null order by 1"
    )
    assert found == [("Domestic", "domestic"), ("Sexual Crime/Misconduct", "sexual")]


def test_a_summary_that_speaks_of_the_finding_waits_for_the_extract(twin):
    found = twin.ask("select source_ref, known_basis from facts_narrative order by 1")
    assert found == [
        ("13-0001/full", "derived"),
        ("16-0003/full", "extract"),
        ("16-0003/short", "extract"),
        ("17-0004/short", "derived"),
    ]


def test_the_unit_is_where_the_officer_was_on_the_day_of_the_complaint(twin):
    found = twin.ask("select unit, happened_from from facts_service_spell order by 2")
    assert found == [
        ("1500 15TH DISTRICT", date(2016, 5, 6)),
        ("1900 19TH DISTRICT", date(2017, 7, 8)),
        ("2200 22ND DISTRICT", date(2021, 3, 31)),
    ]
