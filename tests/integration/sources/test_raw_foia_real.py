"""The raw release itself, counted twice."""

import pytest

SOURCE = "chicago_raw_foia"
TUPLE = (
    "concat_ws('|', last_name, first_name, coalesce(middle_initial, ''), "
    "coalesce(suffix_name, ''), birth_year, appointed_date)"
)
NAMED = "first_name || ' ' || last_name <> 'UNKNOWN UNKNOWN'"

EQUAL = {
    "allegations": (
        "select count(*) from facts_allegation",
        "select count(*) from complaints_accused",
    ),
    "allegations about UNKNOWN UNKNOWN": (
        (
            "select count(*) from facts_allegation where record_lineage is null and "
            "subject_note is not null"
        ),
        f"select count(*) from complaints_accused where not ({NAMED})",
    ),
    "records of the complaints": (
        "select count(*) from facts_person_record where holder = 'CPD:FOIA-P053540'",
        f"select count(distinct upper({TUPLE})) from complaints_accused where {NAMED}",
    ),
    "records of the unit history": (
        "select count(*) from facts_person_record where holder = 'CPD:FOIA-P596580'",
        f"select count(distinct upper({TUPLE})) from unit_history",
    ),
    "proven": (
        "select count(*) from facts_disposition where disposition_class = 'proven'",
        "select count(*) from complaints_accused where final_finding = 'SUSTAINED'",
    ),
    "blank findings beside a penalty": (
        (
            "select count(*) from facts_disposition where wording is null and outcome is "
            "not null and disposition_class = 'unresolved'"
        ),
        (
            "select count(*) from complaints_accused where final_finding is null and "
            "final_penalty is not null"
        ),
    ),
    "closed with no finding": (
        "select count(*) from facts_disposition where wording = 'Closed/No Finding'",
        (
            "select count(*) from complaints_accused where final_finding is null and "
            "complaint_status = 'Closed/No Finding'"
        ),
    ),
    "cases": (
        "select count(*) from facts_case_reported",
        "select count(*) from complaints_complaints",
    ),
    "cases finalised before they were reported": (
        "select count(*) from facts_case_finalised where known_rule = 'not-before-reported'",
        "select count(*) from complaints_complaints where closed_date < complaint_date",
    ),
    "postings": (
        "select count(*) from facts_service_spell",
        f"select count(distinct (upper({TUPLE}), unit, unit_start_date)) from unit_history",
    ),
}


@pytest.mark.parametrize("what", EQUAL)
def test_two_ways_of_counting_agree(what, real, raw):
    facts, rows = EQUAL[what]
    counted = raw(rows)[0][0]
    assert counted
    assert real.one(facts) == counted


def test_every_row_is_read_and_none_is_rejected(real):
    assert real.rejected == {}


def test_no_name_of_anybody_stands_in_a_reference(real):
    for kind in ("person_record", "allegation", "disposition", "service_spell", "spell_end"):
        words = (
            f"select distinct unnest(regexp_extract_all(source_ref, '[A-Z]{{3,}}')) as word "
            f"from facts_{kind}"
        )
        named = (
            f"select count(*) from ({words}) where word in (select family_name from "
            "facts_person_record)"
        )
        assert real.one(named) == 0, kind
