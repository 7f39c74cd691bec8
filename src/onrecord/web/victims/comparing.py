"""Comparing two parties: both are shown once, and only the answer leaves the compartment."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.policies import FreshSignInNeededError
from onrecord.apps.victims import selectors
from onrecord.apps.victims.selectors import Party
from onrecord.apps.victims.services import record_match
from onrecord.core.conduct.distinct import Answer
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.errors import fresh_sign_in
from onrecord.web.frame import show
from onrecord.web.victims.forms import AnswerForm, OtherForm
from onrecord.web.victims.presenters import known_as, who_shown
from onrecord.web.viewing import viewer_of


def compare(request: HttpRequest, reference: str, party: UUID) -> HttpResponseBase:
    """Choose the other, see both once, and record what the comparison came to."""
    viewer = viewer_of(request, page="compare two parties")
    one = selectors.party_within(viewer, "victim:match", reference, party)
    others = {
        str(other.lineage): other
        for other in selectors.comparable(viewer)
        if other.lineage != party
    }
    choices = [(key, f"{o.case_reference}: {known_as(o)}") for key, o in others.items()]
    form = OtherForm(choices, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _choose(request, one, form)
    other = others[form.cleaned_data["other"]]
    viewer = viewer.because(form.cleaned_data["reason"])
    is_answer = request.POST.get("step") == "answer"
    answered = AnswerForm(request.POST if is_answer else None)
    if is_answer and answered.is_valid():
        try:
            _record(viewer, one, other, answered)
        except DataRejectedError as problem:
            answered.add_error(None, problem.message)
        else:
            return HttpResponseRedirect(reverse("victims:victim", args=[reference, party]))
    return _both(request, viewer, (one, other), form, answered)


def _choose(request: HttpRequest, one: Party, form: OtherForm) -> HttpResponse:
    return show(
        request, "victims/compare.jinja", form=form, known_as=known_as(one), party=one.lineage,
        reference=one.case_reference, both=(), status=422 if form.errors else 200,
    )  # fmt: skip


def _both(
    request: HttpRequest,
    viewer: Viewer,
    parties: tuple[Party, Party],
    form: OtherForm,
    answered: AnswerForm,
) -> HttpResponseBase:
    """Show who both are: two looks on the ledger, each time."""
    try:
        opened = [selectors.identity_of(viewer, p.case_reference, p.lineage) for p in parties]
    except FreshSignInNeededError:
        return fresh_sign_in(request)
    one = parties[0]
    answer = show(
        request, "victims/compare.jinja", form=form, answered=answered, party=one.lineage,
        both=[(p.case_reference, who_shown(o, None)) for p, o in zip(parties, opened, strict=True)],
        known_as=known_as(one), reference=one.case_reference,
        status=422 if answered.errors else 200,
    )  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer


def _record(viewer: Viewer, one: Party, other: Party, form: AnswerForm) -> None:
    record_match(
        viewer=viewer, one=(one.case_reference, one.lineage),
        other=(other.case_reference, other.lineage),
        answer=Answer(form.cleaned_data["answer"]), reasons=form.cleaned_data["reasons"],
    )  # fmt: skip
