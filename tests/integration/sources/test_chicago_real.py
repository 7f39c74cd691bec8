"""Chicago itself, counted twice: as facts, and by questions to the files that know nothing of facts."""

import pytest

SOURCE = "chicago_asof_2016"

ENTRY = "allegations join complaints using (cr_id)"
SEXUAL = (
    "regexp_matches(replace(lower(category), 'sexual orientation', ''), "
    "'sex|rape|indecent|prostitution')"
)
DOMESTIC = "lower(category) like '%domestic%'"
MARKED = f"coalesce({SEXUAL} or {DOMESTIC}, false)"

EQUAL = {
    "allegations": ("select count(*) from facts_allegation", "select count(*) from allegations"),
    "officers with twenty allegations or more": (
        (
            "select count(*) from (select record_lineage from facts_allegation group by 1 "
            "having count(*) >= 20)"
        ),
        (
            "select count(*) from (select officer_id from allegations group by 1 having "
            "count(*) >= 20)"
        ),
    ),
    "the most allegations about one officer": (
        "select max(n) from (select count(*) n from facts_allegation group by record_lineage)",
        "select max(n) from (select count(*) n from allegations group by officer_id)",
    ),
    "allegations with a sexual or domestic factor": (
        "select count(*) from facts_allegation where factors is not null",
        f"select count(*) from allegations where {MARKED}",
    ),
    "officers with a sexual or domestic allegation": (
        "select count(distinct record_lineage) from facts_allegation where factors is not null",
        f"select count(distinct officer_id) from allegations where {MARKED}",
    ),
    "officers whom the register holds, by the day": (
        (
            "select sum(hash(source_ref, known_on) % 1000003) from facts_holding where "
            "holder = 'CPD:COMPLAINTS'"
        ),
        f"""select sum(hash(officer_id::varchar, first_day) % 1000003) from (
            select officer_id, min(complaint_date) first_day from {ENTRY} where officer_identified group by 1)""",
    ),
    "dispositions, one for each ending on record": (
        "select count(*) from facts_disposition",
        f"select count(*) from {ENTRY} where finding is not null or closed_date is not null",
    ),
    "proven": (
        "select count(*) from facts_disposition where disposition_class = 'proven'",
        "select count(*) from allegations where finding = 'SUSTAINED'",
    ),
    "not proven": (
        "select count(*) from facts_disposition where disposition_class = 'unresolved'",
        (
            f"select count(*) from {ENTRY} where (finding is not null or closed_date is not "
            "null) and finding is distinct from 'SUSTAINED'"
        ),
    ),
    "findings without a date": (
        "select count(*) from facts_disposition where known_basis = 'extract'",
        "select count(*) from allegations where finding_date_unknown",
    ),
    "cases": ("select count(*) from facts_case_reported", "select count(*) from complaints"),
    "reported by a colleague": (
        "select count(*) from facts_case_reported where reported_by = 'colleague'",
        "select count(*) from complaints where complainant_type ilike 'cpd employee' and officer_filed",
    ),
    "reported by the public": (
        "select count(*) from facts_case_reported where reported_by = 'public'",
        "select count(*) from complaints where complainant_type ilike 'civilian' and not officer_filed",
    ),
    "cases finalised": (
        "select count(*) from facts_case_finalised",
        "select count(closed_date) from complaints",
    ),
    "cases finalised before they were reported": (
        "select count(*) from facts_case_finalised where known_rule = 'not-before-reported'",
        "select count(*) from complaints where closed_date < complaint_date",
    ),
    "cases without an allegation": (
        (
            "select count(*) from facts_case_reported c anti join facts_allegation a on "
            "a.case_lineage = c.lineage"
        ),
        "select count(*) from complaints anti join allegations using (cr_id)",
    ),
    "officers": ("select count(*) from facts_person_record", "select count(*) from officers"),
    "officers complained of before any appointment": (
        "select count(*) from facts_person_record where known_rule = 'named-in-complaint'",
        f"""select count(distinct officer_id) from {ENTRY} join officers using (officer_id)
            where appointed_date is null or complaint_date < appointed_date""",
    ),
    "officers who left": (
        "select count(*) from facts_spell_end where spell_ending = 'left_other'",
        "select count(resignation_date) from officers",
    ),
    "serving on the last day": (
        """select count(*) from facts_service_spell s anti join facts_spell_end e on e.spell = s.lineage
            where s.is_service and s.happened_from <= date '2015-12-31'""",
        (
            "select count(*) from officers where appointed_date <= date '2015-12-31' and "
            "resignation_date is null"
        ),
    ),
    "postings and their ends": (
        (
            "select (select count(*) from facts_service_spell where not is_service) + "
            "(select count(*) from facts_spell_end where spell_ending = 'ended')"
        ),
        "select count(*) + count(end_date) from unit_history",
    ),
    "paid, in dollars": (
        "select sum(amount) from facts_record where record_type = 'pay'",
        "select sum(salary::decimal(14, 2)) from salaries",
    ),
    "settled, in dollars, each claim once": (
        "select sum(amount) from facts_record where record_type = 'settlement'",
        (
            "select sum(usd) from (select any_value(settlement_usd::decimal(14, 2)) usd "
            "from settlements group by case_id)"
        ),
    ),
    "officers in settlements": (
        (
            "select count(*) from facts_record where record_type = 'settlement' and part_of "
            "is not null"
        ),
        (
            "select count(distinct (case_id, officer_id)) from settlements where officer_id "
            "is not null"
        ),
    ),
    "reports of force": (
        "select count(*) from facts_record where record_type = 'use_of_force'",
        "select count(*) from use_of_force_trr",
    ),
    "things done, in reports of force": (
        "select count(*) from facts_record where record_type = 'force_action'",
        "select count(*) from use_of_force_actions",
    ),
    "complainants and victims": (
        "select count(*) from facts_party_role where role in ('reporter', 'victim')",
        "select (select count(*) from complainants) + (select count(*) from victims)",
    ),
    "officers who are witnesses": (
        "select count(*) from facts_party_identity where workforce_record is not null",
        "select count(distinct (cr_id, officer_id)) from cpd_witnesses",
    ),
    "narratives": ("select count(*) from facts_narrative", "select count(*) from narratives"),
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


def test_the_tables_left_out_are_those_that_the_notes_name(real, raw):
    present = {name for (name,) in raw("select view_name from duckdb_views() where not internal")}
    left_out = present - set(real.rows)
    assert left_out == {"category_codes", "unit_reference"}
    assert all(name in real.bench.description.notes for name in left_out)


def test_nothing_is_known_after_the_extract_or_before_its_complaint(real):
    for kind in ("allegation", "disposition", "case_finalised", "narrative", "party_role"):
        early = f"""select count(*) from facts_{kind} f join facts_case_reported c on c.lineage = f.case_lineage
                    where f.known_on < c.known_on or f.known_on > date '2015-12-31'"""
        assert real.one(early) == 0, kind


def test_every_allegation_points_at_a_record_a_case_and_every_disposition_at_its_allegation(real):
    assert (
        real.one(
            "select count(*) from facts_allegation a anti join facts_case_reported c on "
            "c.lineage = a.case_lineage"
        )
        == 0
    )
    assert (
        real.one(
            "select count(*) from facts_disposition d anti join facts_allegation a on "
            "a.lineage = d.allegation"
        )
        == 0
    )
    lost = """select count(*) from facts_allegation a anti join facts_person_record p on p.lineage = a.record_lineage
              where a.record_lineage is not null"""
    assert real.one(lost) == 0
