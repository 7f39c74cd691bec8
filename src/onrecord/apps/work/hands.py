"""In whose hands a team's work is: who has how much, who is away, who stands in, who passed it on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from onrecord.apps.access.models import Leave, User
from onrecord.apps.access.selectors import leaves_on, team_members
from onrecord.apps.work.models import OPEN, Task, TaskStep
from onrecord.apps.work.selectors import account_of, covered_by, visible
from onrecord.core.kernel.viewers import Viewer


@dataclass(frozen=True, slots=True)
class MemberLoad:
    """What one member of the team has to do, as far as the viewer may see.

    Attributes:
        leave: why they may not get to it today; none if they are at work.
    """

    user: User
    open: int
    overdue: int
    leave: Leave | None


@dataclass(frozen=True, slots=True)
class Hands:
    """What a list of tasks says about hands.

    Attributes:
        leaves: for each owner who is away that day, by account, until when and who stands in.
        passed: for each task that its owner got from somebody, the step that passed it on.
        mine: the viewer's own leave that day, if any.
        stands_in: the leaves for which the viewer stands in that day.
    """

    leaves: dict[int, Leave]
    passed: dict[int, TaskStep]
    mine: Leave | None
    stands_in: tuple[Leave, ...]


def hands_of(viewer: Viewer, tasks: Collection[Task], on: date) -> Hands:
    """Return who is away, who stands in, and who passed on what, for a list of tasks."""
    me = account_of(viewer)
    covered = covered_by(me, on) if me is not None else frozenset()
    owners = {task.owner_id for task in tasks if task.owner_id is not None} | covered
    leaves = leaves_on(owners | ({me.pk} if me is not None else set()), on)
    return Hands(
        leaves=leaves,
        passed=_passed(tasks),
        mine=leaves.get(me.pk) if me is not None else None,
        stands_in=tuple(leaves[number] for number in sorted(covered) if number in leaves),
    )


def team_load(viewer: Viewer, on: date) -> list[MemberLoad]:
    """Return what each member of the viewer's team has to do; nothing if they are in none."""
    me = account_of(viewer)
    if me is None or me.team_id is None:
        return []
    members = list(team_members(me.team_id))
    counted = visible(viewer).filter(owner__in=members, state=OPEN).order_by().values("owner")
    loads = {
        row["owner"]: (row["open"], row["overdue"])
        for row in counted.annotate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=on)))
    }
    leaves = leaves_on([member.pk for member in members], on)
    return [
        MemberLoad(member, *loads.get(member.pk, (0, 0)), leaves.get(member.pk))
        for member in members
    ]


def _passed(tasks: Collection[Task]) -> dict[int, TaskStep]:
    """Return the latest handing over to the present owner of each task."""
    owners = {task.pk: task.owner_id for task in tasks}
    steps = TaskStep.objects.filter(task__in=owners, kind="handed_over").order_by("at", "pk")
    return {step.task_id: step for step in steps if step.to_id == owners[step.task_id]}
