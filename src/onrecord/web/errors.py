"""The one place where what went wrong becomes a page.

What does not exist and what is out of the viewer's reach get the same page,
word for word, whatever was asked for.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from onrecord.core.kernel.errors import NotFoundError, OnrecordError, TooFastError
from onrecord.web.frame import show
from onrecord.web.viewing import ReasonNeededError

type Respond = Callable[[HttpRequest], HttpResponseBase]


class ErrorPages:
    """Turn errors that carry a sentence for a person into pages."""

    def __init__(self, respond: Respond) -> None:
        """Wrap whatever answers the request."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self._respond(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Return the page for `problem`, or leave it to the page for the unexpected."""
        if request.path_info.startswith("/api/"):
            return None
        if isinstance(problem, ReasonNeededError):
            return redirect(
                f"{reverse('looking:reason')}?{urlencode({'next': request.get_full_path()})}"
            )
        if isinstance(problem, NotFoundError):
            return not_found(request)
        if isinstance(problem, OnrecordError):
            return _explained(request, problem)
        return None


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for what is not there, or not there for this viewer."""
    del exception  # its words could tell the two apart
    return show(request, "errors/not_found.jinja", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for an act that is not this account's to do."""
    del exception
    return show(
        request,
        "errors/explained.jinja",
        status=403,
        heading="You may not do this",
        message="Your account is not for this work.",
        next_step="Ask the person who gave you the account, or go back.",
    )


def too_fast(request: HttpRequest, problem: TooFastError) -> HttpResponse:
    """Return the page for an account that asks for more than anybody reads."""
    answer = show(
        request,
        "errors/explained.jinja",
        status=429,
        heading="Too much at once",
        message=problem.message,
        next_step=problem.next_step,
    )
    answer["Retry-After"] = str(problem.seconds)
    return answer


def fresh_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to give their password once more before a sensitive act, and back to it."""
    back = request.get_full_path() if request.method == "GET" else _page_of(request)
    return redirect(f"{reverse('accounts:again')}?{urlencode({'next': back})}")


def _page_of(request: HttpRequest) -> str:
    """Return the page that a form was sent from: what was typed into it is typed again."""
    sent_from = urlsplit(request.headers.get("referer", ""))
    return sent_from.path if sent_from.netloc == request.get_host() else reverse("home:start")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form that was not sent from a page of ours that is still open."""
    del reason
    return show(
        request,
        "errors/explained.jinja",
        status=403,
        heading="This form has gone out of date",
        message="You may have signed in or out in another window.",
        next_step="Go back, load the page again and send it once more.",
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Return the page for what nobody expected. Reads nothing that might fail again."""
    return show(
        request,
        "errors/explained.jinja",
        status=500,
        heading="Something went wrong",
        message="The page could not be shown. Nothing was changed.",
        next_step="Try again. If it happens again, tell whoever runs Onrecord what you were doing.",
    )


def _explained(request: HttpRequest, problem: OnrecordError) -> HttpResponse:
    headings = {
        403: "You may not do this",
        422: "This was not accepted",
        400: "This cannot be done",
    }
    return show(
        request,
        "errors/explained.jinja",
        status=problem.http_status,
        heading=headings.get(problem.http_status, "Something went wrong"),
        message=problem.message,
        next_step=problem.next_step,
    )
