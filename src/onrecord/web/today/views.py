"""The page on which a day starts."""

from django.http import HttpRequest, HttpResponse

from onrecord.apps.work.morning import morning
from onrecord.core.kernel.clock import today
from onrecord.web.frame import show
from onrecord.web.today.presenters import present
from onrecord.web.viewing import viewer_of


def meeting(request: HttpRequest) -> HttpResponse:
    """Show what waits for the viewer today, what is late first."""
    viewer = viewer_of(request, page="today")
    on = today()
    return show(request, "today/meeting.jinja", page=present(morning(viewer, on), on))
