"""Conflicts: mine, those of one case, and overrides that wait."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from onrecord.apps.conflicts import deciding, overriding, selectors
from onrecord.apps.conflicts.standing import case_conflicts
from onrecord.core.conflicts.ties import Tie
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.web.conflicts.forms import (
    AnswerForm,
    ConflictForm,
    DeclareForm,
    ReasonForm,
    StepAwayForm,
)
from onrecord.web.conflicts.presenters import ask_shown, asks_shown, case_shown, mine_shown
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of, viewer_with_reason


def mine(request: HttpRequest) -> HttpResponse:
    """Show what the viewer declared of themselves, and take another declaration."""
    viewer = viewer_of(request, page="my declarations")
    form = DeclareForm(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        told = deciding.Told(given.pop("person"), Tie(given.pop("tie")), **given)
        try:
            deciding.declare(viewer=viewer, told=told)
        except (DataRejectedError, NotFoundError) as problem:
            refuse(form, problem)
        else:
            return HttpResponseRedirect(reverse("conflicts:mine"))
    page = mine_shown(selectors.my_declarations(viewer), selectors.my_steps_away(viewer), viewer)
    return show(
        request, "conflicts/mine.jinja", page=page, form=form, status=422 if form.errors else 200
    )


def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's own declaration back."""
    viewer = viewer_of(request, page="take a declaration back")
    if number not in {each.pk for each in selectors.my_declarations(viewer)}:
        raise NotFoundError("There is no declaration of yours by that number.")
    form = ReasonForm(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.take_back(
                viewer=viewer, declaration_id=number, reason=form.cleaned_data["reason"]
            )
        except DataRejectedError as problem:
            refuse(form, problem)
        else:
            return HttpResponseRedirect(reverse("conflicts:mine"))
    return show_act(
        request, form, "Take a declaration back",
        "What you said stays on record. Where it kept you from a case, it goes on doing so until"
        " somebody else has decided.",
        back=("Conflicts of interest", reverse("conflicts:mine")),
    )  # fmt: skip


def step_away(request: HttpRequest) -> HttpResponse:
    """Step away from a case."""
    viewer = viewer_of(request, page="step away")
    posted = request.POST if request.method == "POST" else None
    form = StepAwayForm(viewer, posted, initial={"case": request.GET.get("case", "")})
    if posted is not None and form.is_valid():
        try:
            deciding.step_away(
                viewer=viewer, reference=form.cleaned_data["case"],
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except (DataRejectedError, NotFoundError) as problem:
            refuse(form, problem)
        else:
            return HttpResponseRedirect(reverse("conflicts:mine"))
    return show_act(
        request, form, "Step away from a case",
        "From your next page on the case is not there for you, and your open tasks about it go back"
        " to be given to somebody else. You cannot undo this.",
        back=("Conflicts of interest", reverse("conflicts:mine")),
    )  # fmt: skip


def find(request: HttpRequest) -> HttpResponse:
    """Go to the conflicts of the case that was typed."""
    reference = request.GET.get("case", "").strip().upper()
    if not reference:
        return HttpResponseRedirect(reverse("conflicts:mine"))
    return HttpResponseRedirect(reverse("conflicts:case", args=[reference]))


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who works on a case, how each is tied to it, and what was decided."""
    viewer = viewer_with_reason(request, page="conflicts of a case")
    who = request.GET.get("who", "")
    asked = (
        selectors.colleague(viewer, int(who)).username if who.isdecimal() and who.isascii() else ""
    )
    page = case_conflicts(viewer, reference, asked=asked)
    return show(
        request, "conflicts/case.jinja", page=case_shown(page, viewer),
        people=selectors.colleague_choices(viewer), who=who,
    )  # fmt: skip


def asks(request: HttpRequest) -> HttpResponse:
    """Show the overrides that wait for agreement or use."""
    viewer = viewer_of(request, page="overrides")
    return show(request, "conflicts/asks.jinja", page=asks_shown(overriding.override_asks(viewer)))


def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Show one override that waits, and answer it."""
    viewer = viewer_of(request, page="override")
    found = overriding.override_ask(viewer, number)
    form = AnswerForm(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            overriding.answer_override(
                viewer=viewer, number=number, agrees=form.cleaned_data["agrees"] == "yes",
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except (DataRejectedError, NotPermittedError) as problem:
            refuse(form, problem)
        else:
            return HttpResponseRedirect(reverse("conflicts:asks"))
    return _ask_page(request, form, ask=found)


@require_POST
def use(request: HttpRequest, number: int) -> HttpResponse:
    """Put an override that was agreed to into force."""
    viewer = viewer_of(request, page="override")
    found = overriding.override_ask(viewer, number)
    form = AnswerForm(viewer, {})
    form.errors.clear()
    try:
        overriding.use_override(viewer=viewer, number=number)
    except (DataRejectedError, NotPermittedError) as problem:
        refuse(form, problem)
        return _ask_page(request, form, ask=found)
    return HttpResponseRedirect(reverse("conflicts:case", args=[found.reference]))


def _ask_page(
    request: HttpRequest, form: ConflictForm, *, ask: overriding.OverrideAsk
) -> HttpResponse:
    return show(
        request, "conflicts/ask.jinja", page=ask_shown(ask), number=ask.number, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip


def refuse(
    form: ConflictForm, problem: DataRejectedError | NotFoundError | NotPermittedError
) -> None:
    """Say at the form why something was not done."""
    form.add_error(None, f"{problem.message} {problem.next_step}".strip())


def show_act(
    request: HttpRequest, form: ConflictForm, heading: str, told: str, *, back: tuple[str, str]
) -> HttpResponse:  # fmt: skip
    """Show what an act asks for."""
    return show(
        request, "conflicts/act.jinja", form=form, heading=heading, told=told, back=back,
        status=422 if form.errors else 200,
    )  # fmt: skip
