"""The file desk: what is sought, one file, and seeking another."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.cases.finding import thing_named
from onrecord.apps.documents import file_reads
from onrecord.apps.documents.file_acts import NewFile
from onrecord.apps.documents.file_acts import seek as put_on_desk
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.file_desk.forms import SeekForm
from onrecord.web.file_desk.presenters import LISTS, file_shown, list_shown
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of


def listed(request: HttpRequest) -> HttpResponse:
    """Show the files that something has still to be done about, what is overdue first; or the rest."""
    viewer = viewer_of(request, page="file desk")
    name = request.GET.get("list", "outstanding")
    if name not in LISTS:
        raise NotFoundError("There is no such list.")
    files = {"outstanding": file_reads.outstanding, "settled": file_reads.settled}[name](viewer)
    number = request.GET.get("page", "1")
    # A page number is small; anything else typed there is the first page.
    wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 1  # noqa: PLR2004
    page = file_reads.page_of(files, wanted)
    return show(request, "file_desk/list.jinja", page=list_shown(name, page, viewer))


def file(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one file and everything that was done about it."""
    viewer = viewer_of(request, page="file")
    found = file_reads.file_named(viewer, reference)
    shown = file_shown(found, file_reads.steps_of_file(found), viewer)
    return show(request, "file_desk/file.jinja", page=shown)


def seek(request: HttpRequest) -> HttpResponse:
    """Put a paper or missing file on the desk."""
    viewer = viewer_of(request, page="seek a file")
    if request.method != "POST":
        form = SeekForm(initial={"about": request.GET.get("about", "")})
        return show(request, "file_desk/seek.jinja", form=form)
    form = SeekForm(request.POST)
    if form.is_valid():
        try:
            made = put_on_desk(viewer=viewer, new=_new(viewer, form.cleaned_data))
        except NotFoundError as problem:
            form.add_error("about", str(problem))
        except DataRejectedError as problem:
            form.add_error(None, str(problem))
        else:
            return HttpResponseRedirect(reverse("file_desk:file", args=[made.reference]))
    return show(request, "file_desk/seek.jinja", form=form, status=422)


def _new(viewer: Viewer, given: dict[str, Any]) -> NewFile:
    kind, lineage = thing_named(viewer, given["about"])
    if kind == "incident":
        raise NotFoundError(
            "A file is sought for a case or a person, not for an incident.",
            next_step="Enter the reference of a case of it.",
        )
    return NewFile(
        title=given["title"], words=given["words"],
        case_lineage=lineage if kind == "case" else None,
        record_lineage=lineage if kind == "person" else None,
    )  # fmt: skip
