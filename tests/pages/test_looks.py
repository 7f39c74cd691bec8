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
    from onrecord.apps.looking.models import LookAlert

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
