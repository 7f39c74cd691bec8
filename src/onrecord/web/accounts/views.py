"""Signing in and out, and the sign-ins that one has."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from onrecord.apps.access.selectors import user_by_number
from onrecord.apps.signing_in import passkeys, selectors, services, throttling
from onrecord.apps.signing_in.openid import provider
from onrecord.apps.signing_in.sessions import ADDRESS, DEVICE, SEEN, STARTED, device_named
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.accounts.forms import AgainForm, CodeForm, NewPasswordForm, SignInForm
from onrecord.web.frame import frame_of, show
from onrecord.web.session_limits import FIRST, SECOND
from onrecord.web.viewing import PROVED_AT_KEY, viewer_of

if TYPE_CHECKING:
    from onrecord.apps.access.selectors import Account

WAITING, ASKED = "waiting-for-second-step", "asked-of-passkey"
_PATIENCE = timedelta(minutes=5)
_BACKEND = "onrecord.apps.signing_in.backends.Passwords"
_TRIES = 5


class SignIn(LoginView):
    """Ask who it is; the password is checked against the account."""

    template_name = "accounts/sign_in.jinja"
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in; or, where the account has a second factor, ask for that first."""
        user = form.get_user()
        return let_in(self.request, user, after=self.get_success_url(), how="a password")

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show what was wrong; or, to whoever tried too soon after the last time, how long to wait."""
        if self.request.META.get(throttling.WAIT):
            return _too_soon(self.request)
        return super().form_invalid(form)

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        """Add what stands around every page."""
        return super().get_context_data(frame=frame_of(self.request), provider=provider(), **values)


class SignOut(LogoutView):
    """End the session. Only by a posted form: a link could be followed by accident."""

    def post(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        """Write it down, and end it."""
        services.record_sign_out(cast("Account", request.user))
        return super().post(request, *args, **named)


def let_in(request: HttpRequest, user: "Account", *, after: str, how: str) -> HttpResponse:
    """Sign in; or, where the account has a second factor, ask for that first."""
    if selectors.factors_of(user):
        request.session[WAITING] = {
            "account": user.pk, "at": now().timestamp(), "next": after, "tries": 0, "how": how,
        }  # fmt: skip
        return redirect("accounts:second-step")
    login(request, user, backend=_BACKEND)
    return _signed_in(request, user, how, after)


def safe_next(request: HttpRequest) -> str:
    """Return where somebody wants to go on to, if it is a page of ours."""
    after = request.POST.get("next") or request.GET.get("next") or reverse("home:start")
    is_ours = url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()})
    return after if is_ours else reverse("home:start")


def _signed_in(request: HttpRequest, user: "Account", how: str, after: str) -> HttpResponse:
    moment = now().timestamp()
    request.session[PROVED_AT_KEY] = request.session[STARTED] = request.session[SEEN] = moment
    request.session[ADDRESS] = request.META.get("REMOTE_ADDR", "")
    # Whoever came by another way than the first password (the organisation's own provider) may keep on.
    request.session[FIRST] = user.first_password_until is not None and how.startswith("a password")
    request.session[DEVICE] = device_named(request.headers.get("user-agent", ""))
    services.record_sign_in(user, how)
    throttling.forget_tries(request, user.username)
    response = HttpResponseRedirect(after)
    response.set_cookie(
        throttling.DEVICE_COOKIE, throttling.cookie_after(request, user.username),
        max_age=timedelta(days=365), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _too_soon(request: HttpRequest) -> HttpResponse:
    minutes = -(-int(request.META[throttling.WAIT]) // 60)
    return show(request, "accounts/locked_out.jinja", minutes=minutes, status=429)


@login_not_required
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of an account whose password was right."""
    waiting = request.session.get(WAITING)
    user = user_by_number(waiting["account"]) if waiting else None
    if (
        waiting is None
        or user is None
        or now().timestamp() - waiting["at"] > _PATIENCE.total_seconds()
    ):
        request.session.pop(WAITING, None)
        return redirect("accounts:sign-in")
    keys = [factor.secret for factor in selectors.factors_of(user) if factor.kind == "passkey"]
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and throttling.wait_for(request, user.username):
        return _too_soon(request)
    if request.method == "POST" and form.is_valid():
        how = _proved_by(request, user, keys, form.cleaned_data)
        if how:
            after = waiting["next"]
            login(request, user, backend=_BACKEND)
            request.session.pop(WAITING, None)
            request.session[SECOND] = True
            how = f"{waiting.get('how', 'a password')} and {how}"
            return _signed_in(request, user, how, after)
        form.add_error("code", "That is not the code. Enter the one that the app shows now")
        throttling.note_try(request, user.username)
        request.session[WAITING] = waiting | {"tries": waiting["tries"] + 1}
        if waiting["tries"] + 1 >= _TRIES:
            request.session.pop(WAITING, None)
            return redirect("accounts:sign-in")
    options, request.session[ASKED] = (
        passkeys.begin_proving(request.get_host(), keys) if keys else ({}, None)
    )
    return show(
        request, "accounts/second_step.jinja", form=form, options=options, has_passkey=bool(keys),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _proved_by(
    request: HttpRequest, user: "Account", keys: list[str], given: dict[str, Any]
) -> str:
    state = request.session.get(ASKED)
    if given.get("answer") and state and keys:
        signed = passkeys.proved(request.get_host(), state, keys, given["answer"])
        return "a passkey" if signed and services.is_fresh_passkey(user, signed) else ""
    return "a code" if given.get("code") and services.is_right_code(user, given["code"]) else ""


def again(request: HttpRequest) -> HttpResponse:
    """Ask for the password once more before a sensitive act, and go back to it."""
    user = cast("Account", request.user)
    after = safe_next(request)
    form = AgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        # As at sign-in: whoever guesses here, at a screen left open, is slowed down too.
        given = form.cleaned_data["password"]
        if authenticate(request, username=user.username, password=given) == user:
            request.session[PROVED_AT_KEY] = now().timestamp()
            services.record_proof(user)
            throttling.forget_tries(request, user.username)
            return HttpResponseRedirect(after)
        if request.META.get(throttling.WAIT):
            return _too_soon(request)
        form.add_error("password", "That is not your password")
    return show(
        request,
        "accounts/again.jinja",
        form=form,
        after=after,
        provider=provider(),
        status=422 if form.errors else 200,
    )


def password(request: HttpRequest) -> HttpResponse:
    """Let somebody choose a new password for themselves."""
    user = cast("Account", request.user)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(
                viewer=viewer_of(request, page="my password"), user=user,
                password=form.cleaned_data["password"], current=request.session.session_key,
            )  # fmt: skip
        except DataRejectedError as problem:
            form.add_error("password", problem.next_step)
        else:
            update_session_auth_hash(request, user)
            request.session[FIRST] = False
            messages.success(request, "Your password was changed. Your other sign-ins have ended.")
            return redirect("accounts:sessions")
    return show(
        request, "accounts/password.jinja", form=form, is_first=request.session.get(FIRST),
        status=422 if form.errors else 200,
    )  # fmt: skip


def sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in."""
    found = selectors.sessions_of(cast("Account", request.user), request.session.session_key)
    return show(request, "accounts/sessions.jinja", sessions=found)


@require_POST
def end(request: HttpRequest, number: str) -> HttpResponse:
    """End one of one's own sign-ins."""
    viewer = viewer_of(request, page="my sign-ins")
    services.end_session(viewer=viewer, user=cast("Account", request.user), number=number)
    return redirect("accounts:sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every sign-in of one's own but this one."""
    services.end_other_sessions(
        viewer=viewer_of(request, page="my sign-ins"), user=cast("Account", request.user),
        current=request.session.session_key,
    )  # fmt: skip
    return redirect("accounts:sessions")
