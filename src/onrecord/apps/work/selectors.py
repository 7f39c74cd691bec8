"""Reads of tasks. What is about something hidden from the viewer does not exist for them."""

import re
import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from onrecord.apps.access.models import CircleMember, Leave, User
from onrecord.apps.access.policies import reach
from onrecord.apps.access.selectors import away_on, circle_of, kept_from, walls_around
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.work.models import OPEN, RESULTED, Task, TaskStep
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.permissions.table import Reach

PAGE = 25
_REFERENCE = re.compile(r"T-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]")


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Some tasks out of many.

    Attributes:
        number: which page, from one.
        total: how many tasks there are in all that this viewer may see.
        overdue: how many of those ought to be done already.
    """

    tasks: list[Task]
    number: int
    total: int
    overdue: int


def my_work(viewer: Viewer, *, on: date | None = None) -> QuerySet[Task]:
    """Return what is the viewer's to do: theirs, of people they cover, escalated, to review."""
    day = on or today()
    me = account_of(viewer)
    if me is None:
        return Task.objects.none()
    late = Q(due_on__lt=day) | Q(escalated_at__isnull=False)
    mine = Q(state=OPEN, owner__in=covered_by(me, day) | {me.pk})
    escalated = Q(state=OPEN, escalate_to=me) & late
    to_review = Q(state=RESULTED, raised_by=viewer.name) & ~Q(resulted_by=me.human)
    return _listed(viewer, mine | escalated | to_review)


def team_work(viewer: Viewer) -> QuerySet[Task]:
    """Return what the viewer's team has to do, whoever has it."""
    me = account_of(viewer)
    if me is None or me.team_id is None:
        return Task.objects.none()
    return _listed(viewer, Q(team=me.team_id, state__in=(OPEN, RESULTED)))


def unallocated(viewer: Viewer) -> QuerySet[Task]:
    """Return what nobody has yet, as far as the viewer's reach goes."""
    return _listed(viewer, Q(owner=None, state=OPEN))


def case_tasks(viewer: Viewer, lineage: uuid.UUID) -> QuerySet[Task]:
    """Return everything that was ever asked about a case, in any state."""
    return _listed(viewer, Q(case_lineage=lineage))


def task_at_hand(username: str, first: uuid.UUID, last: uuid.UUID) -> str:
    """Return what says why an account looks at a case or person between two lineages, if its work does.

    Its own open task about it, soonest due first; else its part in the circle.
    """
    about = Q(case_lineage__range=(first, last)) | Q(record_lineage__range=(first, last))
    mine = Task.objects.filter(about, owner__username=username, state=OPEN)
    if task := mine.order_by(F("due_on").asc(nulls_last=True), "pk").first():
        return f"task {task.reference}"
    part = CircleMember.objects.filter(
        user__username=username, lineage__range=(first, last), ended_at=None
    ).first()
    return f"own work on this {part.thing_kind}, as {part.part.replace('_', ' ')}" if part else ""


def page_of(tasks: QuerySet[Task], number: int) -> TaskPage:
    """Return one page of a list; the last where there are fewer."""
    total = tasks.count()
    last = max(1, -(-total // PAGE))
    number = min(max(1, number), last)
    first = (number - 1) * PAGE
    overdue = tasks.filter(state=OPEN, due_on__lt=today()).count()
    return TaskPage(list(tasks[first : first + PAGE]), number, total, overdue)


def task_named(viewer: Viewer, reference: str, *, verb: str = "task:read") -> Task:
    """Return one task, and record the look, or that it was refused.

    Raises:
        NotFoundError: there is none, or none this viewer may see.
    """
    text = reference.strip().upper()
    looker = viewer.because(viewer.reason or "the task at hand")
    is_reference = _REFERENCE.fullmatch(text) is not None
    task = visible(viewer).filter(reference=text).first() if is_reference else None
    record_consultation(
        looker, verb, object_kind="task", object_ref=text if is_reference else "malformed",
        was_refused=task is None,
    )  # fmt: skip
    if task is None:
        raise no_task()
    return task


def steps_of(task: Task) -> list[TaskStep]:
    """Return everything that happened to a task, oldest first."""
    return list(TaskStep.objects.select_related("to").filter(task=task))


def no_task() -> NotFoundError:
    """Return the one answer for what is not there and for what is out of reach."""
    return NotFoundError(
        "There is no task by that reference, or none you may see.", next_step="Check it."
    )


def account_of(viewer: Viewer) -> User | None:
    """Return the viewer's account; jobs and the owner of the machine have none."""
    return User.objects.filter(username=viewer.name, is_active=True).first()


def covered_by(user: User, on: date) -> frozenset[int]:
    """Return the accounts whose work falls to `user` that day because they are away."""
    leaves = Leave.objects.filter(
        cover=user, from_on__lte=on, until_on__gte=on, cancelled_at=None
    ).select_related("user")
    found = set()
    for leave in leaves:
        current = away_on(leave.user, on)
        if current is not None and current.cover_id == user.pk:
            found.add(leave.user_id)
    return frozenset(found)


def is_open_to(user: User, task: Task) -> bool:
    """Tell whether nothing walled or barred keeps a task from somebody it might be given to."""
    about = {task.case_lineage, task.record_lineage} - {None}
    return not about & kept_from(user.username) and (
        task.wall_id is None or task.wall_id in walls_around(user.username)
    )


def visible(viewer: Viewer) -> QuerySet[Task]:
    """Return every task that exists for this viewer."""
    hidden = list(kept_from(viewer.eyes))
    seen = Task.objects.select_related("owner", "team", "escalate_to").filter(
        Q(wall=None) | Q(wall__in=walls_around(viewer.eyes)), _within(viewer)
    )
    if hidden:
        seen = seen.exclude(case_lineage__in=hidden).exclude(record_lineage__in=hidden)
    return seen


def _listed(viewer: Viewer, wanted: Q) -> QuerySet[Task]:
    """Return tasks in the order of a working list: what was due first comes first."""
    return (
        visible(viewer).filter(wanted).order_by(F("due_on").asc(nulls_last=True), "raised_at", "pk")
    )


def _within(viewer: Viewer) -> Q:
    """Return how far the viewer's reach goes: always their own, then the team's, cases', all."""
    far = reach(viewer, "task:read")
    if far is Reach.NONE:
        return Q(pk__in=[])
    me = account_of(viewer)
    if me is None:
        return Q() if far is Reach.ALL and viewer.kind != "person" else Q(pk__in=[])
    own = (
        Q(raised_by=viewer.name)
        | Q(escalate_to=me)
        | Q(owner__in=covered_by(me, today()) | {me.pk})
    )
    if far is Reach.ALL:
        return own | Q(organisation_code=me.organisation_code)
    if far is not Reach.OWN and me.team_id is not None:
        own |= Q(team=me.team_id, organisation_code=me.organisation_code)
    if far is Reach.CIRCLE:
        own |= Q(case_lineage__in=circle_of(viewer, "case"))
    return own
