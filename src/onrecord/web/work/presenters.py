"""What the pages of work say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.settings.listing import labels
from onrecord.apps.settings.vocabularies import TASK_KINDS
from onrecord.apps.work.hands import Hands
from onrecord.apps.work.selectors import PAGE, TaskPage
from onrecord.core.kernel.clock import UK_TIME, today
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.pagination.component import Pagination
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag
from onrecord.web.wording.dates import short_date, uk_date, uk_moment
from onrecord.web.wording.numbers import counted
from onrecord.web.work.acts import ACTS
from onrecord.web.work.hands import TaskHeld, cover_sentences, leave_note, passed_note

LISTS = {
    "mine": ("Mine", "Nothing is yours to do."),
    "team": ("My team", "Your team has nothing to do, or you are in no team."),
    "unallocated": ("Unallocated", "Everything has an owner."),
}
STEPS = {
    "raised": "Raised", "allocated": "Allocated", "handed_over": "Handed over",
    "due_changed": "Day changed", "resulted": "Result given", "referred_back": "Referred back",
    "reviewed": "Result accepted", "escalated": "Escalated", "note": "Note",
    "withdrawn": "Withdrawn",
}  # fmt: skip


class TaskSeen(Protocol):
    """What a page needs of a task."""

    reference: str
    kind: str
    title: str
    state: str
    due_on: date | None
    raised_at: datetime
    raised_by: str
    escalated_at: datetime | None
    resulted_by: str
    owner: Any
    team: Any
    escalate_to: Any
    case_lineage: Any


class StepSeen(Protocol):
    """What a page needs of a step."""

    kind: str
    by: str
    at: datetime
    reason: str
    to: Any
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists, and the way to it."""

    label: str
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ListShown:
    """Everything that the list's template writes."""

    label: str
    tabs: tuple[Tab, ...]
    sentence: str
    cover: tuple[str, ...]
    table: DataTable
    may_raise: bool
    may_agree: bool


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step, as it is read."""

    what: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class TaskShown:
    """Everything that the task's template writes."""

    title: str
    reference: str
    tag: Tag
    about: tuple[Line, ...]
    steps: tuple[StepShown, ...]
    acts: tuple[Tab, ...]


def list_shown(name: str, page: TaskPage, viewer: Viewer, hands: Hands) -> ListShown:
    """Return one of the lists."""
    label, empty = LISTS[name]
    overdue = f", {counted(page.overdue, 'of them overdue', 'of them overdue')}"
    said = f"{counted(page.total, 'task')}{overdue if page.overdue else ''}."
    return ListShown(
        label=label,
        tabs=tuple(
            Tab(other, f"{reverse('work:list')}?list={key}", key == name)
            for key, (other, _) in LISTS.items()
        ),
        sentence=said if page.total else "",
        cover=cover_sentences(hands) if name == "mine" else (),
        table=DataTable(
            caption=f"{label}: what was due first comes first",
            columns=columns("What", "Owner", "Due", "#Age in days"),
            rows=_rows(page.tasks, viewer, hands),
            empty=empty,
            pagination=_pagination(name, label, page),
        ),
        may_raise=may(viewer, "task:raise"),
        may_agree=may(viewer, "two_person:read"),
    )


def task_shown(task: TaskSeen, steps: Sequence[StepSeen], viewer: Viewer) -> TaskShown:
    """Return one task with its steps, and the acts that the viewer's role reaches."""
    return TaskShown(
        title=task.title,
        reference=task.reference,
        tag=task_tag(task) or Tag("Open", "blue"),
        about=tuple(_about(task)),
        steps=tuple(_step(step) for step in steps),
        acts=tuple(
            Tab(act.heading, reverse(f"work:{name}", args=[task.reference]), is_here=False)
            for name, act in ACTS.items()
            if task.state in act.states and may(viewer, act.verb)
            # Nobody is offered the review of their own result.
            if name != "review" or task.resulted_by != viewer.human
        ),
    )


def _rows(tasks: Sequence[TaskHeld], viewer: Viewer, hands: Hands) -> tuple[Row, ...]:
    called = labels(TASK_KINDS) if tasks else {}
    return tuple(_row(task, viewer, hands, called[task.kind]) for task in tasks)


def _row(task: TaskHeld, viewer: Viewer, hands: Hands, called: str) -> Row:
    owner = task.owner
    note = ""
    if task.state == "open" and owner is not None and owner.username != viewer.name:
        note = task.team.name if task.team else ""
    note = leave_note(task, hands, viewer) or note
    passed = passed_note(task, hands)
    kind = f"{called} · {task.reference}"
    age = (today() - task.raised_at.astimezone(UK_TIME).date()).days
    return Row(
        (
            Cell(task.title, href=reverse("work:task", args=[task.reference]),
                 note=f"{kind} · {passed}" if passed else kind),
            Cell(owner.display_name if owner else "Nobody yet", note=note),
            Cell(short_date(task.due_on) if task.due_on else "No day set", tag=task_tag(task),
                 is_short=True),
            short(str(age)),
        )
    )  # fmt: skip


def task_tag(task: TaskSeen) -> Tag | None:
    """Return how a task stands, where a list must say so."""
    if task.state == "resulted":
        return Tag("To review", "yellow")
    if task.state != "open":
        return Tag(task.state.capitalize(), "grey")
    if task.due_on is not None and task.due_on < today():
        return Tag("Overdue", "red")
    if task.due_on == today():
        return Tag("Due today", "yellow")
    return Tag("Escalated", "red") if task.escalated_at else None


def _about(task: TaskSeen) -> list[Line]:
    lines = [
        Line("What it is", labels(TASK_KINDS)[task.kind]),
        Line("Owner", task.owner.display_name if task.owner else "Nobody yet"),
        Line("Team", task.team.name if task.team else "None"),
        Line("Due", uk_date(task.due_on) if task.due_on else "No day set"),
        Line("Raised", uk_moment(task.raised_at), note=f"by {task.raised_by}"),
        Line("Escalates to", task.escalate_to.display_name if task.escalate_to else "Nobody"),
    ]
    if task.case_lineage is not None:
        case = public_reference("C", task.case_lineage)
        lines.append(Line("Case", case, href=reverse("cases:case", args=[case])))
    return lines


def _step(step: StepSeen) -> StepShown:
    what = STEPS[step.kind]
    if step.to is not None:
        what += f" to {step.to.display_name}"
    if step.due_on is not None:
        what += f", due {uk_date(step.due_on)}"
    return StepShown(what, f"{step.by}, {uk_moment(step.at)}", step.reason)


def _pagination(name: str, label: str, page: TaskPage) -> Pagination:
    first = (page.number - 1) * PAGE
    last = first + len(page.tasks)

    def href(number: int) -> str:
        return f"{reverse('work:list')}?list={name}&page={number}"

    return Pagination(
        first=first + 1 if page.tasks else 0,
        last=last,
        total=page.total,
        previous_href=href(page.number - 1) if page.number > 1 else "",
        next_href=href(page.number + 1) if last < page.total else "",
        label=f"{label}: tasks",
    )
