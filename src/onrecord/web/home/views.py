"""The first page."""

from django.http import HttpRequest, HttpResponse

from onrecord.apps.audit.selectors import recent_acts
from onrecord.web.frame import show
from onrecord.web.home.presenters import LATEST, SHOWN, act_lines
from onrecord.web.viewing import viewer_of


def start(request: HttpRequest) -> HttpResponse:
    """Show what changed lately: files taken in, links judged, cohorts run."""
    viewer = viewer_of(request, page="home")
    groups = [
        (title, empty, act_lines(recent_acts(viewer, actions=actions, limit=SHOWN)))
        for title, empty, actions in LATEST
    ]
    return show(request, "home/start.jinja", groups=groups)
