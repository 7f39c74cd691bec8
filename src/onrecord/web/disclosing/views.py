"""Disclosure as the handlers of a case see it: who was served, what was released, what is contested."""

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.cases.finding import case_lineage
from onrecord.apps.disclosing import selectors, services
from onrecord.core.kernel.errors import DataRejectedError, NotPermittedError
from onrecord.web.disclosing.forms import ReasonForm, ReleaseForm, ServiceForm
from onrecord.web.disclosing.presenters import case_shown, offered_shown
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of, viewer_with_reason


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what was served and released in a case, and what its subject contests."""
    viewer = viewer_with_reason(request, page="disclosure")
    page = case_shown(selectors.case_disclosure(viewer, reference), viewer)
    return show(request, "disclosing/case.jinja", page=page)


def service(request: HttpRequest, reference: str, who: int) -> HttpResponse:
    """Record that a subject was served with notice."""
    viewer = viewer_of(request, page="record service")
    user = selectors.subject_of(viewer, case_lineage(viewer, reference), who)
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_service(
                viewer=viewer, reference=reference, number=who,
                served=services.Served(**form.cleaned_data),
            )  # fmt: skip
        except (DataRejectedError, NotPermittedError) as problem:
            _refuse(form, problem)
        else:
            return _back(reference)
    return _show(
        request, "service", form, reference=reference,
        heading="Record service",
        told=f"That {user.display_name} was served with notice. It stays on record in your name.",
    )  # fmt: skip


def release(request: HttpRequest, reference: str, who: int) -> HttpResponse:
    """Release chosen facts of a case to its subject."""
    viewer = viewer_of(request, page="release to the subject")
    lineage = case_lineage(viewer, reference)
    user = selectors.subject_of(viewer, lineage, who)
    offered = offered_shown(selectors.releasable_to(viewer, lineage, user))
    form = ReleaseForm(offered, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.release(
                viewer=viewer, reference=reference, number=who,
                facts={int(number) for number in form.cleaned_data["facts"]},
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except (DataRejectedError, NotPermittedError) as problem:
            _refuse(form, problem)
        else:
            return _back(reference)
    return _show(
        request, "release", form, reference=reference,
        heading="Release facts to the subject",
        told=f"{user.display_name} will read these facts in these words, and nothing else of the"
        " case. No victim, witness or reporter, and no free text, can be released here.",
    )  # fmt: skip


def withdraw(request: HttpRequest, reference: str, pack: str) -> HttpResponse:
    """Take a pack back."""
    viewer = viewer_of(request, page="take a pack back")
    lineage = case_lineage(viewer, reference)
    selectors.pack_of_case(lineage, pack)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(
                viewer=viewer, reference=reference, pack=pack, reason=form.cleaned_data["reason"]
            )
        except DataRejectedError as problem:
            _refuse(form, problem)
        else:
            return _back(reference)
    return _show(
        request, "withdraw", form, reference=reference, heading=f"Take {pack.upper()} back",
        told="Its subject reads it no more. That it was released, and what was contested, stays.",
    )  # fmt: skip


def _refuse(form: django_forms.Form, problem: DataRejectedError | NotPermittedError) -> None:
    form.add_error(None, f"{problem.message} {problem.next_step}".strip())


def _show(
    request: HttpRequest, name: str, form: django_forms.Form, *, reference: str, heading: str,
    told: str,
) -> HttpResponse:  # fmt: skip
    return show(
        request, "disclosing/act.jinja", name=name, form=form, heading=heading, told=told,
        reference=reference, status=422 if form.errors else 200,
    )  # fmt: skip


def _back(reference: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("disclosing:case", args=[reference]))
