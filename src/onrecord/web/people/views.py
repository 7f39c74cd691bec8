"""The page of a person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onrecord.apps.access.policies import may
from onrecord.apps.patterns.selectors import READ as PATTERNS
from onrecord.apps.patterns.selectors import pattern_facts
from onrecord.apps.people.selectors import person_page
from onrecord.apps.sealing.selectors import intelligence_about, seals_over
from onrecord.web.beside import ABOUT_A_PERSON, beside
from onrecord.web.frame import show
from onrecord.web.people.presenters import present
from onrecord.web.viewing import asked_of, hides_names, view_asked, viewer_with_reason


def person(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one person as known on a day, and record the look."""
    viewer = viewer_with_reason(request, page="person page")
    asked = asked_of(request.GET)
    if asked.error:  # what cannot be read as a day must not be answered with today's record
        return show(request, "errors/day_needed.jinja", asked=asked, status=422)
    page = person_page(viewer, view_asked(asked, viewer), reference)
    turned = {name: _number(request.GET.get(name)) for name in ("cases", "service", "records")}
    found = pattern_facts(viewer, page, home=settings.HOME.root)
    shown = present(page, asked, found, turned=turned, hide_names=hides_names())
    records = {fact.lineage for fact in page.of_kind("person_record")}
    return show(
        request,
        "people/person.jinja",
        page=shown,
        patterns_read=may(viewer, PATTERNS),
        beside=beside(viewer, ABOUT_A_PERSON, page.reference),
        seals=seals_over(viewer, {*records, *page.case_facts}),
        reports=intelligence_about(viewer, page.view, records=records),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004
