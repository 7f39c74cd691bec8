"""The page of a case."""

from django.http import HttpRequest, HttpResponse

from onrecord.apps.cases.selectors import case_page
from onrecord.web.cases.presenters import present
from onrecord.web.frame import show
from onrecord.web.viewing import asked_of, hides_names, view_asked, viewer_with_reason


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case as known on a day, and record the look."""
    viewer = viewer_with_reason(request, page="case page")
    asked = asked_of(request.GET)
    if asked.error:
        return show(request, "errors/day_needed.jinja", asked=asked, status=422)
    page = case_page(viewer, view_asked(asked), reference)
    return show(request, "cases/case.jinja", page=present(page, asked, hide_names=hides_names()))
