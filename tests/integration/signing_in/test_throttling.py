"""Whoever guesses waits, longer each time and never for good; nobody is kept out by a stranger."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from tests.journeys.desk import PASSWORD, account

from onrecord.apps.signing_in import terminal, throttling
from onrecord.apps.signing_in.models import Try
from onrecord.core.kernel.errors import NotPermittedError

HOME, AWAY = "198.51.100.4", "203.0.113.9"


def at(address, cookies=None):
    client = Client(REMOTE_ADDR=address)
    if cookies:
        client.cookies = cookies
    return client


def tried(client, name="a.reviewer", given="guess"):
    answer = client.post("/account/sign-in", {"username": name, "password": given})
    return answer.status_code


def time_passes(seconds):
    Try.objects.update(at=F("at") - timedelta(seconds=seconds))


def guess(times, address=AWAY, name="a.reviewer"):
    for _ in range(times):
        Try.objects.create(account=throttling._account(name), address=address)


@pytest.fixture
def owner(store):
    return account()


def test_each_further_try_waits_twice_as_long_and_never_over_a_quarter_of_an_hour(owner):
    client = at(AWAY)
    assert [tried(client) for _ in range(6)] == [200] * 5 + [429]
    for wait in (30, 60, 120, 240, 480, 900, 900):
        time_passes(wait - 5)
        assert tried(client) == 429, f"too soon: {wait} seconds"
        time_passes(6)
        assert tried(client) == 200, f"late enough: {wait} seconds"


def test_tries_while_one_must_wait_make_the_wait_no_longer(owner):
    client = at(AWAY)
    for _ in range(30):
        tried(client)
    time_passes(31)
    assert tried(client, given=PASSWORD) == 302


def test_a_right_password_forgets_the_wrong_ones(owner):
    client = at(AWAY)
    for _ in range(4):
        tried(client)
    assert tried(client, given=PASSWORD) == 302
    assert not Try.objects.exists()


def test_a_stranger_anywhere_does_not_slow_down_a_browser_that_is_known(owner):
    known = at(HOME)
    assert tried(known, given=PASSWORD) == 302
    known.post("/account/sign-out")
    guess(500)
    guess(500, HOME)
    assert tried(known, given=PASSWORD) == 302
    assert tried(at(HOME), given=PASSWORD) == 429, "one that is not known waits"


def test_a_known_browser_that_guesses_waits_too(owner):
    known = at(HOME)
    tried(known, given=PASSWORD)
    known.post("/account/sign-out")
    assert [tried(known) for _ in range(6)] == [200] * 5 + [429]


def test_a_browser_is_known_only_to_the_account_that_signed_in_there(owner):
    account("b.reviewer")
    known = at(HOME)
    tried(known, given=PASSWORD)
    known.post("/account/sign-out")
    guess(5, HOME, "b.reviewer")
    assert tried(known, "b.reviewer", PASSWORD) == 429


def test_a_cookie_of_ones_own_making_is_no_known_browser(owner):
    guess(5)
    client = at(AWAY)
    client.cookies[throttling.DEVICE_COOKIE] = "e30:forged:forged"
    assert tried(client, given=PASSWORD) == 429


def test_guessing_one_account_from_everywhere_is_slowed_down(owner):
    for n in range(50):
        guess(1, f"203.0.113.{n}")
    assert tried(at(HOME), given=PASSWORD) == 429
    time_passes(31)
    assert tried(at(HOME), given=PASSWORD) == 302


def test_guessing_many_accounts_from_one_address_is_slowed_down(owner):
    for n in range(20):
        guess(1, AWAY, f"guessed.{n}")
    assert tried(at(AWAY), given=PASSWORD) == 429
    assert tried(at(HOME), given=PASSWORD) == 302


def test_an_account_that_does_not_exist_is_answered_alike(owner):
    client = at(AWAY)
    assert [tried(client, "nobody.there") for _ in range(6)] == [200] * 5 + [429]


def test_what_was_typed_as_a_name_is_not_kept(owner):
    tried(at(AWAY), "my secret by mistake")
    (row,) = Try.objects.all()
    assert "secret" not in row.account


def test_a_day_later_all_is_forgotten(owner):
    guess(30)
    time_passes(86_401)
    assert tried(at(AWAY)) == 200
    assert Try.objects.count() == 1


def test_a_terminal_is_slowed_down_by_its_own_tries_alone(owner):
    guess(500)
    guess(500, "127.0.0.1")
    assert terminal.sign_in("a.reviewer", password=PASSWORD, ask_code=str)
    for _ in range(5):
        with pytest.raises(NotPermittedError, match="did not sign you in"):
            terminal.sign_in("a.reviewer", password="guess", ask_code=str)
    with pytest.raises(NotPermittedError, match="Wait 30 seconds"):
        terminal.sign_in("a.reviewer", password=PASSWORD, ask_code=str)
