"""Search. What is typed is posted, never in an address: a name in a URL ends up in logs."""

from django.http import HttpRequest, HttpResponse

from onrecord.apps.cases.selectors import references_like
from onrecord.apps.documents.searching import pages_matching
from onrecord.apps.people.selectors import search_people
from onrecord.apps.searching.selectors import search_words
from onrecord.web.frame import show
from onrecord.web.search.forms import SearchForm
from onrecord.web.search.presenters import found
from onrecord.web.viewing import asked_of, hides_names, view_asked, viewer_with_reason

LIMIT = 20
PLACES = 50
"""The most facts that one search shows."""


def search(request: HttpRequest) -> HttpResponse:
    """Ask what to look for, and show what was found."""
    viewer = viewer_with_reason(request, page="search")
    if request.method != "POST":
        return show(request, "search/search.jinja", form=SearchForm(), found=None)
    form = SearchForm(request.POST)
    if not form.is_valid():
        return show(request, "search/search.jinja", form=form, found=None, status=422)
    text = form.cleaned_data["text"]
    asked = asked_of(request.POST)
    if asked.error:
        form.add_error("on", asked.error)
        return show(request, "search/search.jinja", form=form, found=None, status=422)
    result = found(
        people=search_people(viewer, text, limit=LIMIT),
        cases=references_like(viewer, text, limit=LIMIT),
        facts=search_words(viewer, text, view_asked(asked, viewer), limit=PLACES),
        pages=pages_matching(viewer, text, limit=LIMIT),
        hide_names=hides_names(),
        query=asked.query_text,
    )
    return show(request, "search/search.jinja", form=form, found=result)
