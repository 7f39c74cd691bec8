"""Philadelphia itself, counted twice."""

import pytest

SOURCE = "philadelphia"
BY_NUMBER, BY_INITIALS = (
    "officer_id is not null",
    "officer_id is null and trim(officer_initials) <> ''",
)

EQUAL = {
    "allegations, equal ones each": (
        "select count(*) from facts_allegation",
        "select count(*) from allegations",
    ),
    "allegations about nobody identified": (
        "select count(*) from facts_allegation where record_lineage is null",
        (
            f"select count(*) from allegations where not coalesce({BY_NUMBER} or "
            f"{BY_INITIALS}, false)"
        ),
    ),
    "officers with a number": (
        "select count(*) from facts_person_record where source_ref not like '%/%'",
        "select count(distinct officer_id) from allegations",
    ),
    "initials in one complaint": (
        "select count(*) from facts_person_record where source_ref like '%/%'",
        f"""select count(distinct concat_ws('/', complaint_id, trim(officer_initials),
                   coalesce(po_race, ''), coalesce(po_sex, '')))
            from allegations where {BY_INITIALS}""",
    ),
    "most complaints about one officer with a number": (
        """select max(n) from (select count(distinct a.case_lineage) n from facts_allegation a
           join facts_person_record p on p.lineage = a.record_lineage
           where p.source_ref not like '%/%' group by a.record_lineage)""",
        (
            "select max(n) from (select count(distinct complaint_id) n from allegations "
            "where officer_id is not null group by officer_id)"
        ),
    ),
    "pairs of officer and complaint": (
        """select count(distinct (a.record_lineage, a.case_lineage)) from facts_allegation a
           join facts_person_record p on p.lineage = a.record_lineage where p.source_ref not like '%/%'""",
        (
            "select count(distinct (officer_id, complaint_id)) from allegations where "
            "officer_id is not null"
        ),
    ),
    "dispositions": (
        "select count(*) from facts_disposition",
        "select count(investigative_findings) from allegations",
    ),
    "proven": (
        "select count(*) from facts_disposition where disposition_class = 'proven'",
        """select count(*) from allegations where investigative_findings = 'Sustained Finding'
           and disciplinary_findings not in ('No Guilty Findings', 'Pending')""",
    ),
    "not proven after a hearing": (
        (
            "select count(*) from facts_disposition where disposition_class = "
            "'not_proven_after_hearing'"
        ),
        "select count(*) from allegations where disciplinary_findings = 'No Guilty Findings'",
    ),
    "open": (
        "select count(*) from facts_disposition where disposition_class = 'open'",
        "select count(*) from allegations where disciplinary_findings = 'Pending'",
    ),
    "sexual or domestic": (
        "select count(*) from facts_allegation where factors is not null",
        (
            "select count(*) from allegations where regexp_matches(lower(allegation), "
            "'sexual|domestic')"
        ),
    ),
    "cases": ("select count(*) from facts_case_reported", "select count(*) from complaints"),
    "complainants": (
        "select count(*) from facts_party_identity",
        "select count(*) from complainants",
    ),
    "summaries": (
        "select count(*) from facts_narrative",
        "select count(summary_full) + count(summary_short) from complaints",
    ),
}


@pytest.mark.parametrize("what", EQUAL)
def test_two_ways_of_counting_agree(what, real, raw):
    facts, rows = EQUAL[what]
    counted = raw(rows)[0][0]
    assert counted
    assert real.one(facts) == counted


def test_every_row_is_read_and_none_is_rejected(real, raw):
    assert real.rejected == {}
    for table, count in real.rows.items():
        assert raw(f"select count(*) from {table}")[0][0] == count


def test_initials_and_race_and_sex_would_have_made_one_person_of_many(raw):
    joined = raw("""
        select max(n) from (select count(distinct complaint_id) n from allegations
        where officer_id is null and officer_initials is not null group by officer_initials, po_race, po_sex)""")[
        0
    ][0]
    numbered = raw("""
        select max(n) from (select count(distinct complaint_id) n from allegations
        where officer_id is not null group by officer_id)""")[0][0]
    assert joined > 2 * numbered


def test_no_day_before_the_release_shows_a_finding(real):
    assert real.ask(
        "select distinct known_basis, known_on = date '2021-03-31' from facts_disposition"
    ) == [("extract", True)]
