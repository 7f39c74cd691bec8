"""Chicago and Philadelphia, real, in one store: the whole way from files to a cohort, counted twice."""

from collections import Counter
from datetime import date

import duckdb
import pytest

from integration.intake.importing import VIEWER, import_from
from integration.sources.reading import SHARED
from onrecord.core.sources.loading import find
from onrecord.core.timekeeping.views import View

COHORT = "sexual-or-domestic-2005-2015"
DISMISSALS = (
    "'separation', 'separated other case', 'admin. termination', 'administrative termination'"
)
CHICAGO = f"""
with alleged as (
  select cr_id, officer_id, finding, lower(trim(outcome)) in ({DISMISSALS}) as dismissal
  from '{{data}}/allegations.parquet'
  where regexp_matches(replace(lower(category), 'sexual orientation', ''),
                       'sex|rape|indecent|prostitution|domestic')),
item as (
  select officer_id, cr_id, closed_date, count(*) n, coalesce(bool_or(dismissal), false) dismissed,
         bool_and(finding is not null or closed_date is not null) ended
  from alleged join '{{data}}/complaints.parquet' using (cr_id) group by all)
select case
    when not ended then 'not-completed'
    when closed_date is null then 'date-not-known'
    when closed_date not between date '2005-01-01' and date '2015-12-31' then 'outside-dates'
    when appointed_date is null and resignation_date is null then 'no-service-record'
    when resignation_date <= date '2015-12-31' then 'left'
    when dismissed then 'dismissed' else 'in' end as verdict,
  'CPD ' || officer_id as person, cr_id as case_ref, n
from item join '{{data}}/officers.parquet' using (officer_id)"""
PHILADELPHIA = """
with alleged as (
  select complaint_id, disciplinary_findings, case when officer_id is not null then officer_id
    when trim(officer_initials) <> '' then concat_ws('/', complaint_id, officer_initials, po_race, po_sex)
    end as person
  from '{data}/allegations.parquet' where regexp_matches(lower(allegation), 'sexual|domestic'))
select case when person is null then 'subject-not-identified'
    when bool_or(disciplinary_findings = 'Pending') then 'not-completed' else 'date-not-known' end as verdict,
  person, complaint_id as case_ref, count(*) as n
from alleged group by person, complaint_id"""


def counted_from_the_files():
    """Return (people, cases, allegations, items) by verdict, by nothing but the files."""
    questions = {"chicago_asof_2016": CHICAGO, "philadelphia": PHILADELPHIA}
    rows = [
        row
        for name, sql in questions.items()
        for row in duckdb.sql(sql.format(data=SHARED / name)).fetchall()
    ]
    found = {}
    for verdict in {row[0] for row in rows}:
        these = [row for row in rows if row[0] == verdict]
        people, cases = ({row[at] for row in these if row[at] is not None} for at in (1, 2))
        found[verdict] = (len(people), len(cases), sum(row[3] for row in these), len(these))
    return found


def known_from_the_files(officer, day):
    """Return how many allegations, and how many endings, are dated by `day`."""
    data = SHARED / "chicago_asof_2016"
    sql = f"""
        select count(*) filter (complaint_date <= date '{day}'),
               count(*) filter (closed_date is not null and greatest(closed_date, complaint_date) <= date '{day}')
        from '{data}/allegations.parquet' join '{data}/complaints.parquet' using (cr_id)
        where officer_id = {officer} and not finding_date_unknown"""
    return duckdb.sql(sql).fetchall()[0]


def known(person, day):
    from onrecord.apps.audit.selectors import current_position
    from onrecord.apps.people.known_then import known_then

    return known_then(VIEWER, View(current_position(), on=date.fromisoformat(day)), person).page


def test_both_cities_in_one_store_give_the_cohort_that_the_files_give(store, tmp_path):
    for name in ("chicago_asof_2016", "philadelphia"):
        if not (SHARED / name).is_dir():
            pytest.skip(f"shared data absent: {name}")
        assert import_from(find(name).read_text("utf-8"), SHARED, tmp_path).wrote
    the_cohort_is_what_the_files_say(tmp_path)
    each_day_shows_what_was_dated_by_it()


def the_cohort_is_what_the_files_say(home):
    from onrecord.apps.programmes import selectors, services
    from onrecord.apps.programmes.selectors import Shelves

    text = selectors.definition_text(VIEWER, COHORT)
    result = services.run_cohort(viewer=VIEWER, shelves=Shelves.of_home(home), yaml=text).as_json()
    counted = counted_from_the_files()
    names = ("people", "cases", "allegations", "items")
    assert tuple(result[name] for name in names) == counted.pop("in")
    excluded = {
        one["reason"]: (one["people"], one["cases"], one["items"]) for one in result["excluded"]
    }
    assert excluded == {
        verdict: (people, cases, items) for verdict, (people, cases, _, items) in counted.items()
    }


def each_day_shows_what_was_dated_by_it():
    for day in ("1995-02-09", "2001-06-22", "2005-06-30", "2010-06-30", "2015-12-30"):
        page = known("CPD:HR:114114", day)
        endings = Counter(fact.kind for fact in page.facts)["disposition"]
        assert (page.counts.allegations, endings) == known_from_the_files(114114, day), day
