"""How every form of administration is shown, checked and answered."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import QueryDict

from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.frame import show

type Given = dict[str, Any]


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent with a form; nothing where the form is only shown."""
    return request.POST if request.method == "POST" else None


def asked(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[Given], HttpResponse | str],
    heading: str,
    back: str,
    **more: object,
) -> HttpResponse:
    """Show a form, or do what it asks and show what came of it or go where that leads.

    `more` is for the page's template.
    """
    if request.method == "POST" and form.is_valid():
        try:
            done = do(form.cleaned_data)
            return HttpResponseRedirect(done) if isinstance(done, str) else done
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
    return show(
        request, "administration/form.jinja", form=form, heading=heading, back=back,
        status=422 if form.errors else 200, **more,
    )  # fmt: skip
