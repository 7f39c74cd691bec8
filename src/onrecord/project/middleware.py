"""What happens around every request."""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, JsonResponse

type Respond = Callable[[HttpRequest], HttpResponseBase]

log = logging.getLogger(__name__)
REQUEST_ID_HEADER = "X-Request-ID"
_ERROR = 500
_FOR_PROGRAMS = "/api/"


class RequestLog:
    """Write one line for each request: its route and outcome, not its path.

    A path may hold a reference to a person; the route's name never does.
    """

    def __init__(self, respond: Respond) -> None:
        """Wrap whatever answers the request."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and write down how it went."""
        request_id, began = uuid.uuid4().hex, time.monotonic()
        request.META["ONRECORD_REQUEST_ID"] = request_id
        response = self._respond(request)
        response[REQUEST_ID_HEADER] = request_id
        match = request.resolver_match
        user = getattr(request, "user", None)
        log.log(
            logging.ERROR if response.status_code >= _ERROR else logging.INFO,
            "request",
            extra={
                "request_id": request_id,
                "route": match.view_name if match else None,
                "method": request.method,
                "status": response.status_code,
                "duration_ms": round((time.monotonic() - began) * 1000, 1),
                "user_id": getattr(user, "pk", None),
            },
        )
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> None:
        """Write down where an unexpected error was raised, without its text."""
        log.error(
            "unexpected_error",
            exc_info=problem,
            extra={"request_id": request.META.get("ONRECORD_REQUEST_ID")},
        )


class KeysInClear:
    """Refuse what comes to the interface for programs over plain HTTP.

    Pages are sent on to HTTPS. A program that were sent on would never be put right, and
    its key would go over the network in clear at every call (ASVS 4.1.2).
    """

    def __init__(self, respond: Respond) -> None:
        """Wrap whatever answers the request."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, unless a key could be read on its way here."""
        is_for_programs = request.path_info.startswith(_FOR_PROGRAMS)
        if is_for_programs and settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return JsonResponse(
                {
                    "title": "Not permitted", "status": 403,
                    "detail": "This came over plain HTTP, where anybody on the way can read a key.",
                    "next_step": "Ask at https://. If a key was sent, have it revoked and another made.",
                },
                status=403, content_type="application/problem+json",
            )  # fmt: skip
        return self._respond(request)


class LoginRequired(LoginRequiredMiddleware):
    """Every page needs a sign-in, but the API answers for itself (401, not a page)."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Let the API's own authentication decide for what is under `/api/`."""
        if request.path_info.startswith(_FOR_PROGRAMS):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class NoStore:
    """Ask browsers and proxies to keep no copy of what a signed-in person was shown."""

    def __init__(self, respond: Respond) -> None:
        """Wrap whatever answers the request."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, marked not to be stored."""
        response = self._respond(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
