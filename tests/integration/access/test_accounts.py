import pytest
from django.test import Client

from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.access.services import create_user
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.ledger.actors import LOCAL_OPERATOR, ActorKind

PASSWORD = "a long enough passphrase"


def an_account(**changed):
    return create_user(
        **{
            "actor": LOCAL_OPERATOR,
            "reason": "a test",
            "username": "r.okafor",
            "display_name": "R. Okafor",
            "organisation_code": "NORTHSHIRE",
            "role": Role.REVIEWER,
            "password": PASSWORD,
        }
        | changed
    )


def test_an_account_can_sign_in_and_out(store):
    an_account()
    client = Client()

    answer = client.post("/account/sign-in", {"username": "r.okafor", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"]

    client.post("/account/sign-out")
    assert "_auth_user_id" not in client.session


def test_every_page_but_sign_in_asks_who_it_is(store):
    answer = Client().get("/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/sign-in")


def test_no_page_may_be_stored_or_run_foreign_code(store):
    answer = Client().get("/account/sign-in")

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(store):
    an_account()
    answers = [
        Client().post("/account/sign-in", {"username": name, "password": "wrong"})
        for name in ("r.okafor", "nobody.here")
    ]

    texts = {a.content.decode().replace("nobody.here", "r.okafor") for a in answers}
    without_tokens = {
        "".join(part for part in text.splitlines(keepends=True) if "csrf" not in part)
        for text in texts
    }
    assert len({text.split("<main")[-1] for text in without_tokens}) == 1


def test_the_local_operator_has_no_account(store):
    with pytest.raises(DataRejectedError):
        an_account(role=Role.LOCAL_OPERATOR)


def test_a_name_is_given_once(store):
    an_account()
    with pytest.raises(DataRejectedError, match="already"):
        an_account()
    assert User.objects.count() == 1


def test_a_weak_password_is_refused(store):
    with pytest.raises(DataRejectedError):
        an_account(password="password1")


def test_a_service_account_acts_as_a_service(store):
    assert an_account(is_service_account=True).actor.kind is ActorKind.SERVICE


@pytest.mark.django_db
def test_what_a_test_writes_in_the_shared_copy_is_rolled_back_one():
    an_account()
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_what_a_test_writes_in_the_shared_copy_is_rolled_back_two():
    an_account()
    assert User.objects.count() == 1
