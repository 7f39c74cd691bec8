"""How long a sign-in lasts: idle, and altogether; and who must first set up what the next sign-in takes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from onrecord.apps.settings.selectors import SignInLimits, sign_in_limits
from onrecord.apps.signing_in.policies import roles_asked_for_a_factor
from onrecord.apps.signing_in.selectors import factors_of
from onrecord.apps.signing_in.sessions import SEEN, STARTED
from onrecord.core.kernel.clock import now
from onrecord.web.viewing import viewer_of

SECOND = "second-factor"
"""In a session: that a second factor was given."""

FIRST = "first-password"
"""In a session: that it began with a password which the system made, and which must be changed."""

_NOTED_EVERY = timedelta(minutes=1)

type Respond = Callable[[HttpRequest], HttpResponseBase]


class SessionLimits:
    """End what has lasted too long; send whoever lacks a second factor to get one."""

    def __init__(self, respond: Respond) -> None:
        """Wrap whatever answers the request."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or ask to sign in again."""
        if not request.user.is_authenticated or request.path_info.startswith("/static/"):
            return self._respond(request)
        limits = sign_in_limits()
        if _is_over(request.session, limits):
            logout(request)
            back = {"next": request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{reverse('accounts:sign-in')}?{urlencode(back)}")
        if request.path_info.startswith("/account/"):
            return self._respond(request)
        if request.session.get(FIRST):
            return redirect("accounts:password")
        if needs_a_factor(request, limits):
            return redirect("accounts:factors")
        return self._respond(request)


def _is_over(session: Any, limits: SignInLimits) -> bool:
    moment = now().timestamp()
    started, seen = session.get(STARTED, moment), session.get(SEEN, moment)
    if moment - seen > limits.idle_seconds or moment - started > limits.longest_seconds:
        return True
    if moment - session.get(SEEN, 0) > _NOTED_EVERY.total_seconds():
        session[STARTED], session[SEEN] = started, moment
    return False


def needs_a_factor(request: HttpRequest, limits: SignInLimits) -> bool:
    """Tell whether this installation asks for a second factor that this account has not set up."""
    asked_of = roles_asked_for_a_factor(limits.second_factor)
    if not asked_of:
        return False
    if not viewer_of(request, page="second factor").roles & asked_of:
        return False
    return not request.session.get(SECOND) and not factors_of(request.user)  # type: ignore[arg-type]
