"""The only writers of tasks: each act leaves a step that nobody can change, and a ledger event."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from onrecord.apps.access.models import Team, User, Wall
from onrecord.apps.access.policies import may, require
from onrecord.apps.access.selectors import user_named, viewer_for_user
from onrecord.apps.audit.services import recording
from onrecord.apps.settings.listing import require_known
from onrecord.apps.settings.vocabularies import TASK_KINDS
from onrecord.apps.work.models import OPEN, RESULTED, REVIEWED, WITHDRAWN, Task, TaskStep
from onrecord.apps.work.notices import mentioned, sees_task, tell_of_task
from onrecord.apps.work.policies import (
    is_theirs,
    require_hands_on,
    require_may_give,
    require_plain_title,
)
from onrecord.apps.work.selectors import account_of, covered_by, is_open_to, no_task, visible
from onrecord.core.kernel.clock import now, today
from onrecord.core.kernel.errors import DataRejectedError, NotPermittedError
from onrecord.core.kernel.ids import new_lineage, public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is asked.

    Attributes:
        kind: a code of the list of kinds of task, such as `question`.
        title: what to do, in words that name nobody.
        asked: the whole of it, and why; kept with the task for good.
        case_lineage, record_lineage: the case, or the person record, it is about.
        owner: whose it is to do; nobody's yet if not given.
        wall: the wall behind which it is asked, if any.
    """

    kind: str
    title: str
    asked: str
    case_lineage: uuid.UUID | None = None
    record_lineage: uuid.UUID | None = None
    owner: User | None = None
    team: Team | None = None
    due_on: date | None = None
    escalate_to: User | None = None
    wall: Wall | None = None


def raise_task(*, viewer: Viewer, new: NewTask) -> Task:
    """Ask somebody, or nobody yet, to answer or do something.

    Raises:
        DataRejectedError: the title gives somebody away, nothing is asked, the day has gone
            by, or the task may not be given to that account.
    """
    require(viewer, "task:raise")
    require_plain_title(new.title)
    require_known(TASK_KINDS, new.kind)
    _require_words(new.asked)
    _require_day_to_come(new.due_on)
    lineage = new_lineage()
    task = Task(
        lineage=lineage, reference=public_reference("T", lineage), kind=new.kind,
        title=new.title.strip(), organisation_code=viewer.organisation_code,
        case_lineage=new.case_lineage, record_lineage=new.record_lineage, owner=new.owner,
        team=new.team or (new.owner.team if new.owner else None), raised_by=viewer.name,
        due_on=new.due_on, escalate_to=new.escalate_to, wall=new.wall,
    )  # fmt: skip
    me = account_of(viewer)
    if (new.wall is not None and me is None) or (me is not None and not is_open_to(me, task)):
        raise no_task()
    for somebody in filter(None, (new.owner, new.escalate_to)):
        _require_may_take(task, somebody)
    with recording(
        actor_of(viewer), "task:raise", object_kind="task", object_ref=task.reference,
        reason=_reason(viewer), stream=new.case_lineage or new.record_lineage,
    ):  # fmt: skip
        task.save(force_insert=True)
        _step(task, "raised", viewer, new.asked, to=new.owner, due_on=new.due_on)
        tell_of_task(filter(None, (new.owner,)), "given", task, by=viewer)
    return task


def allocate(*, viewer: Viewer, reference: str, to: User, reason: str) -> None:
    """Give a task to somebody; who leads a team does, or whoever takes what nobody has.

    Raises:
        NotPermittedError: it is not the viewer's to give.
        DataRejectedError: it is not open, or may not be given to that account.
    """
    with _acting(viewer, "task:allocate", reference, OPEN) as (task, me):
        require_may_give(viewer, task, me, to)
        _give(task, to, "allocated", viewer, reason)


def hand_over(*, viewer: Viewer, reference: str, to: User, reason: str) -> None:
    """Pass one's own task, or that of somebody one covers, on to a colleague.

    Raises:
        NotPermittedError: it is somebody else's.
        DataRejectedError: it is not open, or may not be given to that account.
    """
    with _acting(viewer, "task:hand_over", reference, OPEN) as (task, me):
        if not _is_mine(task, me):
            raise _not_theirs()
        _give(task, to, "handed_over", viewer, reason)


def change_due(*, viewer: Viewer, reference: str, due_on: date, reason: str) -> None:
    """Move the day by which a task is to be done, and say why; the earlier day stays on record."""
    _require_day_to_come(due_on)
    with _acting(viewer, "task:change_due", reference, OPEN) as (task, me):
        require_hands_on(viewer, "task:change_due", task, me, is_mine=_is_mine(task, me))
        task.due_on = due_on
        task.save(update_fields=["due_on"])
        _step(task, "due_changed", viewer, reason, due_on=due_on)


def result(*, viewer: Viewer, reference: str, words: str) -> None:
    """Say what came of a task: its owner does, or who covers for them.

    Raises:
        NotPermittedError: it is somebody else's.
        DataRejectedError: it is not open.
    """
    with _acting(viewer, "task:result", reference, OPEN) as (task, me):
        if not _is_mine(task, me):
            raise _not_theirs()
        task.state, task.resulted_by = RESULTED, me.human
        task.save(update_fields=["state", "resulted_by"])
        _step(task, "resulted", viewer, words)


def review(*, viewer: Viewer, reference: str, is_enough: bool, reason: str) -> None:
    """Accept a result, or refer it back; never by the human being who gave it.

    Raises:
        NotPermittedError: the viewer gave the result themselves, or it is beyond their reach.
        DataRejectedError: there is no result to review.
    """
    with _acting(viewer, "task:review", reference, RESULTED) as (task, me):
        if me.human == task.resulted_by:
            raise NotPermittedError(
                "Nobody reviews their own result.", next_step="Somebody else must review it."
            )
        require_hands_on(viewer, "task:review", task, me, is_mine=False)
        task.state = REVIEWED if is_enough else OPEN
        task.save(update_fields=["state"])
        _step(task, "reviewed" if is_enough else "referred_back", viewer, reason)


def escalate(*, viewer: Viewer, reference: str, to: User, reason: str) -> None:
    """Tell somebody above that a task cannot be done as it stands; its owner keeps it."""
    with _acting(viewer, "task:escalate", reference, OPEN) as (task, me):
        require_hands_on(viewer, "task:escalate", task, me, is_mine=_is_mine(task, me))
        _require_may_take(task, to)
        task.escalate_to, task.escalated_at = to, now()
        task.save(update_fields=["escalate_to", "escalated_at"])
        _step(task, "escalated", viewer, reason, to=to)
        tell_of_task([to], "escalated", task, by=viewer)


def add_note(*, viewer: Viewer, reference: str, words: str) -> None:
    """Write something down with a task. It stays. Those it mentions as @name are told.

    Raises:
        DataRejectedError: nothing was written, or it mentions somebody who may not see the task.
    """
    with _acting(viewer, "task:note", reference) as (task, _):
        told = mentioned(words, sees_task(task), by=viewer)
        _step(task, "note", viewer, words)
        tell_of_task(told, "mention", task, by=viewer)


def withdraw(*, viewer: Viewer, reference: str, reason: str) -> None:
    """Say that a task need not be done after all. It stays on record."""
    with _acting(viewer, "task:withdraw", reference, OPEN) as (task, me):
        require_hands_on(viewer, "task:withdraw", task, me, is_mine=False)
        task.state = WITHDRAWN
        task.save(update_fields=["state"])
        _step(task, "withdrawn", viewer, reason)


@contextmanager
def _acting(
    viewer: Viewer, verb: str, reference: str, state: str = ""
) -> Iterator[tuple[Task, User]]:
    """Hold a task that the viewer may see, in the state the act needs, for one recorded act.

    The ledger gets the reference and not the words: they may be about something walled.
    """
    require(viewer, verb)
    me = user_named(viewer.name)
    seen = visible(viewer).filter(reference=reference.strip().upper()).first()
    if seen is None:
        raise no_task()
    with recording(
        actor_of(viewer), verb, object_kind="task", object_ref=seen.reference,
        reason=_reason(viewer), stream=seen.case_lineage or seen.record_lineage,
    ):  # fmt: skip
        task = Task.objects.select_for_update().get(pk=seen.pk)
        if state and task.state != state:
            raise DataRejectedError(
                f"This task is {task.state}.", next_step="Look at what happened to it since."
            )
        yield task, me


def _give(task: Task, to: User, kind: str, viewer: Viewer, reason: str) -> None:
    _require_may_take(task, to)
    task.owner = to
    task.team = to.team or task.team
    task.save(update_fields=["owner", "team"])
    _step(task, kind, viewer, reason, to=to)
    tell_of_task([to], "given", task, by=viewer)


def _require_may_take(task: Task, user: User) -> None:
    """Refuse an account that could not do it; why is not said, for a wall's sake."""
    own = viewer_for_user(user, reason="", page="", scopes=frozenset())
    is_colleague = user.is_active and user.organisation_code == task.organisation_code
    if not (is_colleague and may(own, "task:result") and is_open_to(user, task)):
        raise DataRejectedError(
            "It cannot be given to that account.", next_step="Choose somebody else."
        )


def _require_words(words: str) -> None:
    if not words.strip():
        raise DataRejectedError("Nothing was written.", next_step="Say it in a sentence.")


def _require_day_to_come(day: date | None) -> None:
    if day is not None and day < today():
        raise DataRejectedError("That day has gone by.", next_step="Enter today or a day to come.")


def _is_mine(task: Task, me: User) -> bool:
    return is_theirs(task, me, covered_by(me, today()))


def _not_theirs() -> NotPermittedError:
    return NotPermittedError(
        "This is somebody else's to do.", next_step="Ask its owner, or who leads their team."
    )


def _reason(viewer: Viewer) -> str:
    return viewer.reason or "the task at hand"


def _step(
    task: Task, kind: str, viewer: Viewer, words: str, *, to: User | None = None,
    due_on: date | None = None,
) -> None:  # fmt: skip
    _require_words(words)
    TaskStep.objects.create(
        task=task, kind=kind, by=viewer.name, reason=words.strip(), to=to, due_on=due_on
    )
