"""The Met's case-and-subject file itself, counted twice."""

import pytest

SOURCE = "uk_met_complaints"
SOMEBODY = "subject_ref not in ('122060', 'Organisational')"

EQUAL = {
    "allegations": ("select count(*) from facts_allegation", "select count(*) from case_subject"),
    "people": (
        "select count(*) from facts_person_record",
        f"select count(distinct subject_ref) from case_subject where {SOMEBODY}",
    ),
    "cases": (
        "select count(*) from facts_case_reported",
        "select count(distinct case_ref) from case_subject",
    ),
    "allegations about nobody identified": (
        "select count(*) from facts_allegation where record_lineage is null",
        f"select count(*) from case_subject where not ({SOMEBODY})",
    ),
    "people with ten cases or more": (
        (
            "select count(*) from (select record_lineage from facts_allegation where "
            "record_lineage is not null group by 1 having count(distinct case_lineage) >= "
            "10)"
        ),
        (
            f"select count(*) from (select subject_ref from case_subject where {SOMEBODY} "
            "group by 1 having count(distinct case_ref) >= 10)"
        ),
    ),
}


@pytest.mark.parametrize("what", EQUAL)
def test_two_ways_of_counting_agree(what, real, raw):
    facts, rows = EQUAL[what]
    counted = raw(rows)[0][0]
    assert counted
    assert real.one(facts) == counted


def test_nobody_has_the_cases_of_a_placeholder(real):
    most = real.one(
        "select max(n) from (select count(distinct case_lineage) n from "
        "facts_allegation where record_lineage is not null group by record_lineage)"
    )
    assert most < 122
