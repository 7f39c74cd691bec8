"""The first page."""

from django.http import HttpRequest, HttpResponse

from onrecord.apps.access.policies import may
from onrecord.apps.audit.selectors import recent_acts
from onrecord.apps.intake.selectors import batches
from onrecord.web.frame import show
from onrecord.web.home.presenters import LATEST, SHOWN, act_lines, batch_lines
from onrecord.web.viewing import viewer_of


def start(request: HttpRequest) -> HttpResponse:
    """Show what changed lately: files taken in, links judged, cohorts run."""
    viewer = viewer_of(request, page="home")
    imported = batch_lines(batches(viewer, limit=SHOWN))
    groups = [
        ("Imports", "Nothing has been imported yet.", imported),
        *(
            (title, empty, act_lines(recent_acts(viewer, actions=actions, limit=SHOWN)))
            for title, empty, actions in LATEST
        ),
    ]
    return show(request, "home/start.jinja", groups=groups, may_search=may(viewer, "person:search"))
