"""Search. What is typed is posted, never in an address: a name in a URL ends up in logs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from onrecord.apps.searching.everywhere import search_everywhere
from onrecord.apps.searching.selectors import saved_search, saved_searches
from onrecord.apps.searching.services import remove_search, save_search
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.frame import show
from onrecord.web.search.forms import SaveForm, SearchForm
from onrecord.web.search.presenters import Found, found, saved_shown
from onrecord.web.viewing import Asked, asked_of, hides_names, view_asked, viewer_with_reason


def search(request: HttpRequest) -> HttpResponse:
    """Ask what to look for, and show what was found."""
    viewer = viewer_with_reason(request, page="search")
    if request.method != "POST":
        return _page(request, viewer, SearchForm())
    return _searched(request, viewer, request.POST)


def saved(request: HttpRequest, number: int) -> HttpResponse:
    """Search again for what was kept under a name."""
    viewer = viewer_with_reason(request, page="saved search")
    kept = saved_search(viewer, number)
    typed = QueryDict(mutable=True)
    typed.update({"text": kept.words, "on": kept.on.isoformat() if kept.on else ""})
    typed.setlist("places", kept.places.split(","))
    return _searched(request, viewer, typed)


def save(request: HttpRequest) -> HttpResponse:
    """Keep the search that was just made under a name."""
    viewer = viewer_with_reason(request, page="save a search")
    form = SaveForm(request.POST)
    asked = asked_of(request.POST)
    if not form.is_valid() or asked.error:
        return _page(request, viewer, form, status=422)
    kept = form.cleaned_data
    save_search(
        viewer=viewer, name=kept["name"], words=kept["text"], places=kept["places"],
        on=asked.on, for_team=kept["for_team"],
    )  # fmt: skip
    messages.success(request, "The search is kept.")
    return HttpResponseRedirect(reverse("search:search"))


def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a search no longer."""
    remove_search(viewer=viewer_with_reason(request, page="remove a search"), number=number)
    messages.success(request, "The search is no longer kept.")
    return HttpResponseRedirect(reverse("search:search"))


def _searched(request: HttpRequest, viewer: Viewer, typed: QueryDict) -> HttpResponse:
    form = SearchForm(typed)
    if not form.is_valid():
        return _page(request, viewer, form, status=422)
    asked = asked_of(typed)
    if asked.error:
        form.add_error("on", asked.error)
        return _page(request, viewer, form, status=422)
    return _page(request, viewer, form, _found(viewer, form, asked))


def _found(viewer: Viewer, form: SearchForm, asked: Asked) -> Found:
    kept = form.cleaned_data
    everything = search_everywhere(viewer, kept["text"], view_asked(asked, viewer), kept["places"])
    return found(everything, hide_names=hides_names(), query=asked.query_text)


def _page(
    request: HttpRequest,
    viewer: Viewer,
    form: SearchForm,
    result: Found | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    kept = saved_shown(saved_searches(viewer), viewer.name)
    return show(
        request, "search/search.jinja", form=form, found=result, saved=kept, status=status,
        naming=form if isinstance(form, SaveForm) else SaveForm(),
    )  # fmt: skip
