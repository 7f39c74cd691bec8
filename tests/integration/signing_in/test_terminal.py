"""Signing in at a terminal, and the keys of services, as somebody types it."""

import time

import pytest
from tests.journeys.desk import PASSWORD, account
from tests.worlds.building import adair
from tests.worlds.commands import answered, typed

from onrecord.apps.access.selectors import user_named, viewer_for_user
from onrecord.apps.access.services import close_account
from onrecord.apps.signing_in import factors, services, terminal
from onrecord.core.kernel.errors import NotPermittedError
from onrecord.core.ledger.actors import LOCAL_OPERATOR


@pytest.fixture
def home(store, tmp_path, monkeypatch):
    """A home of the test's own, in which a token can lie."""
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path))
    return tmp_path


def signed_in(home, name="a.reviewer"):
    from onrecord.cli.signed_in import keep_token

    token = terminal.sign_in(name, password=PASSWORD, ask_code=lambda: "")
    keep_token(token)
    return token


def test_whoever_signed_in_looks_as_themselves_and_says_why(home, capsys):
    adair()
    account("an.admin", role="administrator")
    signed_in(home, "an.admin")
    assert (home / "signed-in").stat().st_mode & 0o777 == 0o600
    words = ("known-then", "NSP:HR:4471", "--on", "2020-01-01")
    assert typed(capsys, *words)[0] == 2
    assert typed(capsys, *words, "--reason", "review 1")[0] != 0

    account()
    signed_in(home)
    assert typed(capsys, *words, "--reason", "review 1")[0] == 0
    assert typed(capsys, "logout")[0] == 0
    assert not (home / "signed-in").exists()


def test_a_sign_in_at_a_terminal_ends_with_the_account(home, capsys):
    user = account()
    token = signed_in(home)
    assert terminal.viewer_for_token(token, page="x", reason="r").name == "a.reviewer"
    close_account(actor=LOCAL_OPERATOR, user=user, reason="left")
    assert terminal.viewer_for_token(token, page="x", reason="r") is None
    code, _ = typed(capsys, "known-then", "NSP:HR:4471", "--on", "2020-01-01", "--reason", "r")
    assert code == 4


def test_a_wrong_password_and_a_missing_code_are_refused_alike(store):
    user = account()
    viewer = viewer_for_user(user_named("a.reviewer"), reason="r", page="p")
    secret = factors.new_secret()
    services.add_codes(viewer=viewer, user=user, name="x", secret=secret,
                       code=factors.code_at(secret, time.time() - 30))  # fmt: skip
    said = set()
    for password, code in (("guess", ""), (PASSWORD, ""), (PASSWORD, "123456")):
        with pytest.raises(NotPermittedError) as refused:
            terminal.sign_in("a.reviewer", password=password, ask_code=lambda code=code: code)
        said.add(str(refused.value))
    assert len(said) == 1
    right = factors.code_at(secret, time.time())
    assert terminal.sign_in("a.reviewer", password=PASSWORD, ask_code=lambda: right)


def test_a_session_of_a_browser_is_no_token_of_a_terminal(store, client):
    account()
    client.post("/account/sign-in", {"username": "a.reviewer", "password": PASSWORD})
    key = client.session.session_key
    assert terminal.viewer_for_token(key, page="x", reason="r") is None


def test_keys_are_made_listed_and_revoked_by_command(store, capsys):
    from onrecord.apps.access.roles import Role
    from onrecord.apps.access.services import create_user

    create_user(actor=LOCAL_OPERATOR, reason="t", username="feed", display_name="Feed",
                organisation_code="NSP", role=Role.REVIEW_LEAD, password=None,
                is_service_account=True)  # fmt: skip
    code, made = answered(capsys, "keys", "make", "feed", "--name", "nightly", "--for", "case:read")
    assert code == 0
    assert made["key"].startswith("onr_")
    _, listed = answered(capsys, "keys", "list")
    (row,) = listed["keys"]
    assert row["ends in"] == f"…{made['key'][-4:]}"
    assert made["key"] not in str(listed)
    assert typed(capsys, "keys", "revoke", row["number"])[0] == 0
    assert answered(capsys, "keys", "list")[1]["keys"] == []
