"""An invented Chicago, with the quirks of the real one."""

from datetime import date

SOURCE = "chicago_asof_2016"
ENDING = """
    select d.disposition_class, d.wording, d.known_on, d.known_basis from facts_disposition d
    join facts_allegation a on a.lineage = d.allegation where a.category_code = '{code}' and a.source_ref = '{case}'
"""


def test_every_row_of_every_table_is_read_and_none_is_rejected(twin):
    assert twin.rejected == {}
    assert twin.rows["allegations"] == 12
    assert all(twin.rows.values())


def test_a_finding_is_known_when_its_case_is_finalised_not_when_the_complaint_is_received(twin):
    ending = twin.ask(ENDING.format(code="05K", case="200002"))
    assert ending == [("proven", "SUSTAINED", date(2007, 8, 9), "stated")]
    known = twin.one("select known_on from facts_allegation where category_code = '05K'")
    assert known == date(2006, 5, 6)


def test_unfounded_and_exonerated_stay_unresolved_in_the_sources_own_words(twin):
    found = twin.ask(
        "select wording, disposition_class from facts_disposition where wording in "
        "('UNFOUNDED', 'EXONERATED') order by 1"
    )
    assert found == [("EXONERATED", "unresolved"), ("UNFOUNDED", "unresolved")]


def test_nothing_but_sustained_is_proven(twin):
    assert twin.ask(
        "select distinct wording from facts_disposition where disposition_class = 'proven'"
    ) == [("SUSTAINED",)]


def test_a_finding_without_a_date_is_known_on_the_day_of_the_extract(twin):
    assert twin.ask(ENDING.format(code="05F", case="1000005")) == [
        ("proven", "SUSTAINED", date(2015, 12, 31), "extract")
    ]


def test_an_open_case_has_neither_a_finalisation_nor_a_disposition(twin):
    assert twin.ask(ENDING.format(code="08C", case="1000004")) == []
    assert (
        twin.one(
            "select count(*) from facts_case_finalised where source_ref in ('1000004', '1000005')"
        )
        == 0
    )


def test_a_case_finalised_before_it_was_reported_is_known_from_the_report(twin):
    found = twin.ask(
        "select finalised_on, known_on, known_rule from facts_case_finalised where "
        "source_ref = '1000003'"
    )
    assert found == [(date(2010, 10, 1), date(2010, 10, 11), "not-before-reported")]


def test_an_officer_complained_of_before_any_appointment_is_on_record_from_the_complaint(twin):
    found = twin.ask(
        "select source_ref, known_on, known_basis, known_rule from facts_person_record order by 1"
    )
    assert found == [
        ("1", date(1985, 3, 4), "derived", "known-at-appointment"),
        ("2", date(1979, 12, 1), "derived", "named-in-complaint"),
        ("3", date(1999, 9, 1), "derived", "known-at-appointment"),
        ("4", date(1981, 2, 2), "derived", "named-in-complaint"),
        ("5", date(2001, 2, 5), "derived", "known-at-appointment"),
    ]


def test_officers_who_are_not_identified_keep_their_allegations_apart_and_make_no_person(twin):
    found = twin.ask(
        "select subject_note, count(*) from facts_allegation where record_lineage is "
        "null group by 1"
    )
    assert found == [("officer not identified", 2)]


def test_sexual_orientation_is_not_a_sexual_allegation(twin):
    found = twin.ask(
        "select category_code, factors from facts_allegation where factors is not null "
        "or category_code = '01C' order by 1"
    )
    assert found == [
        ("01C", None), ("05F", "domestic"), ("05K", "domestic"),
        ("08C", "sexual"), ("09F", "sexual"), ("10S", "sexual"),
    ]  # fmt: skip


def test_leaving_is_known_on_the_day_and_is_no_part_of_the_service(twin):
    left = twin.ask(
        "select ended_on, known_on, spell_ending from facts_spell_end where spell_ending <> 'ended'"
    )
    assert left == [(date(2012, 1, 15), date(2012, 1, 15), "left_other")]
    assert (
        twin.one(
            "select count(*) from facts_service_spell where is_service and happened_to > "
            "happened_from"
        )
        == 0
    )


def test_a_settlement_is_one_amount_however_many_officers_it_names(twin):
    assert (
        twin.one("select sum(amount) from facts_record where record_type = 'settlement'") == 91250.5
    )
    named = (
        "select count(*) from facts_record where record_type = 'settlement' and part_of "
        "is not null and record_lineage is not null"
    )
    assert twin.one(named) == 2
    assert twin.ask(
        "select distinct known_basis from facts_record where record_type = 'settlement'"
    ) == [("extract",)]


def test_an_officer_who_is_a_witness_is_known_as_one_in_the_compartment_only(twin):
    roles = twin.ask(
        "select count(*), count(record_lineage) from facts_party_role where role = 'witness'"
    )
    assert roles == [(2, 0)]
    inside = (
        "select count(*) from facts_party_identity i join facts_person_record p on "
        "p.lineage = i.workforce_record"
    )
    assert twin.one(inside) == 2


def test_people_who_look_alike_in_one_complaint_are_two_people(twin):
    assert twin.one("select count(*) from facts_party_role where role = 'reporter'") == 3


def test_a_narrative_that_tells_the_finding_is_known_after_it(twin):
    found = twin.ask("select source_ref, known_on, known_rule from facts_narrative order by 1")
    assert found == [
        ("200001", date(2003, 7, 9), "narrative-at-receipt"),
        ("200002", date(2007, 8, 9), "narrative-after-finding"),
    ]


def test_a_body_that_did_not_exist_yet_investigates_nothing(twin):
    assert twin.ask("select distinct agency from facts_case_reported order by 1 nulls last") == [
        ("BIA",),
        ("IPRA",),
        ("OPS",),
        (None,),
    ]


def test_force_belongs_to_its_report_and_says_nothing_of_the_person_it_was_used_on(twin):
    parts = (
        "select count(*) from facts_record a join facts_record t on t.lineage = "
        "a.part_of where a.record_type = 'force_action'"
    )
    assert twin.one(parts) == 3
    told = "select place, category, code, reference, attributes from facts_record"
    said = " ".join(str(row) for row in twin.ask(told))
    assert "INVENTED ST" not in said
    assert "subject_age" not in said
    assert "subject_armed=No" in said


def test_places_are_beats_and_kinds_of_place(twin):
    found = twin.ask(
        "select source_ref, place from facts_incident where source_ref in ('200001', "
        "'200002', '1000003') order by 1"
    )
    assert found == [("1000003", None), ("200001", "beat 1134, STREET"), ("200002", "304 - STREET")]


def test_the_register_holds_an_officers_record_from_the_first_complaint_that_names_them(twin):
    held = """select p.source_ref, h.known_on
              from facts_holding h join facts_person_record p on p.lineage = h.held_lineage
              where h.holder = '{holder}' order by 1"""
    assert twin.ask(held.format(holder="CPD:COMPLAINTS")) == [
        ("1", date(1990, 1, 5)), ("2", date(1979, 12, 1)), ("3", date(2006, 5, 6)), ("4", date(1981, 2, 2)),
    ]  # fmt: skip
    assert twin.ask(held.format(holder="CPD:TRR")) == [("1", date(2005, 1, 18))]


def test_who_reported_is_left_open_where_the_source_contradicts_itself(twin):
    found = twin.ask("select source_ref, reported_by from facts_case_reported order by 1")
    assert dict(found) == {
        "C100001": None,
        "1000003": "public",
        "1000004": "public",
        "1000005": None,
        "200001": "public",
        "200002": "colleague",
        "200006": None,
        "200007": None,
    }
