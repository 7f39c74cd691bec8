"""What a definition says becomes SQL that means the same, whatever is written in it."""

import duckdb
import pytest

from onrecord.core.cohorts import conditions
from onrecord.core.cohorts.definition import Alleged, Endings, NotDismissed

NASTY = "it's'); drop table a; --"


def holds(group: Alleged, **columns) -> bool:
    """Tell whether one allegation, with these columns, meets the group."""
    names = ("factors", "category_code", "category", "category_group")
    values = {name: columns.get(name) for name in names}
    con = duckdb.connect()
    a = ", ".join(f"?::varchar as {name}" for name in values)
    sql = (
        f"select {conditions.alleged_sql([group])} from (select {a}) a, "
        "(select ?::varchar as factors) c, (select ?::varchar as factors) i"
    )
    case = [columns.get("case_factors"), columns.get("incident_factors")]
    return con.execute(sql, [*values.values(), *case]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("group", "columns", "expected"),
    [
        (Alleged(factors=("sexual",)), {"factors": "domestic,sexual"}, True),
        (Alleged(factors=("sexual",)), {"factors": "sexual-other"}, False),
        (Alleged(factors=("sexual",)), {}, False),
        (Alleged(case_factors=("domestic",)), {"case_factors": "domestic"}, True),
        (Alleged(case_factors=("domestic",)), {"incident_factors": "domestic"}, True),
        (Alleged(case_factors=("domestic",)), {"factors": "domestic"}, False),
        (Alleged(category_codes=("05A",)), {"category_code": "05A"}, True),
        (Alleged(category_codes=("05A",)), {"category_code": "05a"}, False),
        (Alleged(categories=("Rudeness",)), {"category": " RUDENESS "}, True),
        (Alleged(categories=("Rude",)), {"category": "Rudeness"}, False),
        (Alleged(category_contains=("SEX",)), {"category": "sexual assault"}, True),
        (Alleged(category_contains=("%",)), {"category": "sexual assault"}, False),
        (
            Alleged(category_contains=("sex",), category_does_not_contain=("orientation",)),
            {"category": "Sexual orientation"},
            False,
        ),
        (Alleged(category_contains=("sex",)), {}, False),
        (Alleged(category_does_not_contain=("sex",)), {}, True),
        (
            Alleged(factors=("sexual",), category_groups=("Conduct",)),
            {"factors": "sexual", "category_group": "Other"},
            False,
        ),
        (Alleged(categories=(NASTY,)), {"category": NASTY}, True),
        (Alleged(factors=(NASTY,)), {"factors": NASTY}, True),
    ],
)
def test_a_group_means_what_it_says(group, columns, expected):
    assert holds(group, **columns) is expected


def test_any_group_is_enough_and_no_group_is_never():
    assert conditions.alleged_sql([]) == "false"


def ends(condition: str, **columns) -> bool:
    con = duckdb.connect()
    sql = (
        f"select {condition} from (select ?::varchar as disposition_class, "
        "?::varchar as wording, ?::varchar as outcome) d"
    )
    values = [columns.get(name) for name in ("disposition_class", "wording", "outcome")]
    return con.execute(sql, values).fetchall()[0][0]


def test_no_disposition_is_the_class_open():
    assert ends(conditions.endings_sql(Endings(classes=("open",))))
    assert not ends(conditions.endings_sql(Endings(classes=("proven",))))


def test_wordings_of_endings_and_of_dismissals_are_compared_without_capitals():
    wording = conditions.endings_sql(Endings(wordings=("No case to answer",)))
    assert ends(wording, wording="NO CASE TO ANSWER")
    part = conditions.endings_sql(Endings(wording_contains=("no case",)))
    assert ends(part, wording="Ended: NO CASE")

    rule = conditions.dismissal_outcome_sql(
        NotDismissed(outcomes=("Dismissed",), outcome_contains=("barred",))
    )
    assert ends(rule, outcome="dismissed")
    assert ends(rule, outcome="Resigned, Barred")
    assert not ends(rule, outcome="Complaint dismissed")
