"""When I am away, and who stands in for me."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.leaving import cancel_leave, record_leave
from onrecord.apps.access.selectors import colleagues, own_leaves, user_named
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of
from onrecord.web.wording.dates import uk_date
from onrecord.web.work.forms import DayField


class LeaveForm(forms.Form):
    """From when to when, and who stands in."""

    from_on = DayField(error_messages={"required": "Enter your first day away"})
    until_on = DayField(error_messages={"required": "Enter your last day away"})
    cover = forms.ChoiceField(required=False)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Offer the viewer's colleagues."""
        super().__init__(*args, **kwargs)
        field = self.fields["cover"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        people = [user for user in colleagues(viewer) if user.username != viewer.name]
        field.choices = [
            ("", "Nobody"),
            *((user.username, f"{user.display_name} ({user.username})") for user in people),
        ]


def leave(request: HttpRequest) -> HttpResponse:
    """Show when the viewer is away, and take further leave."""
    viewer = viewer_of(request, page="leave")
    form = LeaveForm(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _record(viewer, form.cleaned_data)
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            return HttpResponseRedirect(reverse("work:leave"))
    found = [
        (one.pk, days(one.from_on, one.until_on), one.cover.display_name if one.cover else "")
        for one in own_leaves(viewer, today())
    ]
    return show(
        request, "work/leave.jinja", form=form, leaves=found, status=422 if form.errors else 200
    )


def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own leave."""
    cancel_leave(viewer=viewer_of(request, page="leave"), number=number)
    return HttpResponseRedirect(reverse("work:leave"))


def days(first: date, last: date) -> str:
    """Return the days of a leave in words."""
    return uk_date(first) if first == last else f"{uk_date(first)} to {uk_date(last)}"


def _record(viewer: Viewer, given: dict[str, Any]) -> None:
    cover = user_named(given["cover"]) if given["cover"] else None
    record_leave(viewer=viewer, from_on=given["from_on"], until_on=given["until_on"], cover=cover)
