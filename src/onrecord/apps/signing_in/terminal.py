"""Sign in at a terminal: the same password, the same second factor, a session like any other."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest

from onrecord.apps.access.models import User
from onrecord.apps.access.selectors import user_by_number, viewer_for_user
from onrecord.apps.settings.selectors import sign_in_limits
from onrecord.apps.signing_in.policies import roles_asked_for_a_factor
from onrecord.apps.signing_in.selectors import factors_of
from onrecord.apps.signing_in.services import is_right_code, record_sign_in, record_sign_out
from onrecord.apps.signing_in.sessions import ADDRESS, DEVICE, SEEN, STARTED, SessionStore
from onrecord.apps.signing_in.throttling import TERMINAL, WAIT, forget_tries
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import NotPermittedError
from onrecord.core.kernel.viewers import Viewer

_TERMINAL = "a terminal"
_FRESH = timedelta(minutes=15)


def sign_in(username: str, *, password: str, ask_code: Callable[[], str]) -> str:
    """Return the token of a new sign-in.

    Raises:
        NotPermittedError: password or code is wrong, or the account is not open. Nothing says which.
    """
    asked = HttpRequest()
    asked.META |= {"REMOTE_ADDR": "127.0.0.1", TERMINAL: "yes"}
    user = authenticate(asked, username=username, password=password)
    if not isinstance(user, User):
        raise _wrong(asked)
    if factors_of(user) and not is_right_code(user, ask_code()):
        raise _wrong(asked)
    _refuse_unready(user)
    forget_tries(asked, user.username)
    moment = now().timestamp()
    session = SessionStore()
    session.update({
        "_auth_user_id": str(user.pk), "_auth_user_backend": "terminal",
        "_auth_user_hash": user.get_session_auth_hash(),
        ADDRESS: "", DEVICE: _TERMINAL, STARTED: moment, SEEN: moment,
    })  # fmt: skip
    session.create()
    record_sign_in(user, "a password at a terminal")
    return str(session.session_key)


def viewer_for_token(token: str, *, page: str, reason: str) -> Viewer | None:
    """Return who signed in at this terminal; nothing once that has ended, from the next command on."""
    session = SessionStore(session_key=token)
    data = session.load() if session.exists(token) else {}
    user = user_by_number(int(data["_auth_user_id"])) if data.get(DEVICE) == _TERMINAL else None
    if user is None or data["_auth_user_hash"] != user.get_session_auth_hash():
        return None
    moment = now().timestamp()
    limits = sign_in_limits()
    idle, lasted = moment - data[SEEN], moment - data[STARTED]
    if idle > limits.idle_seconds or lasted > limits.longest_seconds:
        session.delete()
        return None
    is_fresh = moment - data[STARTED] <= _FRESH.total_seconds()
    session[SEEN] = moment
    session.save()
    return viewer_for_user(user, reason=reason, page=page, is_fresh=is_fresh)


def sign_out(token: str) -> None:
    """End a sign-in at a terminal."""
    session = SessionStore(session_key=token)
    data = session.load() if session.exists(token) else {}
    user = user_by_number(int(data["_auth_user_id"])) if data.get(DEVICE) == _TERMINAL else None
    session.delete()
    if user is not None:
        record_sign_out(user)


def _refuse_unready(user: User) -> None:
    """Refuse whoever must choose a password or set up a second factor first: that takes a browser."""
    roles = viewer_for_user(user, reason="sign-in", page="onrecord login").roles
    asked_of = roles_asked_for_a_factor(sign_in_limits().second_factor)
    lacks_factor = bool(roles & asked_of) and not factors_of(user)
    if user.first_password_until is not None or lacks_factor:
        raise NotPermittedError(
            "This account is not set up yet.",
            next_step="Sign in at a browser once: choose a password and add a second factor there.",
        )


def _wrong(asked: HttpRequest) -> NotPermittedError:
    if seconds := asked.META.get(WAIT):
        return NotPermittedError(
            "Too many wrong tries.", next_step=f"Wait {seconds} seconds, then try again."
        )
    return NotPermittedError(
        "That did not sign you in.",
        next_step="Enter the user name, password and code of an account that is open.",
    )
