"""Delegations: none, one, many; given, taken back, given back; refused; told above every page."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import words_of

from onrecord.apps.access.models import Delegation
from onrecord.core.kernel.clock import today
from onrecord.web.wording.dates import uk_date

PATH = "/account/delegations/"


@pytest.fixture
def giver(store):
    account("s.officer", role="senior_officer")
    account("i.vestigator", role="investigator")
    return signed_in(Client(), "s.officer")


@pytest.fixture
def taker(giver):
    return signed_in(Client(), "i.vestigator")


def lend(giver, **changed):
    usual = {
        "taker": "i.vestigator", "from_on": uk_date(today()), "reason": "A course.",
        "until_on": uk_date(today() + timedelta(days=9)), "extent": "all",
    }  # fmt: skip
    return giver.post(f"{PATH}new", usual | changed)


def test_nobody_acts_for_anybody_at_first(giver, taker):
    assert "Nobody acts for you." in words_of(giver.get(PATH))
    assert "You act for nobody else." in words_of(taker.get(PATH))


def test_one_is_given_told_above_every_page_and_taken_back(giver, taker):
    answer = lend(giver)
    assert answer.status_code == 302, words_of(answer)
    assert "acts for you" in words_of(giver.get(PATH))
    assert "You act for" in words_of(taker.get(PATH))
    assert "cting for" in taker.get("/work/").content.decode()
    assert taker.get("/looks/").status_code == 200

    number = Delegation.objects.get().pk
    assert giver.post(f"{PATH}{number}/end").status_code == 302
    assert taker.get("/looks/").status_code == 403
    assert "cting for" not in taker.get("/work/").content.decode()
    assert "Over" in words_of(giver.get(PATH))


def test_whoever_took_it_gives_it_back_and_a_stranger_cannot(giver, taker):
    lend(giver)
    number = Delegation.objects.get().pk
    account("a.nother", role="investigator")
    assert signed_in(Client(), "a.nother").post(f"{PATH}{number}/end").status_code == 404
    assert taker.post(f"{PATH}{number}/end").status_code == 302
    assert "Nobody acts for you." in words_of(giver.get(PATH))


def test_what_cannot_be_is_said_at_its_field(giver):
    holes = lend(giver, taker="", from_on="", until_on="soon", reason="", extent="some")
    assert holes.status_code == 422
    words = words_of(holes)
    assert "There is a problem" in words
    past = lend(giver, from_on="1 January 2020", until_on="2 January 2020")
    assert past.status_code == 422
    assert not Delegation.objects.exists()


def test_many_are_all_listed(giver):
    for number in range(12):
        account(f"c.olleague{number}", role="investigator")
        assert lend(giver, taker=f"c.olleague{number}").status_code == 302
    assert words_of(giver.get(PATH)).count("acts for you,") == 12


def test_a_duty_that_cannot_be_lent_says_so(giver, taker):
    assert "is not one that can be delegated" in words_of(taker.get(PATH))
    assert taker.get(f"{PATH}new").status_code == 403
    assert lend(taker, taker="s.officer").status_code == 403
