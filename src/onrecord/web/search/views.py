"""Search. What is typed is posted, never in an address: a name in a URL ends up in logs."""

from django.http import HttpRequest, HttpResponse

from onrecord.apps.cases.selectors import references_like
from onrecord.apps.people.selectors import search_people
from onrecord.web.frame import show
from onrecord.web.search.forms import SearchForm
from onrecord.web.search.presenters import found
from onrecord.web.viewing import hides_names, viewer_with_reason

LIMIT = 20


def search(request: HttpRequest) -> HttpResponse:
    """Ask what to look for, and show what was found."""
    viewer = viewer_with_reason(request, page="search")
    if request.method != "POST":
        return show(request, "search/search.jinja", form=SearchForm(), found=None)
    form = SearchForm(request.POST)
    if not form.is_valid():
        return show(request, "search/search.jinja", form=form, found=None, status=422)
    text = form.cleaned_data["text"]
    people = search_people(viewer, text, limit=LIMIT)
    cases = references_like(viewer, text, limit=LIMIT)
    result = found(people, cases, hide_names=hides_names())
    return show(request, "search/search.jinja", form=form, found=result)
