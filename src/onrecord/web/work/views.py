"""Work: the lists, one task, and raising a new one."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.selectors import all_teams, user_named
from onrecord.apps.cases.selectors import case_lineage
from onrecord.apps.settings.texts import TASK
from onrecord.apps.work import selectors, services
from onrecord.apps.work.hands import hands_of, team_load
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.ids import is_public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.frame import show
from onrecord.web.viewing import page_number, viewer_of
from onrecord.web.work.beginning import beginning
from onrecord.web.work.forms import RaiseForm
from onrecord.web.work.hands import team_table
from onrecord.web.work.presenters import LISTS, list_shown, task_shown


def listed(request: HttpRequest) -> HttpResponse:
    """Show what is mine to do, my team's, or nobody's yet; what was due first comes first."""
    viewer = viewer_of(request, page="my work")
    name = request.GET.get("list", "mine")
    if name not in LISTS:
        raise NotFoundError("There is no such list.")
    asked = {"mine": selectors.my_work, "team": selectors.team_work,
             "unallocated": selectors.unallocated}[name](viewer)  # fmt: skip
    page = selectors.page_of(asked, page_number(request))
    on = today()
    team = team_table(team_load(viewer, on)) if name == "team" else None
    shown = list_shown(name, page, viewer, hands_of(viewer, page.tasks, on))
    return show(request, "work/list.jinja", page=shown, team=team)


def task(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one task and everything that happened to it."""
    viewer = viewer_of(request, page="task")
    found = selectors.task_named(viewer, reference)
    shown = task_shown(found, selectors.steps_of(found), viewer)
    return show(request, "work/task.jinja", page=shown)


def raise_(request: HttpRequest) -> HttpResponse:
    """Ask for a new question, action or task."""
    viewer = viewer_of(request, page="raise a task")
    if request.method != "POST":
        case = request.GET.get("case", "")
        start = beginning(request, viewer, TASK, case=_reference(case))
        form = RaiseForm(viewer, initial={
            "case": case, "title": start.filled.title, "asked": start.filled.text,
        })  # fmt: skip
        return show(request, "work/raise.jinja", form=form, beginning=start)
    form = RaiseForm(viewer, request.POST)
    if form.is_valid():
        try:
            made = services.raise_task(viewer=viewer, new=_new(viewer, form.cleaned_data))
        except (DataRejectedError, NotFoundError) as problem:
            field = "case" if isinstance(problem, NotFoundError) else None
            form.add_error(field, f"{problem.message} {problem.next_step}".strip())
        else:
            return HttpResponseRedirect(reverse("work:task", args=[made.reference]))
    start = beginning(request, viewer, TASK, case=_reference(request.POST.get("case", "")))
    return show(request, "work/raise.jinja", form=form, beginning=start, status=422)


def _reference(typed: str) -> str:
    """Return a reference as it is written, or nothing where none was typed."""
    wanted = typed.strip().upper()
    return wanted if is_public_reference(wanted) else ""


def _new(viewer: Viewer, given: dict[str, Any]) -> services.NewTask:
    teams = {team.code: team for team in all_teams()}
    return services.NewTask(
        kind=given["kind"], title=given["title"], asked=given["asked"],
        case_lineage=case_lineage(viewer, given["case"]) if given["case"].strip() else None,
        owner=user_named(given["owner"]) if given["owner"] else None,
        team=teams.get(given["team"]),
        due_on=given["due_on"],
        escalate_to=user_named(given["escalate_to"]) if given["escalate_to"] else None,
    )  # fmt: skip
