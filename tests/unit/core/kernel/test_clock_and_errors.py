"""The clock that everything is handed, and what a person is told when something is refused."""

from datetime import UTC, date, datetime

import pytest

from onrecord.core.kernel import clock, errors


def test_the_instant_is_in_utc():
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), date(2026, 7, 1)),  # summer time
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_today_is_decided_in_london(monkeypatch, instant, day):
    monkeypatch.setattr(clock, "now", lambda: instant)
    assert clock.today() == day


def _kinds_of_error():
    return [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)]


@pytest.mark.parametrize("error", _kinds_of_error())
def test_an_error_says_what_happened_and_then_what_to_do(error):
    assert str(error("It broke.", next_step="Mend it.")) == "It broke. Mend it."
    assert str(error("It broke.")) == "It broke."


def test_exit_codes_are_those_of_the_contract():
    told = {error.__name__: error.exit_code for error in _kinds_of_error()}
    assert told["OnrecordError"] == 1
    assert told["UsageError"] == 2
    assert told["DataRejectedError"] == 3
    assert told["NotPermittedError"] == 4
    assert told["VerificationFailedError"] == 5


def test_what_may_not_be_seen_and_what_is_not_there_are_one_error():
    assert errors.NotFoundError.exit_code == 2
    assert errors.NotFoundError.http_status == 404
