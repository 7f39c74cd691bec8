"""What is done about the conflicts of one case: each act has a form of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from onrecord.apps.cases.finding import case_lineage
from onrecord.apps.conflicts import covertly, deciding, overriding, selectors
from onrecord.apps.settings.declared import OVERRIDE_DAYS
from onrecord.apps.settings.selectors import setting
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.conflicts.forms import (
    ChooseForm,
    ConflictForm,
    CovertForm,
    DecideForm,
    LetWorkForm,
    OutsideForm,
    OverrideForm,
)
from onrecord.web.conflicts.views import refuse, show_act
from onrecord.web.viewing import viewer_of

type Do = Callable[[Viewer, dict[str, Any]], object]


@dataclass(frozen=True, slots=True)
class _Act:
    """One thing to be done about a case's conflicts: what it asks for, and does."""

    reference: str
    form: type[ConflictForm]
    do: Do
    heading: str
    told: str


def decide(request: HttpRequest, reference: str, who: int) -> HttpResponse:
    """Decide whether somebody may work on a case despite a conflict that is no bar."""
    viewer = viewer_of(request, page="decide on a conflict")
    account, name = _there(viewer, reference, who)

    def do(viewer: Viewer, given: dict[str, Any]) -> None:
        deciding.decide(viewer=viewer, reference=reference, account=account, **given)

    return _act(request, viewer, _Act(
        reference, DecideForm, do, f"Decide on {name}",
        "It covers the ties that are known now. If another comes to be known, it is decided anew.",
    ))  # fmt: skip


def override(request: HttpRequest, reference: str, who: int) -> HttpResponse:
    """Ask two others to let somebody work on a case for a time."""
    viewer = viewer_of(request, page="ask for an override")
    account, name = _there(viewer, reference, who)

    def do(viewer: Viewer, given: dict[str, Any]) -> None:
        overriding.ask_override(viewer=viewer, reference=reference, account=account, **given)

    return _act(request, viewer, _Act(
        reference, OverrideForm, do, f"Ask for an override for {name}",
        "Two other people must agree, neither of them tied to the case. It ends by itself, and"
        f" never stands longer than {setting(OVERRIDE_DAYS)} days. A bar is never overridden.",
    ))  # fmt: skip


def let_work(request: HttpRequest, reference: str) -> HttpResponse:
    """Put somebody on a case."""
    viewer = viewer_of(request, page="put somebody on a case")
    case_lineage(viewer, reference)

    def do(viewer: Viewer, given: dict[str, Any]) -> None:
        user = selectors.colleague(viewer, int(given.pop("who")))
        deciding.let_work(viewer=viewer, reference=reference, account=user.username, **given)

    return _act(request, viewer, _Act(
        reference, LetWorkForm, do, "Put somebody on this case",
        "Their ties to it are looked at first.",
    ))  # fmt: skip


def outside(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that a case goes to somebody outside for decision."""
    viewer = viewer_of(request, page="send a case outside")
    case_lineage(viewer, reference)

    def do(viewer: Viewer, given: dict[str, Any]) -> None:
        overriding.send_outside(viewer=viewer, reference=reference, **given)

    return _act(request, viewer, _Act(
        reference, OutsideForm, do, "Send it outside for decision",
        "For a small force where too few people are free of ties: another force, or a named person"
        " outside, decides instead. This records where it went; it sends nothing.",
    ))  # fmt: skip


def covert(request: HttpRequest, reference: str) -> HttpResponse:
    """Make a case known to its circle only."""
    viewer = viewer_of(request, page="make a case covert")
    case_lineage(viewer, reference)

    def do(viewer: Viewer, given: dict[str, Any]) -> None:
        overriding.make_covert(viewer=viewer, reference=reference, **given)

    return _act(request, viewer, _Act(
        reference, CovertForm, do, "Make it known to its circle only",
        "To everybody else the case does not exist from their next page on. Think of who will notice"
        " that it is gone.",
    ))  # fmt: skip


def choose(request: HttpRequest, reference: str, who: int) -> HttpResponse:
    """Choose how somebody who is barred is kept from a case."""
    viewer = viewer_of(request, page="how somebody is kept from a case")
    account, name = _there(viewer, reference, who)

    def do(viewer: Viewer, given: dict[str, Any]) -> None:
        covertly.choose(viewer=viewer, reference=reference, account=account, **given)

    return _act(request, viewer, _Act(
        reference, ChooseForm, do, f"How {name} is kept from it",
        "What somebody no longer sees may tell them something. To leave and monitor holds to the end"
        " of tomorrow: look at it daily, or the bar is there again. Nobody is left to work on a case"
        " that is their own.",
    ))  # fmt: skip


@require_POST
def known_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a case be known again to everybody whose work it is."""
    viewer = viewer_of(request, page="end covert")
    overriding.end_covert(viewer=viewer, reference=reference)
    return _back(reference)


def _there(viewer: Viewer, reference: str, who: int) -> tuple[str, str]:
    """Return a colleague's account and name, once the case is there for the viewer."""
    case_lineage(viewer, reference)
    user = selectors.colleague(viewer, who)
    return user.username, user.display_name


def _act(request: HttpRequest, viewer: Viewer, act: _Act) -> HttpResponse:
    form = act.form(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act.do(viewer, dict(form.cleaned_data))
        except (DataRejectedError, NotFoundError, NotPermittedError) as problem:
            refuse(form, problem)
        else:
            return _back(act.reference)
    case = reverse("conflicts:case", args=[act.reference])
    back = (f"Conflicts in {act.reference}", case)
    return show_act(request, form, act.heading, act.told, back=back)


def _back(reference: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("conflicts:case", args=[reference]))
