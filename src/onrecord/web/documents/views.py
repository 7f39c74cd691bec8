"""Documents to look at: lists, one document, and one page of a copy that was made here."""

from django.http import HttpRequest, HttpResponse

from onrecord.apps.cases.finding import thing_named
from onrecord.apps.documents import selectors
from onrecord.apps.documents.searching import pages_matching
from onrecord.core.kernel.errors import NotFoundError, NotPermittedError
from onrecord.web.documents.forms import SearchForm
from onrecord.web.documents.hits import HITS, hits_shown
from onrecord.web.documents.presenters import document_shown, list_shown, page_shown
from onrecord.web.frame import show
from onrecord.web.places_kept import documents_kept
from onrecord.web.viewing import hides_names, viewer_with_reason


def listed(request: HttpRequest) -> HttpResponse:
    """Show the documents of a case or person, or those uploaded last."""
    viewer = viewer_with_reason(request, page="documents")
    about = request.GET.get("about", "").strip().upper()
    if not about:
        found, total = selectors.newest(viewer)
        return show(
            request, "documents/list.jinja", page=list_shown(viewer, found, total, about="")
        )
    try:
        kind, lineage = thing_named(viewer, about)
    except NotFoundError as problem:
        shown = list_shown(viewer, [], 0, about=about, error=str(problem))
        return show(request, "documents/list.jinja", page=shown, status=404)
    found = selectors.documents_about(viewer, kind, lineage)
    shown = list_shown(viewer, found, len(found), about=about)
    return show(request, "documents/list.jinja", page=shown)


def document(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one document: what it is, the copies that may be looked at, and every step."""
    viewer = viewer_with_reason(request, page="document")
    found = selectors.document_named(viewer, reference)
    shown = document_shown(
        viewer, found, selectors.copies_of(found), selectors.steps_of(found),
        hide_names=hides_names(),
    )  # fmt: skip
    return show(request, "documents/document.jinja", page=shown)


def page(request: HttpRequest, reference: str, copy: int, number: int) -> HttpResponse:
    """Show one page of a viewing copy: a picture made here, and its words."""
    viewer = viewer_with_reason(request, page="document page")
    refuse_where_names_are_hidden()
    found = selectors.document_named(viewer, reference)
    seen = selectors.page_seen(viewer, documents_kept(), found, copy=copy, page=number)
    return show(request, "documents/page.jinja", page=page_shown(seen))


def search(request: HttpRequest) -> HttpResponse:
    """Find pages by their words. What is typed is posted, never in an address."""
    viewer = viewer_with_reason(request, page="search documents")
    refuse_where_names_are_hidden()
    if request.method != "POST":
        form = SearchForm(initial={"within": request.GET.get("within", "")})
        return show(request, "documents/search.jinja", form=form, page=None)
    form = SearchForm(request.POST)
    if not form.is_valid():
        return show(request, "documents/search.jinja", form=form, page=None, status=422)
    hits = pages_matching(
        viewer, form.cleaned_data["words"], HITS, within=form.cleaned_data["within"]
    )
    return show(request, "documents/search.jinja", form=form, page=hits_shown(hits))


def refuse_where_names_are_hidden() -> None:
    """Refuse what holds names on an installation that hides them.

    Raises:
        NotPermittedError: names are hidden here.
    """
    if hides_names():
        raise NotPermittedError(
            "A document holds names, and this installation hides them.",
            next_step="Look at it where names are shown.",
        )
