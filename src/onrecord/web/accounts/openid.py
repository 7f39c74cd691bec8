"""Signing in at the organisation's own provider: there, and back."""

from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.signing_in import openid, services
from onrecord.apps.signing_in.linking import account_of
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import NotFoundError
from onrecord.web.accounts.views import let_in, safe_next
from onrecord.web.viewing import PROVED_AT_KEY

if TYPE_CHECKING:
    from onrecord.apps.access.selectors import Account

ASKED = "asked-of-provider"


@login_not_required
def there(request: HttpRequest) -> HttpResponse:
    """Send somebody to the provider, to sign in or to prove once more who they are."""
    at = _provider()
    address, asked = openid.begin(at, back=_back(request), is_again=request.user.is_authenticated)
    request.session[ASKED] = asked | {"next": safe_next(request)}
    return HttpResponseRedirect(address)


@login_not_required
def back(request: HttpRequest) -> HttpResponse:
    """Take the provider's word, if it answers what was asked in this browser."""
    at = _provider()
    asked = request.session.pop(ASKED, None)
    if asked is None or asked["again"] is not request.user.is_authenticated:
        raise openid.not_proved(at)
    proved = openid.finish(
        at, asked, state=request.GET.get("state", ""), code=request.GET.get("code", ""),
        back=_back(request),
    )  # fmt: skip
    user = account_of(proved)
    if user is None:
        raise openid.not_proved(at)
    if not asked["again"]:
        return let_in(request, user, after=asked["next"], how=at.name)
    if user != cast("Account", request.user):
        raise openid.not_proved(at)
    request.session[PROVED_AT_KEY] = now().timestamp()
    services.record_proof(user)
    return HttpResponseRedirect(asked["next"])


def _provider() -> openid.Provider:
    found = openid.provider()
    if found is None:
        raise NotFoundError("There is no such page.")
    return found


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("accounts:openid-back"))
