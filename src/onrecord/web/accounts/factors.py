"""One's own second factors: codes from an app, passkeys, recovery codes."""

import io
from typing import TYPE_CHECKING, Any, cast

import qrcode
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from qrcode.image.svg import SvgPathImage

from onrecord.apps.settings.selectors import sign_in_limits
from onrecord.apps.signing_in import passkeys, selectors, services
from onrecord.apps.signing_in.factors import address_for_apps, new_secret
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.accounts.forms import NewCodesForm, NewPasskeyForm
from onrecord.web.frame import show
from onrecord.web.session_limits import SECOND, needs_a_factor
from onrecord.web.viewing import viewer_of

if TYPE_CHECKING:
    from onrecord.apps.access.selectors import Account

SECRET, ASKED = "new-codes-secret", "new-passkey-state"


def listed(request: HttpRequest) -> HttpResponse:
    """Show the second factors that one has."""
    user = cast("Account", request.user)
    return show(
        request, "accounts/factors.jinja", factors=selectors.factors_of(user),
        codes_left=selectors.recovery_codes_left(user), is_needed=needs_a_factor(request, sign_in_limits()),
    )  # fmt: skip


def add_codes(request: HttpRequest) -> HttpResponse:
    """Show the picture that an app reads, and take the first code it shows."""
    user = cast("Account", request.user)
    secret = request.session.setdefault(SECRET, new_secret())
    form = NewCodesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_codes(
                viewer=viewer_of(request, page="second factors"), user=user, secret=secret,
                **form.cleaned_data,
            )  # fmt: skip
        except DataRejectedError as problem:
            form.add_error("code", f"{problem.message} {problem.next_step}".strip())
        else:
            del request.session[SECRET]
            request.session[SECOND] = True
            return redirect("accounts:factors")
    return show(
        request, "accounts/add_codes.jinja", form=form, secret=secret,
        picture=_picture(address_for_apps(secret, user.username)),
        status=422 if form.errors else 200,
    )  # fmt: skip


def add_passkey(request: HttpRequest) -> HttpResponse:
    """Let the browser make a passkey, and keep what is public of it."""
    user = cast("Account", request.user)
    present = [one.secret for one in selectors.factors_of(user) if one.kind == "passkey"]
    form = NewPasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, user, form.cleaned_data)
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            request.session[SECOND] = True
            return redirect("accounts:factors")
    options, request.session[ASKED] = passkeys.begin_adding(request.get_host(), user, present)
    return show(
        request, "accounts/add_passkey.jinja", form=form, options=options,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _keep(request: HttpRequest, user: "Account", given: dict[str, Any]) -> None:
    credential = passkeys.added(
        request.get_host(), request.session.pop(ASKED, None), given["answer"]
    )
    services.add_passkey(
        viewer=viewer_of(request, page="second factors"), user=user, name=given["name"],
        credential=credential,
    )  # fmt: skip


@require_POST
def remove(request: HttpRequest, factor: int) -> HttpResponse:
    """Remove one of one's own second factors."""
    services.remove_factor(
        viewer=viewer_of(request, page="second factors"), user=cast("Account", request.user),
        factor_id=factor,
    )  # fmt: skip
    return redirect("accounts:factors")


@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them this once."""
    codes = services.renew_recovery_codes(
        viewer=viewer_of(request, page="second factors"), user=cast("Account", request.user)
    )
    return show(request, "accounts/recovery_codes.jinja", codes=codes)


def _picture(address: str) -> str:
    drawn = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, box_size=12).save(drawn)
    text = drawn.getvalue().decode()
    return text[text.index("<svg") :]
