"""Slow down whoever guesses, without letting a stranger keep anybody out.

Each try is written down before the password is looked at. After some free tries the
next must wait, twice as long each time, up to a quarter of an hour and never longer.
Tries count by account and address together, by address alone, and by account alone.
A browser that an account has signed in from counts by itself: what strangers do
elsewhere does not touch it.
"""

import hashlib
import hmac
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest

from onrecord.apps.settings.declared import FREE_TRIES, LONGEST_WAIT
from onrecord.apps.settings.selectors import setting
from onrecord.apps.signing_in.models import Try
from onrecord.core.kernel.clock import now

DEVICE_COOKIE = "onrecord-device"
TERMINAL = "terminal"
"""The device of whoever types at this machine: nobody from outside can be it."""

WAIT = "ONRECORD_MUST_WAIT"
"""Where a request keeps how many seconds its sender must wait before the next try."""

FREE = {"address": 20, "account": 50}
"""How many tries a day of strangers wait for nothing; at one browser it is a setting."""

FIRST_WAIT = 30
_DAY = timedelta(days=1)
_ACCOUNTS_A_BROWSER = 5


class Slowed:
    """Asked before the password is: stops whoever must wait, and writes the try down."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **given: Any
    ) -> None:
        """Let the next backend look at the password, or stop here.

        Raises:
            PermissionDenied: this is too soon after the last wrong one.
        """
        del given
        if request is None or not username:
            return
        if wait_for(request, username):
            raise PermissionDenied
        note_try(request, username)

    def get_user(self, user_id: int) -> None:
        """Know nobody: the next backend does."""
        del user_id


def wait_for(request: HttpRequest, username: str) -> int:
    """Return for how many seconds whoever sends this must wait, and keep it with the request."""
    at = now()
    free, longest = setting(FREE_TRIES), setting(LONGEST_WAIT) * 60
    waits = (
        _wait(rows, FREE.get(name, free), at, longest)
        for name, rows in _counted(request, username, at)
    )
    request.META[WAIT] = max(waits)
    return int(request.META[WAIT])


def note_try(request: HttpRequest, username: str) -> None:
    """Write a try down, before it is known whether it is right; forget those of other days."""
    Try.objects.filter(at__lt=now() - _DAY).delete()
    account = _account(username)
    Try.objects.create(account=account, address=_address(request), device=_device(request, account))


def forget_tries(request: HttpRequest, username: str) -> None:
    """Forget the tries of somebody who turned out to be who they say, at this place."""
    account = _account(username)
    Try.objects.filter(
        account=account, address=_address(request), device=_device(request, account)
    ).delete()


def cookie_after(request: HttpRequest, username: str) -> str:
    """Return what a browser keeps so that it is known to an account that has signed in there."""
    known, account = _known(request), _account(username)
    known[account] = known.pop(account, "") or uuid.uuid4().hex
    kept = dict(list(known.items())[-_ACCOUNTS_A_BROWSER:])
    return signing.dumps(kept, salt=DEVICE_COOKIE)


def _counted(request: HttpRequest, username: str, at: datetime) -> list[tuple[str, QuerySet[Try]]]:
    account = _account(username)
    rows = Try.objects.filter(at__gt=at - _DAY)
    if device := _device(request, account):
        return [("device", rows.filter(account=account, device=device))]
    strangers, address = rows.filter(device=""), _address(request)
    return [
        ("both", strangers.filter(account=account, address=address)),
        ("address", strangers.filter(address=address)),
        ("account", strangers.filter(account=account)),
    ]


def _wait(rows: QuerySet[Try], free: int, at: datetime, longest: int) -> int:
    found = rows.aggregate(tries=Count("pk"), last=Max("at"))
    over = found["tries"] - free
    if over < 0:
        return 0
    # A power of more than ten is past the longest wait; beyond that the number only grows.
    lasts = timedelta(seconds=min(FIRST_WAIT * 2 ** min(over, 10), longest))
    left = (found["last"] + lasts - at).total_seconds()
    return max(0, int(left + 0.999))


def _account(username: str) -> str:
    """Return what stands for a typed name: some people type their password there."""
    typed = username.strip().casefold()
    return hmac.new(settings.SECRET_KEY.encode(), typed.encode(), hashlib.sha256).hexdigest()


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))[:64]


def _device(request: HttpRequest, account: str) -> str:
    if request.META.get(TERMINAL):
        return TERMINAL
    return _known(request).get(account, "")


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_COOKIE)
    except signing.BadSignature:
        return {}
    return {str(account): str(device) for account, device in found.items()}
