"""A script that asks for more than anybody reads has to wait, and asking faster does not help."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.worlds.building import World

from onrecord.apps.looking import pacing
from onrecord.core.kernel.ids import public_reference

MOST = 8


@pytest.fixture
def person(store, monkeypatch, client):
    world = World()
    record = world.person("NSP:HR", "1", "2014-01-01", family_name="Invented")
    world.settle()
    account("a.lead", role="review_lead")
    signed_in(client, "a.lead")
    monkeypatch.setenv("ONRECORD_LOOKS_A_MINUTE", str(MOST))
    return f"/people/{public_reference('P', record)}"


def refused(actor):
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from ledger.consultation where actor = %s and was_refused", [actor]
        )
        return cursor.fetchone()[0]


def let_pass(monkeypatch, by):
    real = pacing.now
    monkeypatch.setattr(pacing, "now", lambda: real() + by)


def test_whoever_looks_faster_than_anybody_reads_must_wait_and_may_leave(
    person, client, monkeypatch
):
    answers = [client.get(person) for _ in range(MOST + 5)]
    codes = [answer.status_code for answer in answers]
    shown = codes.count(200)
    assert 0 < shown <= MOST
    assert codes == [200] * shown + [429] * (MOST + 5 - shown)
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert b"Too much at once" in answers[-1].content
    assert refused("a.lead") == codes.count(429)

    let_pass(monkeypatch, timedelta(seconds=61))
    assert client.get(person).status_code == 200
    assert client.post("/account/sign-out").status_code == 302


def test_what_was_asked_in_vain_counts_too(person, client, monkeypatch):
    for _ in range(MOST * 3):
        client.get(person)
    let_pass(monkeypatch, timedelta(seconds=30))
    assert client.get(person).status_code == 429


def test_nobody_waits_for_what_somebody_else_asks(person, client):
    for _ in range(MOST + 2):
        client.get(person)
    account("another.lead", role="review_lead")
    other = signed_in(Client(), "another.lead")
    assert other.get(person).status_code == 200
