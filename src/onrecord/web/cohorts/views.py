"""Cohorts: define, run, read, ask why, hand over."""

from datetime import date
from typing import Any

import yaml
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from onrecord.apps.exporting.services import TooLargeError
from onrecord.apps.people.changing import judgements_since
from onrecord.apps.programmes import selectors, services
from onrecord.apps.programmes.taking import ask_for_cohort, take_cohort
from onrecord.core.cohorts.reasons import Reason
from onrecord.core.cohorts.results import CohortResult
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.cohorts.forms import CohortForm, RunForm
from onrecord.web.cohorts.presenters import definition_rows, present, result_rows
from onrecord.web.frame import show
from onrecord.web.places_kept import shelves
from onrecord.web.viewing import page_number, viewer_of, viewer_with_reason
from onrecord.web.wording.numbers import counted


def all_cohorts(request: HttpRequest) -> HttpResponse:
    """List the definitions, and the frozen results, newest first."""
    viewer = viewer_of(request, page="cohorts")
    return show(
        request,
        "cohorts/list.jinja",
        definitions=definition_rows(selectors.definitions(viewer)),
        results=result_rows(selectors.results(viewer, shelves())),
    )


def build(request: HttpRequest) -> HttpResponse:
    """Ask for a definition and run it."""
    viewer = viewer_with_reason(request, page="cohort builder")
    if request.method != "POST":
        return show(request, "cohorts/new.jinja", form=CohortForm(initial={"version": 1}))
    form = CohortForm(request.POST)
    if form.is_valid():
        try:
            return _run(
                viewer, yaml.safe_dump(form.as_definition(), sort_keys=False, allow_unicode=True)
            )
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
    return show(request, "cohorts/new.jinja", form=form, status=422)


def definition(request: HttpRequest, name: str) -> HttpResponse:
    """Show a saved or shipped definition, and run it as known today or on a day."""
    viewer = viewer_with_reason(request, page="cohort definition")
    found = next((ref for ref in selectors.definitions(viewer) if ref.name == name), None)
    if found is None:
        raise NotFoundError("There is no such definition.")
    form = RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _run(viewer, found.yaml, on=form.cleaned_data["on"])
    (item,) = definition_rows([found])
    status = 422 if form.errors else 200
    return show(request, "cohorts/definition.jinja", item=item, form=form, status=status)


def result(request: HttpRequest, result_hash: str) -> HttpResponse:
    """Show a frozen result; drill into what is in, what was left out, and why."""
    viewer = viewer_with_reason(request, page="cohort result")
    found = selectors.result_by_hash(viewer, shelves(), result_hash)
    reason = _reason(request.GET.get("reason", ""))
    page = selectors.items_page(found, reason=reason, page=page_number(request))
    asked = request.GET.get("why", "").strip()
    answer, problem = _why(viewer, found, asked)
    shown = present(found, page, reason=reason, asked=asked, answer=answer, problem=problem)
    many = judgements_since(viewer, found.view.position)
    changed = counted(many, "time") if many else ""
    return show(request, "cohorts/result.jinja", page=shown, changed=changed)


@require_POST
def export_file(request: HttpRequest, result_hash: str, form: str) -> HttpResponse:
    """Hand over a result as CSV (items in scope) or XLSX (everything), or say who has to agree."""
    viewer = viewer_with_reason(request, page="cohort export")
    try:
        taken = take_cohort(
            viewer=viewer, shelves=shelves(), result_hash=result_hash, file_format=form
        )
    except TooLargeError as problem:
        return show(
            request, "cohorts/too_large.jinja", status=403, problem=problem, hash=result_hash
        )
    response = HttpResponse(taken.content, content_type=taken.content_type)
    response["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    return response


@require_POST
def ask(request: HttpRequest, result_hash: str) -> HttpResponse:
    """Ask a colleague to agree that a large result leaves."""
    viewer = viewer_with_reason(request, page="cohort export")
    ask_for_cohort(viewer=viewer, shelves=shelves(), result_hash=result_hash)
    messages.success(request, "A colleague is asked. Once they have agreed, take it out.")
    return HttpResponseRedirect(reverse("cohorts:result", args=[result_hash]))


def _run(viewer: Viewer, text: str, *, on: date | None = None) -> HttpResponse:
    found = services.run_cohort(viewer=viewer, shelves=shelves(), yaml=text, on=on)
    return HttpResponseRedirect(reverse("cohorts:result", args=[found.hash]))


def _reason(text: str) -> Reason | None:
    try:
        return Reason(text) if text else None
    except ValueError:
        raise NotFoundError("There is no such reason.") from None


def _why(viewer: Viewer, found: CohortResult, asked: str) -> tuple[Any, str]:
    if not asked:
        return None, ""
    try:
        return selectors.explain(viewer, shelves(), found, asked), ""
    except NotFoundError:
        return (
            None,
            "Nothing by that reference is on record in this result's view, or nothing that you may see.",
        )
