"""A case's notes, tasks and policy file."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.settings.texts import NOTE
from onrecord.apps.work import case_papers, case_reads
from onrecord.apps.work.selectors import case_tasks
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.frame import show
from onrecord.web.wording.dates import uk_moment
from onrecord.web.work.beginning import beginning
from onrecord.web.work.case_forms import EntryForm, NoteForm
from onrecord.web.work.case_frame import CaseAsked, case_asked
from onrecord.web.work.case_presenters import entries_shown, notes_shown, tasks_table


def notes(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the notes of a case, newest first, and take another."""
    verb = "case_note:write" if request.method == "POST" else "case_note:read"
    case = case_asked(request, reference, verb, page="case notes")
    start = beginning(request, case.viewer, NOTE, case=case.reference)
    form = NoteForm(
        case.viewer, request.POST if request.method == "POST" else None,
        initial={"reason": start.filled.text},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            case_papers.add_case_note(
                viewer=case.viewer, case=case.lineage, words=form.cleaned_data["reason"],
                kind=form.cleaned_data["kind"],
            )  # fmt: skip
        except DataRejectedError as problem:
            form.add_error("reason", f"{problem.message} {problem.next_step}".strip())
        else:
            return HttpResponseRedirect(reverse("work:case-notes", args=[case.reference]))
    found = case_reads.notes_of(case.viewer, case.lineage)
    return show(
        request, "work/case_notes.jinja", case=case, tabs=case.tabs("work:case-notes"),
        notes=notes_shown(found), form=form, beginning=start, may_write=may(case.viewer, "case_note:write"),
        status=422 if form.errors else 200,
    )  # fmt: skip


def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    """Show everything that was ever asked about a case, in any state."""
    case = case_asked(request, reference, "case_note:read", page="case tasks")
    found = list(case_tasks(case.viewer, case.lineage)[:500])
    return show(
        request, "work/case_tasks.jinja", case=case, tabs=case.tabs("work:case-tasks"),
        table=tasks_table(found), may_raise=may(case.viewer, "task:raise"),
    )  # fmt: skip


def policy_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the numbered decisions of a case."""
    case = case_asked(request, reference, "policy_file:read", page="policy file")
    return _file(request, case, "work/policy_file.jinja")


def policy_print(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the whole policy file to be put on paper, with who printed it and when."""
    case = case_asked(request, reference, "policy_file:read", page="policy file, on paper")
    return _file(request, case, "work/policy_print.jinja")


def _file(request: HttpRequest, case: CaseAsked, template: str) -> HttpResponse:
    entries = case_reads.policy_file(case.viewer, case.lineage)
    return show(
        request, template, case=case, tabs=case.tabs("work:policy-file"),
        entries=entries_shown(entries), may_write=may(case.viewer, "policy_file:write"),
        printed=f"{uk_moment(now())}, by {case.viewer.name}",
    )  # fmt: skip


def policy_entry(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a decision for the policy file."""
    case = case_asked(request, reference, "policy_file:write", page="policy file: new entry")
    numbers = [entry.number for entry in case_reads.policy_file(case.viewer, case.lineage)]
    if request.method != "POST":
        form = EntryForm(numbers, initial={"corrects": request.GET.get("corrects", "")})
        return show(request, "work/policy_entry.jinja", case=case, form=form)
    form = EntryForm(numbers, request.POST)
    if form.is_valid():
        try:
            made = case_papers.enter_decision(
                viewer=case.viewer, case=case.lineage, new=_new(form.cleaned_data)
            )
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            where = reverse("work:policy-file", args=[case.reference])
            return HttpResponseRedirect(f"{where}#entry-{made.number}")
    return show(request, "work/policy_entry.jinja", case=case, form=form, status=422)


def _new(given: dict[str, Any]) -> case_papers.NewEntry:
    corrects = int(given["corrects"]) if given["corrects"] else None
    return case_papers.NewEntry(**{**given, "corrects": corrects})
