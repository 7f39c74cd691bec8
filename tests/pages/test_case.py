"""Case and incident pages: what is on them, for whom, on what day."""

import pytest
from tests.pages.reading import table, words_of
from tests.worlds.screens import rowan

from onrecord.core.kernel.ids import public_reference


@pytest.fixture
def officer(store):
    return rowan()


def case_address(lineage):
    return f"/cases/{public_reference('C', lineage)}"


def test_a_case_shows_its_allegation_its_ending_and_its_subject(reviewer, officer):
    response = reviewer.get(case_address(officer["report"]))

    (row,) = table(response, "Allegations")
    assert row[:2] == ["Harassment of a former partner Domestic", "Rowan Adair"]
    assert "Victim does not support prosecution" in row[4]
    assert "Not resolved" in row[4]


def test_on_an_earlier_day_the_ending_is_not_known(reviewer, officer):
    response = reviewer.get(case_address(officer["report"]), {"on": "2012-11-01"})

    assert "No ending on record" in table(response, "Allegations")[0][4]
    assert "Not finalised in this view" in words_of(response)
    assert "does not support" not in words_of(response)


def test_before_it_was_reported_there_is_no_such_case(reviewer, officer):
    response = reviewer.get(case_address(officer["report"]), {"on": "2012-10-01"})

    assert response.status_code == 404
    assert "Harassment" not in response.content.decode()


def test_victims_are_named_by_pseudonym_and_role_alone(reviewer, officer):
    rows = table(reviewer.get(case_address(officer["log"])), "People in this case")

    assert ["Victim 1", "Victim", "Not assessed"] in rows


def test_makers_and_notifications_are_named_by_post_and_organisation(reviewer, officer):
    words = words_of(reviewer.get(case_address(officer["last"])))

    assert "Crime outcome: No further action" in words
    assert "Made by Detective inspector, Eastholme Police." in words
    assert "Eastholme Police told Northshire Police" in words


def test_a_case_without_a_document_or_decision_says_so(reviewer, officer):
    words = words_of(reviewer.get(case_address(officer["report"])))

    assert "No document is on record in this view." in words
    assert "No decision is on record in this view." in words


def test_what_the_source_wrote_is_folded_away_behind_a_warning(reviewer, officer):
    html = reviewer.get(case_address(officer["report"])).content.decode()

    assert "May be distressing" in html
    assert "Invented words about an invented report." in html
    assert '<details class="govuk-details" open' not in html


def test_an_incident_lists_the_cases_that_are_records_of_it(reviewer, officer):
    address = f"/incidents/{public_reference('I', officer['incident'])}"
    response = reviewer.get(address)

    assert "Domestic incident" in words_of(response)
    (row,) = table(response, "Cases that are records of this incident")
    assert row[0].startswith("LOG-5")
    assert reviewer.get(address, {"on": "2020-01-01"}).status_code == 404


def test_identifiers_stand_in_for_names_when_names_are_hidden(reviewer, officer, monkeypatch):
    monkeypatch.setenv("ONRECORD_HIDE_NAMES", "1")

    assert "Adair" not in reviewer.get(case_address(officer["report"])).content.decode()


def test_a_bundle_is_a_posted_disclosure_with_proofs_and_no_victim(authority, officer):
    import json

    address = case_address(officer["log"]) + "/bundle"
    file = authority.post(address, {"on": ""})

    assert authority.get(address).status_code == 405
    bundle = json.loads(file.content)
    assert bundle["case"] == address.split("/")[2]
    assert bundle["facts"]
    assert "party_identity" not in {fact.get("kind") for fact in bundle["facts"]}


def test_a_bundle_is_refused_where_names_are_hidden(reviewer, officer, monkeypatch):
    monkeypatch.setenv("ONRECORD_HIDE_NAMES", "1")
    response = reviewer.post(case_address(officer["log"]) + "/bundle", {"on": ""})

    assert response.status_code == 403
    assert "Adair" not in response.content.decode()


def test_cases_judged_one_incident_name_each_other_and_the_day_of_the_judgement(reviewer, officer):
    report, last = sorted((officer["report"], officer["last"]))
    officer["world"].add(
        "incident_judgement", "NSP:HR", "2023-02-03", case_a=report, case_b=last, judgement="same"
    )
    fellow = public_reference("C", officer["last"])
    incident = public_reference("I", report)

    words = words_of(reviewer.get(case_address(officer["report"])))
    before = words_of(reviewer.get(case_address(officer["report"]), {"on": "2018-01-01"}))
    listed = table(
        reviewer.get(f"/incidents/{incident}"), "Cases that are records of this incident"
    )

    assert f"{fellow} (judged the same on 3 February 2023)" in words
    assert incident in words
    assert fellow not in before  # it was not reported yet
    assert [row[0].split()[0] for row in listed] == ["CR/12/77", "19/0042"]


def test_a_case_without_an_incident_stands_for_one_once_it_is_known(reviewer, officer):
    address = f"/incidents/{public_reference('I', officer['report'])}"

    (row,) = table(reviewer.get(address), "Cases that are records of this incident")
    assert row[0].startswith("CR/12/77")
    assert reviewer.get(address, {"on": "2012-10-01"}).status_code == 404
    assert reviewer.get(f"/cases/{public_reference('C', officer['incident'])}").status_code == 404


def test_a_subject_with_two_records_is_one_subject(reviewer, officer):
    officer["world"].add(
        "party_role",
        "WMP:CRIME",
        "2012-10-20",
        case_lineage=officer["report"],
        record_lineage=officer["own"],
        role="subject",
    )

    (row,) = table(reviewer.get(case_address(officer["report"])), "Subjects")

    assert row[0] == "Rowan Adair"
    assert row[2] == "4471"
    assert "Northshire Police" in row[3]
    assert "Westmark Police" in row[3]
