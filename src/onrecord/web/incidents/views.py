"""The page of an incident."""

from django.http import HttpRequest, HttpResponse

from onrecord.apps.cases.selectors import incident_page
from onrecord.web.frame import show
from onrecord.web.incidents.presenters import present
from onrecord.web.viewing import asked_of, view_asked, viewer_with_reason


def incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one incident as known on a day, and record the look."""
    viewer = viewer_with_reason(request, page="incident page")
    asked = asked_of(request.GET)
    if asked.error:
        return show(request, "errors/day_needed.jinja", asked=asked, status=422)
    page = incident_page(viewer, view_asked(asked, viewer), reference)
    return show(request, "incidents/incident.jinja", page=present(page, asked))
