"""What can be said of a file that is sought: each act has a form of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.documents import file_acts
from onrecord.apps.documents.file_reads import file_named
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.file_desk.forms import (
    ChaseForm,
    DestroyedForm,
    RequestForm,
    ScannedForm,
    WordsForm,
)
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of

type Do = Callable[[Viewer, str, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to be said of a file.

    Attributes:
        heading: what its page, its link and its button say.
        words: what the field for words is called.
        states: in which states of the file it is offered.
    """

    heading: str
    words: str
    states: frozenset[str]
    form: type[WordsForm]
    do: Do


_COMING = frozenset({"sought", "located", "requested"})
_ANY = _COMING | {"received", "scanned", "not_found", "destroyed"}


def _plain(do: Callable[..., None]) -> Do:
    def done(viewer: Viewer, reference: str, given: dict[str, Any]) -> None:
        do(viewer=viewer, reference=reference, **given)

    return done


def _request(viewer: Viewer, reference: str, given: dict[str, Any]) -> None:
    file_acts.request(
        viewer=viewer, reference=reference, of=given["asked_of"], due_on=given["due_on"],
        words=given["words"],
    )  # fmt: skip


ACTS = {
    "located": Act("Say where it is", "Where it is, or is thought to be",
                   frozenset({"sought", "located", "not_found"}), WordsForm,
                   _plain(file_acts.locate)),
    "requested": Act("Request it", "What was asked, and how", _COMING, RequestForm, _request),
    "chased": Act("Chase it", "What was asked, and how", frozenset({"requested"}), ChaseForm,
                  _plain(file_acts.chase)),
    "received": Act("It came", "What came, and where it is kept", _COMING, WordsForm,
                    _plain(file_acts.receive)),
    "scanned": Act("It was scanned", "What was scanned, and what was not",
                   frozenset({"received"}), ScannedForm, _plain(file_acts.scanned)),
    "not-found": Act("It was not found", "Where it was looked for", _COMING, WordsForm,
                     _plain(file_acts.not_found)),
    "destroyed": Act("It is confirmed destroyed", "How it was confirmed",
                     _COMING | {"not_found"}, DestroyedForm, _plain(file_acts.destroyed)),
    "note": Act("Add a note", "Note", _ANY, WordsForm, _plain(file_acts.note)),
}  # fmt: skip


def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Ask what an act needs, and do it."""
    chosen = ACTS[name]
    viewer = viewer_of(request, page=f"file: {name}")
    file = file_named(viewer, reference, verb="file:step")
    form = chosen.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.do(viewer, file.reference, form.cleaned_data)
        except NotFoundError as problem:
            form.add_error("document", str(problem))
        except DataRejectedError as problem:
            form.add_error(None, str(problem))
        else:
            return HttpResponseRedirect(reverse("file_desk:file", args=[file.reference]))
    return show(
        request, "file_desk/act.jinja", act=chosen, file=file, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip
