"""How long a sign-in lasts: idle, and altogether; and who must prove themselves by more than a password."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from onrecord.apps.signing_in.selectors import factors_of
from onrecord.apps.signing_in.sessions import SEEN, STARTED
from onrecord.core.kernel.clock import now
from onrecord.web.viewing import viewer_of

SECOND = "second-factor"
"""In a session: that a second factor was given."""

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
        if _is_over(request.session):
            logout(request)
            back = {"next": request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{reverse('accounts:sign-in')}?{urlencode(back)}")
        if _needs_a_factor(request):
            return redirect("accounts:factors")
        return self._respond(request)


def _is_over(session: Any) -> bool:
    moment = now().timestamp()
    started, seen = session.get(STARTED, moment), session.get(SEEN, moment)
    idle = settings.SESSION_IDLE_MINUTES * 60
    if moment - seen > idle or moment - started > settings.SESSION_COOKIE_AGE:
        return True
    if moment - session.get(SEEN, 0) > _NOTED_EVERY.total_seconds():
        session[STARTED], session[SEEN] = started, moment
    return False


def _needs_a_factor(request: HttpRequest) -> bool:
    """Tell whether this installation asks for a second factor that this account has not set up."""
    if not settings.SECOND_FACTOR or request.path_info.startswith("/account/"):
        return False
    if not viewer_of(request, page="second factor").roles & settings.SECOND_FACTOR:
        return False
    return not request.session.get(SECOND) and not factors_of(request.user)  # type: ignore[arg-type]
