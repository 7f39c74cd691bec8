"""A passkey that was copied is found by its count."""

import pytest
from tests.journeys.desk import account
from tests.stores import acting

from onrecord.apps.signing_in import services
from onrecord.apps.signing_in.models import Factor
from onrecord.apps.signing_in.passkeys import Signed


@pytest.fixture
def owner(store):
    user = account()
    with acting():
        Factor.objects.create(user=user, kind="passkey", name="blue key", secret="one")
    return user


def test_a_count_goes_on_and_never_stands_still_or_back(owner):
    counted = [
        services.is_fresh_passkey(owner, Signed("one", count)) for count in (3, 4, 4, 2, 0, 9)
    ]
    assert counted == [True, True, False, False, False, True]


def test_a_passkey_that_does_not_count_is_taken_each_time(owner):
    assert all(services.is_fresh_passkey(owner, Signed("one", 0)) for _ in range(3))


def test_a_passkey_of_somebody_else_or_removed_is_not_taken(owner):
    assert not services.is_fresh_passkey(account("b.reviewer"), Signed("one", 1))
    services.remove_factor(
        viewer=services_viewer(owner), user=owner, factor_id=Factor.objects.get().pk
    )
    assert not services.is_fresh_passkey(owner, Signed("one", 1))


def services_viewer(user):
    from onrecord.apps.access.selectors import viewer_for_user

    return viewer_for_user(user, reason="a test", page="test")
