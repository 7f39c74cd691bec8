"""Read sessions, factors and keys: each person's own."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from onrecord.apps.access.models import User
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import viewer_for_user
from onrecord.apps.signing_in.factors import hash_of
from onrecord.apps.signing_in.models import Factor, RecoveryCode, ServiceKey, Session
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import NotPermittedError
from onrecord.core.kernel.viewers import Viewer


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One of somebody's sign-ins, as they see it listed."""

    number: str
    started_at: datetime | None
    address: str
    device: str
    is_this: bool


def sessions_of(user: User, current: str | None) -> list[SignedIn]:
    """Return the sign-ins of an account that have not ended, this one first, then the latest."""
    rows = Session.objects.filter(account_id=user.pk, expire_date__gt=now())
    found = [
        SignedIn(
            hash_of(row.session_key)[:16], row.started_at, row.address, row.device,
            row.session_key == current,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(
        found,
        key=lambda one: (not one.is_this, -(one.started_at.timestamp() if one.started_at else 0)),
    )


def factors_of(user: User) -> list[Factor]:
    """Return the second factors that an account has now."""
    return list(Factor.objects.filter(user=user, removed_at=None))


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes an account has not used."""
    return unused_codes(user).count()


def unused_codes(user: User) -> QuerySet[RecoveryCode]:
    """Return an account's recovery codes that are good still: not used, and under a slow hash."""
    return RecoveryCode.objects.filter(user=user, ended_at=None, hash__contains="$")


def keys(viewer: Viewer) -> list[ServiceKey]:
    """Return every key that is in force, newest first."""
    require(viewer, "key:list")
    return list(
        ServiceKey.objects.select_related("user").filter(revoked_at=None, expires_at__gt=now())
    )


def viewer_for_key(key: str, *, page: str, reason: str = "") -> Viewer:
    """Return who looks with a key, limited to what the key is good for.

    Asked at every request: a key that was revoked, has run out, or whose account was
    closed is good for nothing from that moment.

    Raises:
        NotPermittedError: there is no such key, or it is good no more.
    """
    row = ServiceKey.objects.select_related("user").filter(hash=hash_of(key)).first()
    if row is None or row.revoked_at or row.expires_at <= now() or not row.user.is_active:
        raise NotPermittedError(
            "That key is not good for anything.",
            next_step="Ask whoever runs Onrecord for a new one.",
        )
    return viewer_for_user(
        row.user, reason=reason or f"key {row.name}", page=page, scopes=frozenset(row.verbs),
        is_fresh=False,
    )  # fmt: skip
