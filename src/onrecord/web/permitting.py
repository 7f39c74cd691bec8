"""Ask the table of permissions before any page is made; write down every refusal."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from onrecord.apps.access.policies import FreshSignInNeededError, may, require
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.seeing import seeing
from onrecord.apps.looking.pacing import require_pace
from onrecord.core.kernel.errors import TooFastError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.addresses import OPEN, methods_of, verbs_by_address
from onrecord.web.errors import forbidden, fresh_sign_in, too_fast
from onrecord.web.noticing import noticed
from onrecord.web.viewing import viewer_of

_ALWAYS = "session:"
"""Acts on one's own sign-ins: whoever must wait can always leave."""

type Respond = Callable[[HttpRequest], HttpResponseBase]
type View = Callable[..., HttpResponseBase]


class Permitted:
    """Refuse what the signed-in account's roles do not reach, whatever the address names."""

    def __init__(self, respond: Respond) -> None:
        """Wrap whatever answers the request."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the database told whose eyes these are."""
        user = request.user
        if not user.is_authenticated:  # nobody's eyes are what a connection starts with
            return self._respond(request)
        with seeing(user.username):
            return noticed(request, self._respond)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let the page be made, or answer in its place."""
        del view, args, named
        if request.path_info.startswith("/api/") or request.resolver_match is None:
            return None
        route = request.resolver_match.view_name
        method = "GET" if request.method in {"HEAD", "OPTIONS"} else str(request.method)
        verb = verbs_by_address().get((route, method))
        if verb is None:
            return HttpResponseNotAllowed(methods_of(route))
        if verb == OPEN or not request.user.is_authenticated:
            return None
        return _in_its_place(request, viewer_of(request, page=route), verb, route)


def _in_its_place(
    request: HttpRequest, viewer: Viewer, verb: str, route: str
) -> HttpResponseBase | None:
    """Return what is answered in place of a page that is not this account's to see now."""
    if not may(viewer, verb):
        record_consultation(
            viewer.because(viewer.reason or "none given"), verb, object_kind="page",
            object_ref=route, was_refused=True,
        )  # fmt: skip
        return forbidden(request)
    try:
        if not verb.startswith(_ALWAYS):
            require_pace(viewer, verb, object_kind="page", object_ref=route)
        require(viewer, verb)
    except TooFastError as problem:
        return too_fast(request, problem)
    except FreshSignInNeededError:
        return fresh_sign_in(request)
    return None
