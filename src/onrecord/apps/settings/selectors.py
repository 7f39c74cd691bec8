"""Read what is set. These reads are of the installation, for whatever asks: nobody is in them."""

from dataclasses import dataclass
from datetime import timedelta

from onrecord.apps.settings.declared import IDLE, LONGEST_SIGN_IN, SECOND_FACTOR, SETTINGS
from onrecord.apps.settings.models import SettingValue
from onrecord.apps.settings.policies import by_operator


def setting(key: str) -> int:
    """Return the number that holds now: the operator's, else the last one set, else the default."""
    return int(by_operator(SETTINGS[key]) or kept(key))


def days(key: str) -> timedelta:
    """Return a setting that counts days."""
    return timedelta(days=setting(key))


@dataclass(frozen=True, slots=True)
class SignInLimits:
    """How long a sign-in lasts, and who needs more than a password.

    Attributes:
        second_factor: `everybody`, `guarded` or `nobody`, as people set it.
    """

    idle_seconds: int
    longest_seconds: int
    second_factor: str


def sign_in_limits() -> SignInLimits:
    """Return what holds for sign-ins now, by one read: it is asked at every request."""
    rows = kept_values()
    idle, longest = (
        int(by_operator(SETTINGS[key]) or rows[key]) for key in (IDLE, LONGEST_SIGN_IN)
    )
    return SignInLimits(idle * 60, longest * 3600, rows[SECOND_FACTOR])


def kept(key: str) -> str:
    """Return the value that people set last, or the default; whatever the operator says."""
    return kept_values()[key]


def kept_values() -> dict[str, str]:
    """Return of every setting the value that people set last, or the default."""
    rows = SettingValue.objects.order_by("key", "-pk").distinct("key")
    newest = dict(rows.values_list("key", "value"))
    return {key: newest.get(key, each.default) for key, each in SETTINGS.items()}
