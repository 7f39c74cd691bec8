"""What can be done with a seal: each act has a form of its own, and is decided by a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from onrecord.apps.access.selectors import user_named
from onrecord.apps.cases.finding import thing_named
from onrecord.apps.people.finding import person_lineage
from onrecord.apps.sealing import services
from onrecord.apps.sealing.policies import seal_named
from onrecord.apps.sealing.selectors import Seal
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.frame import show
from onrecord.web.seals.forms import (
    DevelopForm,
    MemberForm,
    ReviewForm,
    SealForm,
    ThingForm,
    WordsForm,
)
from onrecord.web.viewing import viewer_of

type Do = Callable[[Viewer, Seal, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to be done with a seal."""

    verb: str
    heading: str
    told: str
    form: type[SealForm]
    do: Do


def _seal_thing(viewer: Viewer, wall: Seal, given: dict[str, Any]) -> None:
    kind, lineage = thing_named(viewer, given["reference"])
    services.seal_thing(viewer=viewer, number=wall.pk, thing_kind=kind, lineage=lineage)


def _let_behind(viewer: Viewer, wall: Seal, given: dict[str, Any]) -> None:
    services.let_behind(viewer=viewer, number=wall.pk, user=user_named(given["to"]))


def _review(viewer: Viewer, wall: Seal, given: dict[str, Any]) -> None:
    services.review_seal(
        viewer=viewer, number=wall.pk, is_kept=given["outcome"] == "kept", reason=given["reason"],
        next_review_on=given["next_review_on"],
    )  # fmt: skip


def _develop(viewer: Viewer, wall: Seal, given: dict[str, Any]) -> None:
    said = services.OpenAllegation(
        record_lineage=person_lineage(viewer, given["person"]), case_type=given["case_type"],
        category=given["category"],
    )  # fmt: skip
    services.develop(viewer=viewer, number=wall.pk, report=None, said=said, reason=given["reason"])


ACTS = {
    "seal-thing": Act(
        "seal:change", "Put something behind it",
        "A case, an incident or a person, by reference. Everything that belongs to it goes with it: "
        "to everybody else it is as if it had never been written down.",
        ThingForm, _seal_thing,
    ),
    "let-behind": Act(
        "seal:change", "Let somebody behind it",
        "They see everything behind this seal from their next page on.", MemberForm, _let_behind,
    ),
    "review": Act(
        "seal:review", "Review it", "A seal is kept for a reason that still holds, or it is lifted.",
        ReviewForm, _review,
    ),
    "develop": Act(
        "seal:develop", "Make an allegation out of it",
        "A new case with one allegation comes on record for everybody whose work it is. Write only "
        "what may be said openly; that it came from here is kept behind the seal.",
        DevelopForm, _develop,
    ),
}  # fmt: skip


def act(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Ask what an act needs, and do it."""
    chosen = ACTS[name]
    viewer = viewer_of(request, page=f"seal: {name}")
    wall = seal_named(viewer, number, verb=chosen.verb)
    form = chosen.form(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.do(viewer, wall, form.cleaned_data)
        except (DataRejectedError, NotFoundError) as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            return _back(wall)
    return show(
        request, "seals/act.jinja", act=chosen, wall=wall, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
def take_out(request: HttpRequest, number: int, thing: int) -> HttpResponse:
    """Take something out from behind a seal."""
    viewer = viewer_of(request, page="seal: take out")
    wall = seal_named(viewer, number, verb="seal:change")
    services.unseal_thing(viewer=viewer, number=number, thing_id=thing)
    return _back(wall)


@require_POST
def end_member(request: HttpRequest, number: int, member: int) -> HttpResponse:
    """Take somebody away from behind a seal."""
    viewer = viewer_of(request, page="seal: end membership")
    wall = seal_named(viewer, number, verb="seal:change")
    services.take_from_behind(viewer=viewer, number=number, member_id=member)
    return _back(wall)


def dealt_with(request: HttpRequest, number: int, consultation: int) -> HttpResponse:
    """Say what was made of a look at what a seal covers."""
    viewer = viewer_of(request, page="seal: look")
    wall = seal_named(viewer, number, verb="seal:read")
    form = WordsForm(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.deal_with_alert(
                viewer=viewer, number=number, consultation=consultation,
                words=form.cleaned_data["words"],
            )  # fmt: skip
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            return _back(wall)
    chosen = Act("seal:read", "Say what you made of this look", "", WordsForm, _let_behind)
    return show(
        request, "seals/act.jinja", act=chosen, wall=wall, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _back(wall: Seal) -> HttpResponse:
    return HttpResponseRedirect(reverse("seals:seal", args=[wall.pk]))
