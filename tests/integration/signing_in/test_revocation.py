"""What is taken away is gone at the very next request, whatever the way in (R12)."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.stores import acting

from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.access.selectors import viewer_for_user
from onrecord.apps.access.services import close_account, create_user
from onrecord.apps.signing_in import selectors, services
from onrecord.apps.signing_in.models import Session
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.ledger.actors import LOCAL_OPERATOR


def admin():
    create_user(
        actor=LOCAL_OPERATOR, reason="a test", username="ada", display_name="Ada",
        organisation_code="NSP", role=Role.ADMINISTRATOR, password=None,
    )  # fmt: skip
    return viewer_for_user(User.objects.get(username="ada"), reason="a test", page="test")


def service():
    return create_user(
        actor=LOCAL_OPERATOR, reason="a test", username="feed", display_name="Feed",
        organisation_code="NSP", role=Role.REVIEW_LEAD, password=None, is_service_account=True,
    )  # fmt: skip


def key_of(viewer, user, *verbs):
    return services.make_key(
        viewer=viewer, user=user, name="nightly", verbs=verbs or ("person:read",),
        lasts=timedelta(days=30),
    )  # fmt: skip


def test_a_closed_account_is_signed_out_at_its_next_page(store):
    user = account()
    client = signed_in(Client())
    assert client.get("/work/").status_code == 200
    close_account(actor=LOCAL_OPERATOR, user=user, reason="left")
    assert client.get("/work/").headers["location"].startswith("/account/sign-in")


def test_a_changed_role_counts_at_the_next_page(store):
    user = account()
    client = signed_in(Client())
    assert client.get("/search").status_code == 200
    with acting():
        User.objects.filter(pk=user.pk).update(role="administrator")
    assert client.get("/search").status_code == 403


def test_a_changed_password_ends_every_sign_in(store):
    user = account()
    client = signed_in(Client())
    user.set_password("another invented pass phrase")
    with acting():
        user.save(update_fields=["password"])
    assert client.get("/work/").status_code == 302


def test_one_ends_another_sign_in_of_ones_own_and_nobody_elses(store):
    account()
    account("b.reviewer")
    here, there, other = signed_in(Client()), signed_in(Client()), signed_in(Client(), "b.reviewer")
    (_, far) = selectors.sessions_of(
        User.objects.get(username="a.reviewer"), here.session.session_key
    )
    assert other.post(f"/account/sessions/{far.number}/end").status_code == 404
    assert there.get("/work/").status_code == 200
    here.post(f"/account/sessions/{far.number}/end")
    assert there.get("/work/").status_code == 302
    assert here.get("/work/").status_code == 200
    assert other.get("/work/").status_code == 200


def test_all_others_end_at_once(store):
    account()
    here, *others = [signed_in(Client()) for _ in range(3)]
    here.post("/account/sessions/end-others")
    assert [one.get("/work/").status_code for one in others] == [302, 302]
    assert here.get("/work/").status_code == 200


def test_an_idle_sign_in_ends_and_so_does_one_that_lasted_too_long(store):
    account()
    for place in ("seen-at", "started-at"):
        client = signed_in(Client())
        session = client.session
        session[place] -= 11 * 3600
        session.save()
        assert client.get("/work/").headers["location"].startswith("/account/sign-in"), place


def test_a_key_is_good_for_its_verbs_until_it_is_revoked(store):
    viewer, user = admin(), service()
    key = key_of(viewer, user)
    looks = selectors.viewer_for_key(key, page="api")
    assert (looks.kind, looks.scopes) == ("service", {"person:read"})
    (row,) = selectors.keys(viewer)
    assert row.ending == key[-4:]
    services.revoke_key(viewer=viewer, key_id=row.pk)
    with pytest.raises(NotPermittedError):
        selectors.viewer_for_key(key, page="api")
    with pytest.raises(NotFoundError):
        services.revoke_key(viewer=viewer, key_id=row.pk)


def test_a_key_of_a_closed_account_and_one_that_ran_out_are_good_for_nothing(store):
    viewer, user = admin(), service()
    keys = [key_of(viewer, user), key_of(viewer, user, "task:read")]
    with acting():
        user.keys.filter(ending=keys[0][-4:]).update(expires_at=user.created_at)
    with pytest.raises(NotPermittedError):
        selectors.viewer_for_key(keys[0], page="api")
    close_account(actor=LOCAL_OPERATOR, user=user, reason="over")
    with pytest.raises(NotPermittedError):
        selectors.viewer_for_key(keys[1], page="api")
    with pytest.raises(NotPermittedError):
        selectors.viewer_for_key("onr_nonsense", page="api")


def test_no_key_for_a_person_for_ever_or_for_everything(store):
    viewer, person = admin(), account()
    for user, verbs, days in ((person, ["task:read"], 9), (service(), ["all"], 9)):
        with pytest.raises(DataRejectedError):
            services.make_key(
                viewer=viewer, user=user, name="x", verbs=verbs, lasts=timedelta(days=days)
            )
    with pytest.raises(DataRejectedError):
        services.make_key(
            viewer=viewer, user=User.objects.get(username="feed"), name="x", verbs=["task:read"],
            lasts=timedelta(days=400),
        )  # fmt: skip


def test_with_an_account_its_sign_ins_and_keys_end(store):
    user = service()
    key = key_of(admin(), user)
    person = account()
    signed_in(Client())
    for one in (user, person):
        close_account(actor=LOCAL_OPERATOR, user=one, reason="left")
    assert not Session.objects.filter(account_id=person.pk)
    assert user.keys.get().revoked_at
    with pytest.raises(NotPermittedError):
        selectors.viewer_for_key(key, page="test")
