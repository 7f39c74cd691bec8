"""Cases that may be records of one incident: which wait for a person, judging two, and why of one case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.linking import cases
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.components.ways.component import Way
from onrecord.web.frame import show
from onrecord.web.identity.case_presenters import (
    cases_table,
    side_by_side,
    with_others_table,
)
from onrecord.web.identity.forms import KEYS, CasesForm, WhyForm
from onrecord.web.identity.saying import said_table
from onrecord.web.telling import carried_out
from onrecord.web.viewing import page_number, viewer_with_reason


def listed(request: HttpRequest) -> HttpResponse:
    """Show the pairs of cases that a person is to judge."""
    viewer = viewer_with_reason(request, page="cases of one incident")
    found = cases.cases_to_judge(viewer)
    record_consultation(viewer, cases.JUDGE, object_kind="list", object_ref=f"{len(found)} pairs")
    return show(request, "identity/cases.jinja", table=cases_table(found, page_number(request)))


def two_cases(request: HttpRequest, reference: str) -> HttpResponse:
    """Show two cases side by side, and record whether they are of one incident."""
    viewer = viewer_with_reason(request, page="judge cases of one incident")
    found = cases.two_cases_named(viewer, reference)
    form = CasesForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        cases.judge_cases(viewer=viewer, two=found, **form.cleaned_data)
        return HttpResponseRedirect(_next(viewer))

    return carried_out(request, form, act) or show(
        request, "identity/two_cases.jinja", two=found, table=side_by_side(found),
        said=said_table(found.said), form=form, keys=KEYS, status=422 if form.errors else 200,
    )  # fmt: skip


def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the judgement back that a person made last of two cases."""
    viewer = viewer_with_reason(request, page="take a judgement of two cases back")
    found = cases.two_cases_named(viewer, reference)
    form = WhyForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        cases.take_back_cases(viewer=viewer, two=found, reason=form.cleaned_data["reason"])
        messages.success(request, "It was taken back. What was said before it stands again.")
        return HttpResponseRedirect(reverse("identity:cases"))

    back = Way(f"Back to {found.reference}", reverse("identity:two-cases", args=[found.reference]))
    return carried_out(request, form, act) or show(
        request, "identity/why.jinja", heading="Take the judgement back", form=form, back=back,
        words="What was said of the two cases before it stands again, exactly. Both stay on record.",
        status=422 if form.errors else 200,
    )  # fmt: skip


def cases_of(request: HttpRequest, reference: str) -> HttpResponse:
    """Show why one case counts, or does not count, as one incident with others."""
    viewer = viewer_with_reason(request, page="one incident with others")
    found = cases.judged_with(viewer, reference)
    case = reference.strip().upper()
    record_consultation(viewer, cases.EXPLAIN, object_kind="case", object_ref=case)
    table = with_others_table(found, case, judges=may(viewer, cases.JUDGE))
    return show(request, "identity/cases_of.jinja", case=case, table=table)


def _next(viewer: Viewer) -> str:
    following = next(iter(cases.cases_to_judge(viewer)), None)
    if following is None:
        return reverse("identity:cases")
    return reverse("identity:two-cases", args=[following.reference])
