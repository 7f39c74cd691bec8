"""Start and end sign-ins, add and remove factors, make and revoke keys: each an act."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from onrecord.apps.access.models import User
from onrecord.apps.access.policies import require
from onrecord.apps.audit.services import recording
from onrecord.apps.settings.declared import LONGEST_KEY
from onrecord.apps.settings.selectors import days, setting
from onrecord.apps.signing_in.factors import (
    hash_of,
    new_recovery_codes,
    opened,
    recovery_digits,
    sealed,
    step_of,
)
from onrecord.apps.signing_in.models import Factor, RecoveryCode, ServiceKey, Session
from onrecord.apps.signing_in.passkeys import Signed
from onrecord.apps.signing_in.selectors import factors_of, unused_codes
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of
from onrecord.core.permissions.table import permissions


def record_sign_in(user: User, how: str) -> None:
    """Leave on the ledger that an account signed in, and by what."""
    with recording(
        user.actor, "session:start", object_kind="account", object_ref=user.username,
        reason=f"signed in with {how}",
    ):  # fmt: skip
        pass


def record_sign_out(user: User) -> None:
    """Leave on the ledger that somebody ended this sign-in of theirs."""
    with recording(
        user.actor, "session:end", object_kind="account", object_ref=user.username,
        reason="signed out",
    ):  # fmt: skip
        pass


def record_proof(user: User) -> None:
    """Leave on the ledger that somebody proved once more who they are, before a sensitive act."""
    with recording(
        user.actor, "session:prove", object_kind="account", object_ref=user.username,
        reason="asked for once more before a sensitive act",
    ):  # fmt: skip
        pass


def change_password(*, viewer: Viewer, user: User, password: str, current: str | None) -> None:
    """Give one's own account a new password; every other sign-in of it ends.

    Raises:
        DataRejectedError: it is too weak, or on a list of breached ones.
    """
    require(viewer, "account:change_password")
    if user.first_password_until is not None and user.check_password(password):
        raise DataRejectedError(
            "Choose another password.", next_step="That is the first password: choose your own."
        )
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise DataRejectedError(
            "Choose another password.", next_step=" ".join(problem.messages)
        ) from None
    with recording(
        actor_of(viewer), "account:change_password", object_kind="account",
        object_ref=user.username, reason="changed by its owner",
    ) as rec:  # fmt: skip
        user.set_password(password)
        user.first_password_until = None
        user.save(update_fields=["password", "first_password_until"])
        others = Session.objects.filter(account_id=user.pk).exclude(session_key=current or "")
        rec.describe(ended=others.delete()[0])


def end_session(*, viewer: Viewer, user: User, number: str) -> None:
    """End one of one's own sign-ins: its next request is that of somebody not signed in.

    Raises:
        NotFoundError: there is no such sign-in of this account.
    """
    require(viewer, "session:end")
    for row in Session.objects.filter(account_id=user.pk):
        if hash_of(row.session_key)[:16] == number:
            _end(viewer, user, [row.session_key])
            return
    raise NotFoundError("That sign-in has ended already.")


def end_other_sessions(*, viewer: Viewer, user: User, current: str | None) -> int:
    """End every sign-in of an account but this one; return how many there were."""
    require(viewer, "session:end")
    rows = Session.objects.filter(account_id=user.pk).exclude(session_key=current or "")
    found = list(rows.values_list("session_key", flat=True))
    if found:
        _end(viewer, user, found)
    return len(found)


def end_sign_ins_of(user: User) -> None:
    """End every sign-in of an account, inside the act that gives it another first password."""
    Session.objects.filter(account_id=user.pk).delete()


def drop_factors_of(user: User) -> None:
    """Take all second factors and recovery codes from an account, inside the act that says why."""
    Factor.objects.filter(user=user, removed_at=None).update(removed_at=now())
    RecoveryCode.objects.filter(user=user, ended_at=None).update(ended_at=now())


def end_everything_of(user: User) -> None:
    """End every sign-in and key of an account, inside the act that closes it."""
    Session.objects.filter(account_id=user.pk).delete()
    ServiceKey.objects.filter(user=user, revoked_at=None).update(revoked_at=now())


def _end(viewer: Viewer, user: User, session_keys: Collection[str]) -> None:
    with recording(
        actor_of(viewer), "session:end", object_kind="account", object_ref=user.username,
        reason="ended by its owner",
    ) as rec:  # fmt: skip
        rec.describe(ended=len(session_keys))
        Session.objects.filter(session_key__in=session_keys).delete()


def add_codes(*, viewer: Viewer, user: User, name: str, secret: str, code: str) -> Factor:
    """Add an app that shows codes, once it has shown a right one.

    Raises:
        DataRejectedError: the code is not the one that the app shows now.
    """
    require(viewer, "factor:add")
    step = step_of(secret, code, after=0, either_side=1)
    if step is None:
        raise DataRejectedError(
            "That is not the code.", next_step="Enter the six digits that the app shows now."
        )
    if any(factor.kind == "codes" for factor in factors_of(user)):
        raise DataRejectedError("There is an app already.", next_step="Remove it first.")
    return _add(
        viewer, Factor(user=user, kind="codes", name=name, secret=sealed(secret), last_used=step)
    )


def add_passkey(*, viewer: Viewer, user: User, name: str, credential: str) -> Factor:
    """Add a passkey that the browser has just made."""
    require(viewer, "factor:add")
    return _add(viewer, Factor(user=user, kind="passkey", name=name, secret=credential))


def _add(viewer: Viewer, factor: Factor) -> Factor:
    with recording(
        actor_of(viewer), "factor:add", object_kind="account", object_ref=factor.user.username,
        reason="added by its owner",
    ) as rec:  # fmt: skip
        rec.describe(kind=factor.kind)
        factor.save(force_insert=True)
    return factor


def remove_factor(*, viewer: Viewer, user: User, factor_id: int) -> None:
    """Remove one of one's own second factors.

    Raises:
        NotFoundError: there is none such.
    """
    require(viewer, "factor:remove")
    factor = Factor.objects.filter(pk=factor_id, user=user, removed_at=None).first()
    if factor is None:
        raise NotFoundError("There is no such second factor of yours.")
    with recording(
        actor_of(viewer), "factor:remove", object_kind="account", object_ref=user.username,
        reason="removed by its owner",
    ):  # fmt: skip
        factor.removed_at = now()
        factor.save(update_fields=["removed_at"])


def renew_recovery_codes(*, viewer: Viewer, user: User) -> list[str]:
    """Make ten new recovery codes, which are told this once; the old ones are good no more."""
    require(viewer, "factor:add")
    codes = new_recovery_codes()
    with recording(
        actor_of(viewer), "factor:add", object_kind="account", object_ref=user.username,
        reason="recovery codes renewed by their owner",
    ):  # fmt: skip
        RecoveryCode.objects.filter(user=user, ended_at=None).update(ended_at=now())
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, hash=make_password(recovery_digits(code))) for code in codes
        )
    return codes


def is_right_code(user: User, code: str) -> bool:
    """Tell whether this is the app's code or an unused recovery code, and use it up."""
    for factor in factors_of(user):
        secret = opened(factor.secret) if factor.kind == "codes" else None
        step = _step(secret, code, factor.last_used) if secret else None
        if step is not None and _used(user, "an app", factor=factor, step=step):
            return True
    digits = recovery_digits(code)
    spares = unused_codes(user) if digits else ()
    spare = next((one for one in spares if check_password(digits, one.hash)), None)
    return spare is not None and _used(user, "a recovery code", spare=spare)


def _step(secret: str, code: str, last_used: int) -> int | None:
    either_side = settings.CODE_STEPS_EITHER_SIDE
    return step_of(secret, code, after=last_used, either_side=either_side)


def is_fresh_passkey(user: User, signed: Signed) -> bool:
    """Tell whether a passkey's count has gone on since it was last used, and keep the count.

    A count that stands still or goes back is that of a copy. A passkey that does not count
    says nought each time.
    """
    factor = next((one for one in factors_of(user) if one.secret == signed.credential), None)
    if factor is None or ((signed.count or factor.last_used) and signed.count <= factor.last_used):
        return False
    with recording(
        user.actor, "factor:use", object_kind="account", object_ref=user.username,
        reason="a passkey",
    ):  # fmt: skip
        return bool(
            Factor.objects.filter(pk=factor.pk, last_used=factor.last_used).update(
                last_used=signed.count
            )
        )


def _used(
    user: User, how: str, *, factor: Factor | None = None, step: int = 0,
    spare: RecoveryCode | None = None,
) -> bool:  # fmt: skip
    with recording(
        user.actor, "factor:use", object_kind="account", object_ref=user.username, reason=how
    ):
        if factor is not None:
            # Whoever comes second with the same code finds it used, even at the same moment.
            return bool(
                Factor.objects.filter(pk=factor.pk, last_used__lt=step).update(last_used=step)
            )
        assert spare is not None  # noqa: S101 - one of the two is given
        return bool(RecoveryCode.objects.filter(pk=spare.pk, ended_at=None).update(ended_at=now()))


def make_key(
    *, viewer: Viewer, user: User, name: str, verbs: Collection[str], lasts: timedelta
) -> str:
    """Make a key for a service account and return it; nobody can read it again.

    Raises:
        DataRejectedError: a verb is not in the table, or the key would outlast a year.
    """
    require(viewer, "key:make")
    unknown = sorted(set(verbs) - set(permissions()))
    if (
        unknown
        or not verbs
        or not user.is_service_account
        or not timedelta(0) < lasts <= days(LONGEST_KEY)
    ):
        raise DataRejectedError(
            f"A key is for a service account, for named verbs, for at most {setting(LONGEST_KEY)} days.",
            next_step=f"Not known: {', '.join(unknown)}." if unknown else "Give all three.",
        )
    key = f"onr_{secrets.token_urlsafe(32)}"
    with recording(
        actor_of(viewer), "key:make", object_kind="account", object_ref=user.username,
        reason=viewer.reason or name,
    ) as rec:  # fmt: skip
        rec.describe(verbs=",".join(sorted(verbs)))
        ServiceKey.objects.create(
            user=user, name=name, hash=hash_of(key), ending=key[-4:], verbs=sorted(verbs),
            made_by=viewer.name, expires_at=now() + lasts,
        )  # fmt: skip
    return key


def revoke_key(*, viewer: Viewer, key_id: int) -> None:
    """Revoke a key: its next request is refused.

    Raises:
        NotFoundError: there is no such key in force.
    """
    require(viewer, "key:revoke")
    row = ServiceKey.objects.select_related("user").filter(pk=key_id, revoked_at=None).first()
    if row is None:
        raise NotFoundError("There is no such key in force.")
    with recording(
        actor_of(viewer), "key:revoke", object_kind="account", object_ref=row.user.username,
        reason=viewer.reason or "revoked",
    ):  # fmt: skip
        row.revoked_at = now()
        row.save(update_fields=["revoked_at"])
