"""Cases of one incident: by days, subject, sort and parties; never by what is alleged."""

from datetime import date

import duckdb
import pytest

from onrecord.core.linkage.incidents import incident_spec, weighed_cases

SPEC = incident_spec()


def weighed(*reports, answers=None, apart=(), told=None):
    """Return pairs of cases named by single letters, each (case, person, sort, day of June).

    `told` names the incident of cases that a source or a person put under one.
    """
    with duckdb.connect() as con:
        con.execute(
            "create table report (case_lineage varchar, person varchar, sort varchar, occurred date, member varchar)"
        ).fetchall()
        for case, person, sort, on in reports:
            con.execute(
                "insert into report values (?, ?, ?, ?, ?)",
                [case, person, sort, on and date(2020, 6, on), (told or {}).get(case, case)],
            ).fetchall()
        found = weighed_cases(con, SPEC, answers or {}, least=-100, apart=apart)
        return {each.one + each.other: each for each in found}


def test_a_crime_report_and_a_conduct_case_of_one_day_are_one_event():
    found = weighed(("a", "p", "crime_report", 3), ("b", "p", "conduct_matter", 3))["ab"]
    assert found.weight == SPEC.prior + 9 + 1 >= SPEC.automatic
    assert found.words == (
        "One subject; the same day (+9); a report and a standards case (+1). Together 6.0"
    )


@pytest.mark.parametrize(
    ("second", "reaches"),
    [
        (("b", "p", "conduct_matter", 5), SPEC.desk), (("b", "p", "crime_report", 3), SPEC.desk),
        (("b", "p", "crime_report", 4), None),
        (("b", "q", "conduct_matter", 3), None), (("b", "p", "conduct_matter", None), None),
    ],
)  # fmt: skip
def test_what_is_less_sure_is_asked_of_a_person_or_not_at_all(second, reaches):
    found = weighed(("a", "p", "crime_report", 3), second).get("ab")
    assert (found is not None and found.weight >= SPEC.desk) is (reaches is not None)
    assert found is None or found.weight < SPEC.automatic


def test_where_two_lie_as_near_a_person_is_asked():
    found = weighed(
        ("a", "p", "crime_report", 3), ("b", "p", "conduct_matter", 3), ("c", "p", "complaint", 3)
    )
    assert {pair for pair, each in found.items() if each.weight >= SPEC.desk} == {"ab", "ac", "bc"}
    assert all(each.weight < SPEC.automatic for each in found.values())


def test_one_that_lies_nearer_leaves_the_other_to_nobody():
    found = weighed(
        ("a", "p", "crime_report", 3), ("b", "p", "conduct_matter", 3), ("c", "p", "complaint", 5)
    )
    assert found["ab"].weight >= SPEC.automatic
    assert found["ac"].weight < SPEC.desk


@pytest.mark.parametrize(("said", "by"), [("same", 4), ("different", -8), ("cannot_tell", 0)])
def test_the_compartments_word_counts(said, by):
    reports = ("a", "p", "crime_report", 3), ("b", "p", "conduct_matter", 5)
    plain = weighed(*reports)["ab"].weight
    assert weighed(*reports, answers={("a", "b"): said})["ab"].weight == plain + by


@pytest.mark.parametrize(
    ("first", "second", "reaches"),
    [
        (("crime_report", 3), ("conduct_matter", 3), SPEC.automatic),
        (("crime_report", 3), ("conduct_matter", 5), SPEC.desk),
        (("crime_report", 3), ("conduct_matter", 20), SPEC.desk),
        (("crime_report", 3), ("crime_report", 3), SPEC.desk),
    ],
)
def test_harm_done_to_one_person_makes_two_cases_one_on_one_day_only(first, second, reaches):
    pair = ("a", "p", *first), ("b", "p", *second)
    found = weighed(*pair, answers={("a", "b"): "same"})["ab"]
    assert found.weight >= reaches
    assert (found.weight >= SPEC.automatic) is (reaches == SPEC.automatic)


def test_whoever_was_harmed_decides_between_two_that_lie_as_near():
    reports = (
        ("a", "p", "crime_report", 3),
        ("b", "p", "conduct_matter", 3),
        ("c", "p", "complaint", 3),
    )
    found = weighed(*reports, answers={("a", "b"): "same", ("a", "c"): "different"})
    assert found["ab"].weight >= SPEC.automatic
    assert found["ac"].weight < SPEC.desk


def test_a_case_that_is_told_to_be_one_with_another_leaves_a_third_to_a_person():
    reports = (
        ("a", "p", "crime_report", 3),
        ("b", "p", "conduct_matter", 3),
        ("c", "p", "crime_report", 3),
    )
    found = weighed(*reports, told={"a": "i", "b": "i"})
    assert "ab" not in found
    assert SPEC.desk <= found["bc"].weight < SPEC.automatic


def test_what_somebody_judged_two_stands_in_nobodys_way():
    reports = (
        ("a", "p", "crime_report", 3),
        ("b", "p", "conduct_matter", 3),
        ("c", "p", "complaint", 3),
    )
    found = weighed(*reports, apart=[("a", "c")])
    assert "ac" not in found
    assert found["ab"].weight >= SPEC.automatic


def test_nothing_that_is_alleged_is_compared():
    text = (SPEC.__class__.__doc__ or "") + repr(SPEC)
    for word in ("category", "factor", "disposition", "wording", "finding"):
        assert word not in text
