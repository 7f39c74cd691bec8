"""Codes from an app and recovery codes: how long they live, and under what they lie."""

import hashlib

import pytest
from django.core.exceptions import ImproperlyConfigured
from tests.journeys.desk import account
from tests.stores import acting

from onrecord.apps.access.selectors import viewer_for_user
from onrecord.apps.signing_in import factors, selectors, services
from onrecord.apps.signing_in.models import RecoveryCode
from onrecord.project.signing_in import steps_either_side

MOMENT = 1_800_000_000.0


def renewed(user):
    viewer = viewer_for_user(user, page="a test", reason="a test")
    return services.renew_recovery_codes(viewer=viewer, user=user)


def test_a_code_is_good_in_its_own_half_minute_alone():
    secret = factors.new_secret()
    code = factors.code_at(secret, MOMENT)
    own = int(MOMENT // 30)
    assert factors.step_of(secret, code, after=0, at=MOMENT) == own
    assert factors.step_of(secret, code, after=0, at=MOMENT + 29.9) == own
    assert factors.step_of(secret, code, after=0, at=MOMENT + 30) is None
    assert factors.step_of(secret, code, after=0, at=MOMENT - 0.1) is None
    assert factors.step_of(secret, code, after=own, at=MOMENT) is None, "once"


def test_where_clocks_differ_one_either_side_is_taken_and_no_more():
    secret = factors.new_secret()
    code = factors.code_at(secret, MOMENT)
    for seconds, is_good in ((-30.1, False), (-30, True), (30, True), (59.9, True), (60, False)):
        step = factors.step_of(secret, code, after=0, at=MOMENT + seconds, either_side=1)
        assert (step is not None) is is_good, seconds


def test_no_installation_takes_more_than_one_either_side():
    assert [steps_either_side("0"), steps_either_side("1")] == [0, 1]
    with pytest.raises(ImproperlyConfigured, match="must be 0 or 1"):
        steps_either_side("2")


def test_a_recovery_code_has_eighty_bits_and_no_two_are_alike():
    codes = factors.new_recovery_codes()
    assert len({factors.recovery_digits(code) for code in codes}) == 10
    assert all(len(factors.recovery_digits(code)) * 4 == 80 for code in codes)
    assert factors.recovery_digits("123456") == ""


def test_a_recovery_code_lies_under_argon2(store, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = account()
    code, other, *_ = renewed(user)
    assert all(row.hash.startswith("argon2$argon2id$") for row in RecoveryCode.objects.all())
    assert len(set(RecoveryCode.objects.values_list("hash", flat=True))) == 10
    assert services.is_right_code(user, f" {code.upper()} ")
    assert not services.is_right_code(user, code), "once"
    assert services.is_right_code(user, other.replace("-", " "))


def test_a_code_from_before_is_good_for_nothing(store):
    user = account()
    with acting():
        RecoveryCode.objects.create(user=user, hash=hashlib.sha256(b"abc123-def456").hexdigest())
    assert selectors.recovery_codes_left(user) == 0
    assert not services.is_right_code(user, "abc123-def456")
