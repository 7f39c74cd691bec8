"""Cohorts: define by questions, run, five units, why out, hand over."""

import pytest
from tests.integration.work.desk import viewer
from tests.journeys.desk import account
from tests.pages.reading import table, words_of
from tests.worlds.screens import rowan

from onrecord.apps.access.agreeing import answer_ask
from onrecord.apps.access.models import TwoPersonAsk
from onrecord.apps.exporting import services as exporting
from onrecord.apps.exporting.models import Export
from onrecord.core.kernel.ids import public_reference

ASKED = {
    "title": "Domestic allegations finalised since 2010",
    "name": "domestic-2010",
    "version": "1",
    "factors": "domestic",
    "date_basis": "finalised",
    "date_from": "1 January 2010",
    "completed_only": "on",
    "serving_on": "1/1/2021",
    "organisations": "NSP",
    "not_dismissed": "on",
}
OUT = "Left out, each under the first reason that applies"


@pytest.fixture
def officer(home):
    return rowan()


@pytest.fixture
def result(officer, reviewer):
    response = reviewer.post("/cohorts/new", ASKED)
    assert response.status_code == 302, words_of(response)
    return response["Location"]


def test_the_answers_come_to_a_cohort_counted_in_five_units(reviewer, result):
    words = words_of(reviewer.get(result))

    assert "1 person 2 incidents 2 cases 2 allegations 2 review items" in words


def test_a_factor_that_is_nowhere_on_record_is_warned_of_on_the_page(officer, reviewer):
    misspelt = reviewer.post("/cohorts/new", ASKED | {"factors": "domestc"})["Location"]

    assert "No allegation on record has the factor 'domestc'" in words_of(reviewer.get(misspelt))


def test_every_exclusion_is_counted_and_leads_to_its_items(reviewer, result, officer):
    response = reviewer.get(result)
    (row,) = table(response, OUT)
    left_out = reviewer.get(result, {"reason": "outside-dates"})

    assert row == ["The date of the case is outside the period.", "1", "1", "1"]
    assert len(table(left_out, "Items left out")) == 1
    assert len(table(response, "Items in scope")) == 2


def test_anything_can_be_asked_why_it_is_in_or_out(reviewer, result, officer):
    inside = words_of(reviewer.get(result, {"why": public_reference("C", officer["report"])}))
    outside = words_of(reviewer.get(result, {"why": public_reference("C", officer["log"])}))
    unknown = words_of(reviewer.get(result, {"why": "C-00000-00000-0"}))

    assert "is in" in inside
    assert "is not in" in outside
    assert "Nothing by that reference is on record" in unknown


def test_exports_hold_identifiers_and_no_names(reviewer, result):
    rows = reviewer.post(f"{result}/export.csv")
    book = reviewer.post(f"{result}/export.xlsx")

    assert rows.content.decode("utf-8-sig").count("\n") == 3
    assert "Adair" not in rows.content.decode("utf-8-sig")
    assert book.content[:2] == b"PK"
    assert reviewer.post(f"{result}/export.pdf").status_code == 404
    assert [one.what for one in Export.objects.all()] == ["cohort", "cohort"]
    assert "Result of a cohort" in words_of(reviewer.get("/exports/"))


def test_a_large_result_leaves_once_a_colleague_has_agreed(reviewer, result, monkeypatch):
    monkeypatch.setattr(exporting, "one_person_takes_at_most", lambda: 1)
    refused = reviewer.post(f"{result}/export.csv")
    assert refused.status_code == 403
    assert "Another person has to agree" in words_of(refused)
    assert "one person takes 1 at most" in words_of(refused)

    assert reviewer.post(f"{result}/ask").status_code == 302
    assert reviewer.post(f"{result}/export.csv").status_code == 403
    account("a.second", role="appropriate_authority")
    (ask,) = TwoPersonAsk.objects.all()
    answer_ask(viewer=viewer("a.second"), ask_id=ask.pk, agrees=True, reason="it is the review's")
    taken = reviewer.post(f"{result}/export.csv")

    assert taken.status_code == 200
    assert reviewer.post(f"{result}/export.csv").status_code == 403
    assert [one.rows for one in Export.objects.all()] == [2]


def test_the_result_and_its_definition_are_listed(reviewer, result):
    response = reviewer.get("/cohorts/")

    (row,) = table(response, "Results, newest first")
    assert row[1:6] == ["1", "2", "2", "2", "2"]
    assert "domestic-2010 v1 · Saved here" in words_of(response)
    assert "reported-review v1 · Comes with Onrecord" in words_of(response)


def test_a_shipped_definition_is_read_and_run_as_known_on_a_day(reviewer, officer):
    address = "/cohorts/definitions/reported-review"
    response = reviewer.post(address, {"on": "31 December 2015"})
    mistyped = reviewer.post(address, {"on": "31 December 2999"})

    assert "date_basis: finalised" in words_of(reviewer.get(address))
    assert response.status_code == 302
    assert "As known 31 December 2015" in words_of(reviewer.get(response["Location"]))
    assert "The day must be today or earlier" in words_of(mistyped)
    assert reviewer.get("/cohorts/definitions/nothing").status_code == 404


def test_the_same_version_may_not_come_to_mean_something_else(reviewer, result):
    response = reviewer.post("/cohorts/new", ASKED | {"factors": "sexual"})

    assert response.status_code == 422
    assert "already saved and says something else" in words_of(response)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"factors": ""}, "Say what must be alleged"),
        ({"name": "Not A Name"}, "Use small letters, digits and hyphens"),
        ({"date_from": "sometime"}, "Enter a day, such as 1 April 2016"),
        ({"date_to": "1 January 2009"}, "The last day must not be before the first"),
        ({"serving_on": ""}, "Enter the day on which they must have been serving there"),
        ({"date_basis": ""}, "Choose which date counts"),
    ],
)
def test_what_is_missing_is_asked_for_in_words(reviewer, home, answers, said):
    response = reviewer.post("/cohorts/new", ASKED | answers)

    assert response.status_code == 422
    assert said in words_of(response)
    assert "There is a problem" in words_of(response)


def test_cases_without_an_allegation_can_be_asked_for(reviewer, officer):
    asked = ASKED | {
        "factors": "",
        "case_types_without": ["domestic_incident"],
        "date_basis": "reported",
    }
    del asked["completed_only"]
    response = reviewer.post("/cohorts/new", asked)

    assert response.status_code == 302, words_of(response)
    assert "1 person 1 incident 1 case 0 allegations 1 review item" in words_of(
        reviewer.get(response["Location"])
    )


def test_whoever_may_not_look_at_people_sees_no_cohort(home, administrator):
    response = administrator.get("/cohorts/")

    assert response.status_code == 403
    assert "You may not do this" in words_of(response)


def test_an_unknown_result_is_not_found(home, reviewer):
    assert reviewer.get("/cohorts/results/0123456789abcdef").status_code == 404
