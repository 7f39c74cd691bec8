"""Pages about looking: empty, one, error, forbidden."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of
from tests.stores import acting
from tests.worlds.building import adair

from onrecord.apps.access.models import User
from onrecord.apps.looking.models import LookAlert
from onrecord.apps.looking.services import check_looks
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.ids import public_reference


@pytest.fixture
def officer(store):
    account("sid", role="senior_officer")
    return signed_in(Client(), "sid")


@pytest.fixture
def told(officer, reviewer):
    """A reviewer has looked at their own record, and the rules have spoken."""
    made = adair()
    with acting():
        User.objects.filter(username="a.reviewer").update(person_record=made["own"])
    reference = public_reference("P", min(made["own"], made["crime"]))
    reviewer.get(f"/people/{reference}")
    check_looks(now() - timedelta(days=1))
    return reference


def test_nothing_to_tell(officer, reviewer):
    assert "Nothing unusual has been told" in words_of(officer.get("/looks/"))
    assert reviewer.get("/looks/").status_code == 403
    assert officer.get("/looks/999").status_code == 404


def test_an_alert_is_read_and_answered(officer, told):
    rows = table(officer.get("/looks/"), "Alerts")
    where = next(row for row in rows if "Looked at themselves" in row[0])
    assert "Waiting" in where[3]
    path = f"/looks/{LookAlert.objects.get(rule='own-record').pk}"
    words = words_of(officer.get(path))
    assert "What would explain it" in words
    assert told in words
    empty = officer.post(path, {})
    assert empty.status_code == 422
    assert "Choose what you made of it" in words_of(empty)
    officer.post(path, {"outcome": "explained", "words": "They were asked to check it."})
    assert "They were asked to check it." in words_of(officer.get(path))


def test_who_looked(officer, told, reviewer):
    assert officer.get("/looks/who").status_code == 200
    assert officer.get("/looks/who", {"reference": ""}).status_code == 422
    where = officer.get("/looks/who", {"reference": told.lower()}).headers["location"]
    assert "review 2026/014" in words_of(officer.get(where))
    assert officer.get("/looks/who/P-00000-00000-0").status_code == 404
    assert reviewer.get(where).status_code == 403


def test_ones_own_looks(reviewer, told):
    assert told in words_of(reviewer.get("/looks/mine"))


@pytest.fixture
def asked(officer, told):
    """The officer has asked the reviewer how it was."""
    number = LookAlert.objects.get(rule="own-record").pk
    officer.post(f"/looks/{number}", {"outcome": "asked", "words": "What were you working on?"})
    return number


def test_nobody_learns_that_a_rule_spoke_of_them_until_an_officer_asks(officer, reviewer, told):
    number = LookAlert.objects.get(rule="own-record").pk
    assert "You were asked" not in words_of(reviewer.get("/looks/mine"))
    assert "You were asked" not in words_of(reviewer.get("/today/"))
    assert reviewer.get(f"/looks/mine/{number}").status_code == 404
    assert officer.get(f"/looks/mine/{number}").status_code == 404


def test_whom_a_rule_speaks_of_says_how_it_was_and_hears_what_was_made_of_it(
    officer, reviewer, asked
):
    assert "You were asked how a look came about" in words_of(reviewer.get("/today/"))
    assert "Waiting for you" in words_of(reviewer.get("/looks/mine"))
    page = words_of(reviewer.get(f"/looks/mine/{asked}"))
    assert "What were you working on?" in page
    assert "It is no finding about you" in page

    assert reviewer.post(f"/looks/mine/{asked}", {"words": " "}).status_code == 422
    reviewer.post(f"/looks/mine/{asked}", {"words": "I was checking my own number."})
    (row,) = [r for r in table(officer.get("/looks/"), "Alerts") if "Looked at themselves" in r[0]]
    assert "They have said how it was" in row[3]
    assert "I was checking my own number." in words_of(officer.get(f"/looks/{asked}"))

    officer.post(f"/looks/{asked}", {"outcome": "mistaken", "words": "The record was not theirs."})
    assert "The record was not theirs." in words_of(reviewer.get(f"/looks/mine/{asked}"))


def test_what_goes_on_elsewhere_is_not_told_to_whom_it_is_about(officer, reviewer, asked):
    officer.post(f"/looks/{asked}", {"outcome": "follow_up", "words": "Passed on."})

    assert "Passed on." in words_of(officer.get(f"/looks/{asked}"))
    assert "Passed on." not in words_of(reviewer.get(f"/looks/mine/{asked}"))
    assert reviewer.get(f"/looks/{asked}").status_code == 403
