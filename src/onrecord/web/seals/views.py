"""Seals: the list, one, opening one; and asking the owner without learning whether there is any."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.cases.finding import thing_named
from onrecord.apps.sealing import selectors, services
from onrecord.apps.sealing.policies import no_such_seal, seal_named
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.timekeeping.views import View
from onrecord.web.frame import show
from onrecord.web.seals.forms import AskForm, OpenForm, WordsForm
from onrecord.web.seals.presenters import (
    asked_shown,
    list_shown,
    question_shown,
    questions_shown,
    report_shown,
    seal_shown,
)
from onrecord.web.viewing import viewer_of, viewer_with_reason


def listed(request: HttpRequest) -> HttpResponse:
    """Show the seals that the viewer stands behind."""
    viewer = viewer_of(request, page="seals")
    waiting = [q for q in selectors.questions_for(viewer) if not q.answers.all()]
    return show(
        request, "seals/list.jinja", page=list_shown(selectors.seals(viewer), viewer, len(waiting))
    )


def seal(request: HttpRequest, number: int) -> HttpResponse:
    """Show one seal: what and who is behind it, who looked, what came out."""
    viewer = viewer_of(request, page="seal")
    page = selectors.seal_page(viewer, View(current_position()), number)
    return show(request, "seals/seal.jinja", page=seal_shown(page, viewer))


def report(request: HttpRequest, number: int, report: UUID) -> HttpResponse:
    """Show one intelligence report, which makes no allegation."""
    viewer = viewer_with_reason(request, page="intelligence report")
    wall = seal_named(viewer, number, verb="seal:read")
    found = selectors.report(viewer, View(current_position()), wall, report)
    return show(request, "seals/report.jinja", page=report_shown(found, wall))


def open_(request: HttpRequest) -> HttpResponse:
    """Open a seal."""
    viewer = viewer_of(request, page="open a seal")
    form = OpenForm(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            wall = services.open_seal(viewer=viewer, **form.cleaned_data)
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            return HttpResponseRedirect(reverse("seals:seal", args=[wall.pk]))
    return show(request, "seals/open.jinja", form=form, status=422 if form.errors else 200)


def ask(request: HttpRequest) -> HttpResponse:
    """Ask counter-corruption about a person or a case; show what was asked before, and answered."""
    viewer = viewer_of(request, page="ask counter-corruption")
    posted = request.POST if request.method == "POST" else None
    form = AskForm(viewer, posted, initial={"reference": request.GET.get("about", "")})
    if posted is not None and form.is_valid():
        try:
            kind, lineage = thing_named(viewer, form.cleaned_data["reference"])
            services.ask_owner(
                viewer=viewer, thing_kind=kind, lineage=lineage, words=form.cleaned_data["words"]
            )
        except (DataRejectedError, NotFoundError) as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            return HttpResponseRedirect(reverse("seals:ask"))
    return show(
        request, "seals/ask.jinja", form=form, page=asked_shown(selectors.questions_of(viewer)),
        status=422 if form.errors else 200,
    )  # fmt: skip


def questions(request: HttpRequest) -> HttpResponse:
    """Show the questions that are the viewer's to answer."""
    viewer = viewer_of(request, page="questions to counter-corruption")
    return show(
        request, "seals/questions.jinja", page=questions_shown(selectors.questions_for(viewer))
    )


def question(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one question, and answer it."""
    viewer = viewer_of(request, page="question to counter-corruption")
    mine = {found.reference: found for found in selectors.questions_for(viewer)}
    if reference not in mine:
        raise no_such_seal()
    form = WordsForm(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.answer_question(
            viewer=viewer, question=mine[reference], words=form.cleaned_data["words"]
        )
        return HttpResponseRedirect(reverse("seals:questions"))
    return show(
        request, "seals/question.jinja", page=question_shown(mine[reference]), form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip
