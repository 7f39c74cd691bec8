"""Ask the table of permissions before any page is made; write down every refusal."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from onrecord.apps.access.policies import FreshSignInNeededError, may, require
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.seeing import seeing
from onrecord.web.addresses import OPEN, methods_of, verbs_by_address
from onrecord.web.errors import forbidden, fresh_sign_in
from onrecord.web.noticing import noticed
from onrecord.web.viewing import viewer_of

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
        viewer = viewer_of(request, page=route)
        if not may(viewer, verb):
            record_consultation(
                viewer.because(viewer.reason or "none given"), verb, object_kind="page",
                object_ref=route, was_refused=True,
            )  # fmt: skip
            return forbidden(request)
        try:
            require(viewer, verb)
        except FreshSignInNeededError:
            return fresh_sign_in(request)
        return None
