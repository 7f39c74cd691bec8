"""Signing in at the organisation's own provider: whoever it proves and has an account, nobody else."""

import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from tests.journeys.desk import account
from tests.stores import acting

from integration.signing_in.provider import CLIENT, OTHER_KEY, SECRET, running_provider
from onrecord.apps.access.models import User
from onrecord.apps.access.services import close_account
from onrecord.apps.signing_in import openid
from onrecord.apps.signing_in.models import OpenIdLink
from onrecord.core.ledger.actors import LOCAL_OPERATOR
from onrecord.project.signing_in import provider_address


@pytest.fixture
def provider(store, settings):
    with running_provider() as running:
        settings.OPENID_ISSUER = running.issuer
        settings.OPENID_CLIENT_ID, settings.OPENID_CLIENT_SECRET = CLIENT, SECRET
        settings.OPENID_NAME = "Northshire Police"
        yield running


@pytest.fixture
def somebody(store):
    return with_address(account())


def with_address(user, email="A.Reviewer@force.example"):
    with acting():
        User.objects.filter(pk=user.pk).update(email=email)
    return user


def come_back(provider, client=None, after="/work/", **spoilt):
    """Go there and come back, as a browser does; return the client and what it was answered."""
    client = client or Client()
    there = client.get("/account/openid/there", {"next": after})
    assert there["Location"].startswith(f"{provider.issuer}/authorise?")
    return client, client.get("/account/openid/back", provider.code_for(there["Location"]) | spoilt)


@pytest.mark.parametrize("named", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_provider_that_names_an_address_without_tls_is_not_gone_on_with(monkeypatch, named):
    at = openid.Provider("https://login.force.example", CLIENT, SECRET, "Northshire Police")
    told = {
        "issuer": at.issuer, "authorization_endpoint": f"{at.issuer}/authorise",
        "token_endpoint": f"{at.issuer}/token", "jwks_uri": f"{at.issuer}/keys",
    }  # fmt: skip
    monkeypatch.setattr(openid, "_asked_for", lambda *_, **__: told)
    assert openid.begin(at, back="https://onrecord.example/back", is_again=False)
    told[named] = told[named].replace("https://", "http://")
    with pytest.raises(openid.NotProvedError):
        openid.begin(at, back="https://onrecord.example/back", is_again=False)


def test_without_a_provider_there_is_no_such_way_in(store, client):
    assert client.get("/account/openid/there").status_code == 404
    assert client.get("/account/openid/back").status_code == 404
    assert b"Sign in with" not in client.get("/account/sign-in").content


def test_somebody_with_an_account_signs_in_and_goes_on(provider, somebody):
    assert b"Sign in with Northshire Police" in Client().get("/account/sign-in").content
    client, answer = come_back(provider)
    assert (answer.status_code, answer["Location"]) == (302, "/work/")
    assert client.get("/work/").status_code == 200
    assert b"This browser" in client.get("/account/sessions").content


def test_from_then_on_the_number_counts_and_not_the_address(provider, somebody):
    come_back(provider)
    provider.claims = {"sub": "n-1", "email": "else@force.example", "email_verified": True}
    client, _ = come_back(provider)
    assert client.get("/work/").status_code == 200
    provider.claims = {"sub": "n-2", "email": "a.reviewer@force.example", "email_verified": True}
    client, answer = come_back(provider)
    assert answer.status_code == 403
    assert client.get("/work/").status_code == 302
    assert [link.subject for link in OpenIdLink.objects.all()] == ["n-1"]


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": ""},
        {"email": "nobody@force.example"},
        {"nonce": "another"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"iss": "https://another.example"},
        {"exp": int(time.time()) - 600},
        {"sub": None},
    ],
    ids=str,
)
def test_a_word_that_proves_nothing_opens_nothing(provider, somebody, claims):
    provider.claims |= claims
    client, answer = come_back(provider)
    assert answer.status_code == 403
    assert client.get("/work/").status_code == 302
    assert not OpenIdLink.objects.exists()
    assert User.objects.count() == 1


def test_another_key_another_state_and_a_code_used_twice_open_nothing(provider, somebody):
    provider.key = OTHER_KEY
    assert come_back(provider)[1].status_code == 403
    _, answer = come_back(provider, state="another")
    assert answer.status_code == 403
    client = Client()
    there = client.get("/account/openid/there")
    code = provider.code_for(there["Location"])
    assert Client().get("/account/openid/back", code).status_code == 403, "another browser"
    provider.is_down = True
    assert client.get("/account/openid/back", code).status_code == 403
    assert not OpenIdLink.objects.exists()


def test_a_closed_account_and_a_shared_address_open_nothing(provider, somebody):
    with_address(account("b.reviewer"))
    assert come_back(provider)[1].status_code == 403
    with_address(User.objects.get(username="b.reviewer"), "b@force.example")
    client, answer = come_back(provider)
    assert answer.status_code == 302
    close_account(actor=LOCAL_OPERATOR, user=somebody, reason="left")
    assert client.get("/work/").status_code == 302
    assert come_back(provider)[1].status_code == 403


def test_a_sensitive_act_is_proved_by_the_same_person_lately(provider, somebody):
    client, _ = come_back(provider)
    session = client.session
    session["proved-at"] -= 3600
    session.save()
    assert b"Prove it with Northshire Police" in client.get("/account/again").content
    for claims in ({}, {"auth_time": int(time.time()) - 900}):
        provider.claims |= claims
        assert come_back(provider, client, "/account/password")[1].status_code == 403
    provider.claims |= {"auth_time": int(time.time()), "sub": "n-9"}
    assert come_back(provider, client, "/account/password")[1].status_code == 403
    provider.claims["sub"] = "n-1"
    assert come_back(provider, client, "/account/password")[1]["Location"] == "/account/password"
    assert client.get("/account/password").status_code == 200


def test_nobody_is_sent_on_to_another_site(provider, somebody):
    assert come_back(provider, after="https://elsewhere.example/")[1]["Location"] == "/"


def test_a_provider_is_asked_over_a_line_that_nobody_changes():
    with pytest.raises(ImproperlyConfigured):
        provider_address("http://login.force.example")
    assert provider_address("https://login.force.example") == "https://login.force.example"


def test_a_second_factor_is_asked_for_all_the_same(provider, somebody):
    from onrecord.apps.signing_in.models import Factor

    with acting():
        Factor.objects.create(user=somebody, kind="codes", name="app", secret="x")
    client, answer = come_back(provider)
    assert answer["Location"] == "/account/second-step"
    assert client.get("/work/").status_code == 302
