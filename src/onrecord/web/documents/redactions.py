"""Making a copy with words and rectangles blacked out."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.documents.redacting import NewRedaction, make_redacted_copy
from onrecord.apps.documents.selectors import document_named
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.documents.forms import RedactForm
from onrecord.web.documents.views import refuse_where_names_are_hidden
from onrecord.web.frame import show
from onrecord.web.places_kept import documents_kept
from onrecord.web.viewing import viewer_with_reason


def redact(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask what is to be blacked out, and why; then show the first page of the copy."""
    viewer = viewer_with_reason(request, page="redact a document")
    refuse_where_names_are_hidden()
    document = document_named(viewer, reference, verb="document:redact")
    form = RedactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            copy = make_redacted_copy(
                viewer=viewer, shelf=documents_kept(), reference=document.reference,
                new=NewRedaction(**form.cleaned_data),
            )  # fmt: skip
        except DataRejectedError as problem:
            form.add_error(None, str(problem))
        else:
            first = [document.reference, copy.number, 1]
            return HttpResponseRedirect(reverse("documents:page", args=first))
    return show(
        request, "documents/redact.jinja", document=document, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip
