"""The page of a case."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from onrecord.apps.cases.bundles import disclose_case
from onrecord.apps.cases.selectors import case_page
from onrecord.apps.sealing.selectors import seals_over
from onrecord.core.kernel.errors import NotPermittedError, UsageError
from onrecord.web.beside import ABOUT_A_CASE, beside
from onrecord.web.cases.presenters import present
from onrecord.web.frame import show
from onrecord.web.viewing import asked_of, hides_names, view_asked, viewer_with_reason


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case as known on a day, and record the look."""
    viewer = viewer_with_reason(request, page="case page")
    asked = asked_of(request.GET)
    if asked.error:
        return show(request, "errors/day_needed.jinja", asked=asked, status=422)
    page = case_page(viewer, view_asked(asked, viewer), reference)
    return show(
        request,
        "cases/case.jinja",
        page=present(page, asked, hide_names=hides_names()),
        beside=beside(viewer, ABOUT_A_CASE, page.reference),
        seals=seals_over(viewer, [page.lineage]),
    )


@require_POST
def bundle(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand over a case with the proofs that nothing in it was changed; a disclosure, recorded."""
    viewer = viewer_with_reason(request, page="case bundle")
    if hides_names():
        raise NotPermittedError(
            "A bundle holds names, and this installation hides them.",
            next_step="Ask for it where names are shown.",
        )
    asked = asked_of(request.POST)
    if asked.error or not asked.is_joined_up:
        raise UsageError(
            "A bundle is of the whole case, as known on a day.", next_step="Choose the day again."
        )
    found = disclose_case(viewer, view_asked(asked, viewer), reference)
    response = HttpResponse(
        json.dumps(found, indent=1, ensure_ascii=False), content_type="application/json"
    )
    response["Content-Disposition"] = f'attachment; filename="{found["case"]}.json"'
    return response
