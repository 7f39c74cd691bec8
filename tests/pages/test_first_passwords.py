"""A first password: made by the system, shown once, for a day, and changed at the first sign-in."""

import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from tests.journeys.desk import PASSWORD, account
from tests.pages.conftest import signed_in
from tests.pages.reading import words_of
from tests.stores import acting

from onrecord.apps.access.models import TwoPersonAsk, User
from onrecord.apps.access.services import new_first_password
from onrecord.apps.signing_in import factors, selectors, services, terminal
from onrecord.core.kernel.errors import NotPermittedError
from onrecord.project.signing_in import second_factor_for

NEW = {
    "username": "b.hazel", "display_name": "B. Hazel", "human": "7781", "role": "reviewer",
    "team": "", "email": "", "reason": "Starts on the review on Monday.",
}  # fmt: skip
OWN = "three herons over marshes"
LET_IN = "/administration/users/b.hazel/let-in"
PROOF = {"proof": "Called back on the number that HR has."}


def first_told(answer):
    return re.search("[a-z2-9]{4}(-[a-z2-9]{4}){3}", words_of(answer)).group()


def enters(password, name="b.hazel"):
    client = Client()
    answer = client.post("/account/sign-in", {"username": name, "password": password})
    return client, answer.status_code == 302


@pytest.fixture
def first(administrator):
    """Return the first password of a new account."""
    return first_told(administrator.post("/administration/users/new", NEW))


def test_no_two_are_alike_and_each_has_seventy_nine_bits(store):
    made = {new_first_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one.replace("-", "")) == 16 for one in made)


def test_it_opens_one_page_where_ones_own_is_chosen(first):
    client, is_in = enters(first)
    assert is_in
    for path in ("/", "/work/", "/search"):
        assert client.get(path).headers["location"] == "/account/password"
    assert "Choose your own password" in words_of(client.get("/account/password"))
    same = client.post("/account/password", {"password": first, "again": first})
    assert "That is the first password" in words_of(same)
    client.post("/account/password", {"password": OWN, "again": OWN})
    assert client.get("/work/").status_code == 200
    assert not enters(first)[1]
    again, is_in = enters(OWN)
    assert is_in
    assert again.get("/work/").status_code == 200


def test_it_runs_out_after_a_day(first):
    user = User.objects.get(username="b.hazel")
    with acting():
        user.first_password_until -= timedelta(hours=24)
        user.save()
    client, is_in = enters(first)
    assert not is_in
    assert client.get("/work/").headers["location"].startswith("/account/sign-in")


def test_it_does_not_sign_in_at_a_terminal(first):
    with pytest.raises(NotPermittedError, match="not set up yet"):
        terminal.sign_in("b.hazel", password=first, ask_code=lambda: "")


def test_somebody_is_let_in_again_and_their_second_factor_stays(administrator):
    user = account("b.hazel", role="reviewer")
    hazel = signed_in(Client(), "b.hazel")
    secret = factors.new_secret()
    from onrecord.apps.access.selectors import viewer_for_user

    viewer = viewer_for_user(user, page="a test", reason="a test")
    code = factors.code_at(secret, time.time() - 30)
    services.add_codes(viewer=viewer, user=user, name="telephone", secret=secret, code=code)
    first = first_told(administrator.post(LET_IN, PROOF))
    assert hazel.get("/work/").status_code == 302, "every sign-in ended"
    assert not enters(PASSWORD)[1]
    client, _ = enters(first)
    assert client.get("/account/second-step").status_code == 200
    assert client.get("/account/password").status_code == 302, "the code is asked for still"
    client.post("/account/second-step", {"code": factors.code_at(secret, time.time())})
    assert "Choose your own password" in words_of(client.get("/account/password"))


def test_who_lost_the_second_factor_too_sets_up_another(administrator):
    user = account("b.hazel", role="reviewer")
    viewer = services.Viewer(
        name="b.hazel", kind="person", organisation_code="NSP", role="reviewer", reason="a test",
        page="a test",
    )  # fmt: skip
    services.renew_recovery_codes(viewer=viewer, user=user)
    first = first_told(administrator.post(LET_IN, PROOF | {"drops_factors": "on"}))
    assert selectors.recovery_codes_left(user) == 0
    assert enters(first)[1]
    seen = words_of(administrator.get("/administration/users/b.hazel"))
    assert "Given a new first password" in seen
    assert PROOF["proof"] in seen


def test_how_they_proved_who_they_are_must_be_said(administrator):
    account("b.hazel", role="reviewer")
    assert "Say how they proved who they are" in words_of(administrator.post(LET_IN, {}))
    assert enters(PASSWORD)[1]


def test_nobody_lets_themselves_in_again(administrator):
    answer = administrator.post("/administration/users/an.admin/let-in", PROOF)
    assert answer.status_code == 403


def test_a_guarded_account_is_let_in_again_by_two_people(administrator):
    account("b.hazel", role="victim_contact")
    account("s.officer", role="senior_officer")
    asked = administrator.post(LET_IN, PROOF)
    assert asked.headers["location"].endswith("?asked=yes")
    assert enters(PASSWORD)[1]
    ask = TwoPersonAsk.objects.get()
    given = {"agrees": "yes", "reason": "I know them."}
    signed_in(Client(), "s.officer").post(f"/work/agreements/{ask.pk}", given)
    assert enters(first_told(administrator.post(LET_IN, PROOF)))[1]
    assert not enters(PASSWORD)[1]


def test_a_second_factor_is_asked_of_every_role_unless_somebody_says_none(store, settings):
    settings.SECOND_FACTOR = second_factor_for("")
    assert settings.SECOND_FACTOR is None, "then what is set in the pages holds: everybody"
    account()
    client = signed_in(Client())
    assert client.get("/work/").headers["location"] == "/account/second-factors"
    assert "Set one up to go on" in words_of(client.get("/account/second-factors"))
    with pytest.raises(NotPermittedError, match="not set up yet"):
        terminal.sign_in("a.reviewer", password=PASSWORD, ask_code=lambda: "")
    client.get("/account/second-factors/codes")
    code = factors.code_at(client.session["new-codes-secret"], time.time())
    client.post("/account/second-factors/codes", {"name": "telephone", "code": code})
    assert client.get("/work/").status_code == 200


def test_a_demonstration_says_that_a_password_alone_signs_in(store, settings):
    settings.SECOND_FACTOR = second_factor_for("none")
    account()
    assert "A password alone signs in here" in words_of(Client().get("/account/sign-in"))
    seen = signed_in(Client()).get("/work/").content.decode()
    assert "A password alone signs in here" in seen
    settings.SECOND_FACTOR = second_factor_for("required")
    assert "A password alone" not in Client().get("/account/sign-in").content.decode()
