"""Carry out what a form asks for, or say on the form what stood in the way and what to do about it."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from onrecord.core.kernel.errors import (
    DataRejectedError,
    NotFoundError,
    NotPermittedError,
    UsageError,
)


def carried_out(
    request: HttpRequest, form: Form, act: Callable[[], HttpResponse]
) -> HttpResponse | None:
    """Return what follows an act that a well filled in form asks for.

    Nothing where the page is to be shown: it was not sent yet, has mistakes, or the act was
    refused; what refused it then stands on the form.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except (DataRejectedError, NotFoundError, NotPermittedError, UsageError) as problem:
        form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        return None
