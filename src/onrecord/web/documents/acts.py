"""Uploading a file, taking out its original, and having it scanned again."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.cases.finding import thing_named
from onrecord.apps.documents import services
from onrecord.core.documents.judging import LARGEST
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.documents.forms import TOO_LARGE, UploadForm
from onrecord.web.documents.views import refuse_where_names_are_hidden
from onrecord.web.frame import show
from onrecord.web.places_kept import documents_kept
from onrecord.web.viewing import viewer_with_reason

_SANDBOX = "sandbox; default-src 'none'"


def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a file and what it is about; seal it."""
    viewer = viewer_with_reason(request, page="upload a document")
    if request.method != "POST":
        form = UploadForm(initial={"about": request.GET.get("about", "")})
        return show(request, "documents/upload.jinja", form=form)
    form = UploadForm(request.POST, request.FILES)
    if request.META.get(TOO_LARGE):
        form.errors.pop("file", None)
        form.add_error("file", f"The file is larger than {LARGEST // 2**20} MB. Split it.")
    if form.is_valid():
        try:
            new = _new(viewer, form.cleaned_data)
            made = services.upload(viewer=viewer, shelf=documents_kept(), new=new)
        except NotFoundError as problem:
            form.add_error("about", str(problem))
        except DataRejectedError as problem:
            form.add_error("file", str(problem))
        else:
            return HttpResponseRedirect(reverse("documents:document", args=[made.reference]))
    return show(request, "documents/upload.jinja", form=form, status=422)


def original(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand over the sealed original: a download under its reference, in a sandbox, never a page."""
    viewer = viewer_with_reason(request, page="document original")
    refuse_where_names_are_hidden()
    document, found = services.take_out(viewer=viewer, shelf=documents_kept(), reference=reference)
    response = HttpResponse(found, content_type="application/octet-stream")
    response["Content-Disposition"] = (
        f'attachment; filename="{document.reference}.{document.ending}"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def scan(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a quarantined document to the scanner once more."""
    viewer = viewer_with_reason(request, page="scan a document")
    made = services.scan_again(viewer=viewer, shelf=documents_kept(), reference=reference)
    return HttpResponseRedirect(reverse("documents:document", args=[made.reference]))


def _new(viewer: Viewer, given: dict[str, Any]) -> services.NewDocument:
    kind, lineage = thing_named(viewer, given["about"])
    if kind == "incident":
        raise NotFoundError(
            "A document belongs to a case or a person, not to an incident.",
            next_step="Enter the reference of a case of it.",
        )
    file = given["file"]
    return services.NewDocument(
        title=given["title"], name=file.name, pieces=file.chunks(), size=file.size,
        case_lineage=lineage if kind == "case" else None,
        record_lineage=lineage if kind == "person" else None,
    )  # fmt: skip
