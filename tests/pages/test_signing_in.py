"""Signing in with a second factor, giving the password again, and what stands in the way of guessing."""

import hashlib
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from tests.journeys.desk import PASSWORD, account
from tests.pages.conftest import signed_in
from tests.pages.reading import words_of

from onrecord.apps.access.breached import is_listed
from onrecord.apps.access.models import User
from onrecord.apps.signing_in import factors
from onrecord.apps.signing_in.models import Session
from onrecord.project.signing_in import second_factor_for


@pytest.fixture
def with_codes(store):
    """Return an account that has an app, the app's secret, and a client that is signed in."""
    account()
    client = signed_in(Client())
    client.get("/account/second-factors/codes")
    secret = client.session["new-codes-secret"]
    answer = client.post(
        "/account/second-factors/codes",
        {"name": "telephone", "code": factors.code_at(secret, time.time() - 30)},
    )
    assert answer.status_code == 302
    return client, secret


def first_step(client):
    return client.post("/account/sign-in", {"username": "a.reviewer", "password": PASSWORD})


def test_a_wrong_first_code_adds_nothing(store):
    account()
    client = signed_in(Client())
    client.get("/account/second-factors/codes")
    answer = client.post("/account/second-factors/codes", {"name": "telephone", "code": "000000"})
    assert answer.status_code == 422
    assert "That is not the code" in words_of(answer)
    assert "You have none yet" in words_of(client.get("/account/second-factors"))


def test_the_password_alone_no_longer_signs_in(with_codes):
    _, secret = with_codes
    client = Client()
    assert first_step(client).headers["location"] == "/account/second-step"
    assert client.get("/work/").status_code == 302
    assert client.post("/account/second-step", {"code": "123"}).status_code == 422

    code = factors.code_at(secret, time.time())
    assert client.post("/account/second-step", {"code": code}).status_code == 302
    assert client.get("/work/").status_code == 200


def test_a_code_is_good_once(with_codes):
    _, secret = with_codes
    code = factors.code_at(secret, time.time())
    one, other = Client(), Client()
    for client in (one, other):
        first_step(client)
    assert one.post("/account/second-step", {"code": code}).status_code == 302
    assert other.post("/account/second-step", {"code": code}).status_code == 422


def test_a_recovery_code_is_good_once_and_told_once(with_codes):
    client, _ = with_codes
    page = client.post("/account/second-factors/recovery-codes")
    code = words_of(page).split("Each is good once. ")[1].split()[0]
    for status in (302, 422):
        another = Client()
        first_step(another)
        assert another.post("/account/second-step", {"code": code}).status_code == status
    assert "9 left" in words_of(client.get("/account/second-factors"))


def test_nobody_guesses_a_code_by_trying_on(with_codes):
    client = Client()
    first_step(client)
    answers = [client.post("/account/second-step", {"code": f"00000{n}"}) for n in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [429]
    assert first_step(Client()).status_code == 429, "nor by giving the password anew"


def test_a_stranger_who_guesses_does_not_lock_the_account_for_its_owner(store):
    account()
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(8):
        stranger.post("/account/sign-in", {"username": "a.reviewer", "password": "guess"})
    assert stranger.post(
        "/account/sign-in", {"username": "a.reviewer", "password": PASSWORD}
    ).status_code in {403, 429}
    assert first_step(Client(REMOTE_ADDR="198.51.100.4")).status_code == 302


def test_a_sensitive_act_asks_for_the_password_again_and_comes_back(store):
    account("an.authority", role="head_of_counter_corruption")
    client = signed_in(Client(), "an.authority")
    session = client.session
    session["proved-at"] -= 3600
    session.save()
    answer = client.get("/seals/open")
    assert answer.headers["location"] == "/account/again?next=%2Fseals%2Fopen"
    wrong = client.post("/account/again", {"password": "guess", "next": "/seals/open"})
    assert wrong.status_code == 422
    right = client.post("/account/again", {"password": PASSWORD, "next": "/seals/open"})
    assert right.headers["location"] == "/seals/open"
    assert client.get("/seals/open").status_code == 200
    away = client.post(
        "/account/again", {"password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert away.headers["location"] == "/"


def test_where_a_second_factor_is_required_there_is_nothing_before_it(store, settings):
    settings.SECOND_FACTOR = second_factor_for("administrator,review_lead")
    account()
    account("an.analyst", role="analyst")
    assert signed_in(Client(), "an.analyst").get("/work/").status_code == 200
    client = signed_in(Client())
    assert client.get("/work/").headers["location"] == "/account/second-factors"
    assert client.get("/account/second-factors").status_code == 200


def test_a_secret_lies_sealed_in_the_database(with_codes):
    _, secret = with_codes
    (factor,) = User.objects.get(username="a.reviewer").factors.all()
    assert secret not in factor.secret
    assert factors.opened(factor.secret) == secret
    assert factors.opened("nonsense") is None


def test_a_breached_password_is_found_in_a_sorted_file(tmp_path):
    words = [f"password{n}" for n in range(500)]
    hashes = sorted(
        hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in words
    )
    path = tmp_path / "list"
    path.write_text("".join(f"{one}:{n}\n" for n, one in enumerate(hashes)))
    assert all(is_listed(path, word) for word in words)
    assert not any(is_listed(path, f"other{n}") for n in range(500))


def test_where_one_is_signed_in(store):
    account()
    client = signed_in(Client())
    assert "This browser" in words_of(client.get("/account/sessions"))
    assert "End all others" not in words_of(client.get("/account/sessions"))


NEW = "another invented pass phrase"


def test_a_new_password_ends_every_other_sign_in_and_no_weak_one_is_taken(store):
    account()
    here, elsewhere = signed_in(Client()), signed_in(Client())
    weak = here.post("/account/password", {"password": "password1234", "again": "password1234"})
    assert weak.status_code == 422
    assert "too common" in words_of(weak)
    slip = here.post("/account/password", {"password": NEW, "again": NEW + "."})
    assert "The two are not the same" in words_of(slip)
    assert elsewhere.get("/work/").status_code == 200
    assert here.post("/account/password", {"password": NEW, "again": NEW}).status_code == 302
    assert "Your password was changed" in words_of(here.get("/account/sessions"))
    assert elsewhere.get("/work/").headers["location"].startswith("/account/sign-in")
    assert first_step(Client()).status_code == 200
    again = Client().post("/account/sign-in", {"username": "a.reviewer", "password": NEW})
    assert again.status_code == 302


def test_a_password_is_changed_only_by_somebody_who_has_just_given_it(store):
    account()
    client = signed_in(Client())
    session = client.session
    session["proved-at"] -= 3600
    session.save()
    answer = client.get("/account/password")
    assert answer.headers["location"] == "/account/again?next=%2Faccount%2Fpassword"


def test_a_sign_in_is_as_old_as_it_is_however_often_it_is_used(store):
    account()
    client = signed_in(Client())
    session = client.session
    session["started-at"] -= 7200
    session.save()
    (row,) = Session.objects.filter(account_id__isnull=False)
    assert abs(row.started_at.timestamp() - client.session["started-at"]) < 1


def test_guessing_at_a_screen_left_open_is_slowed_down_as_at_the_door(store):
    account()
    client = signed_in(Client())
    for _ in range(5):
        client.post("/account/again", {"password": "guess", "next": "/"})
    assert client.post("/account/again", {"password": PASSWORD, "next": "/"}).status_code == 429


def test_signing_out_and_proving_again_are_acts(store):
    account()
    client = signed_in(Client())
    client.post("/account/again", {"password": PASSWORD, "next": "/"})
    client.post("/account/sign-out")
    with connection.cursor() as cursor:
        cursor.execute("select action from ledger.event where actor = 'a.reviewer' order by 1")
        acts = [row[0] for row in cursor.fetchall()]
    assert acts == ["session:end", "session:prove", "session:start"]


def test_a_role_that_does_not_exist_cannot_be_required_to_have_a_second_factor():
    with pytest.raises(ImproperlyConfigured, match="no role called wizard"):
        second_factor_for("analyst, wizard")
    assert "analyst" in second_factor_for("required")
    assert second_factor_for("") is None
    assert second_factor_for("none") == frozenset()
