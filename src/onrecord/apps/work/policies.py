"""Whose a task is, who may decide about it, and what a title may not say."""

import re

from onrecord.apps.access.models import User
from onrecord.apps.access.policies import reach
from onrecord.apps.work.models import Task
from onrecord.core.kernel.errors import DataRejectedError, NotPermittedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.permissions.table import Reach

_RANKED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|PS|DS|Sgt|Sergeant|Insp|Inspector|DI|DCI|Supt|Constable|PCSO)\.?"
    r"\s+(?:\d|[A-Z][a-z])"
)
_NUMBERS = re.compile(r"\d[\d /.-]{3,}\d")
_REFERENCES = re.compile(r"\b[A-Z]-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]\b")
LONGEST_TITLE = 120


def require_plain_title(title: str) -> None:
    """Refuse a title that gives somebody away: it is shown in lists and notices.

    It catches ranks and titles before a name, addresses and long numbers. A bare name it
    cannot catch, which is why the form says what a title is for.

    Raises:
        DataRejectedError: it is empty, too long, or seems to hold a personal value.
    """
    rest = _REFERENCES.sub("", title)
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise DataRejectedError(
            "A title has between 1 and 120 letters.", next_step="Say in a few words what to do."
        )
    if "@" in rest or _RANKED.search(rest) or _NUMBERS.search(rest):
        raise DataRejectedError(
            "A title must not say who it is about.",
            next_step="Leave out names, ranks with names, numbers and addresses; "
            "put them into what is asked.",
        )


def is_theirs(task: Task, user: User, covered: frozenset[int]) -> bool:
    """Tell whether a task is this person's to do: their own, or of somebody they cover today."""
    return task.owner_id is not None and task.owner_id in covered | {user.pk}


def require_hands_on(viewer: Viewer, verb: str, task: Task, user: User, *, is_mine: bool) -> None:
    """Refuse `verb` on a task that is seen but lies beyond the viewer's reach.

    `own` is what is theirs to do or what they asked for themselves; `team` what their team's is.

    Raises:
        NotPermittedError: it is somebody else's to do.
    """
    far = reach(viewer, verb)
    is_own = is_mine or task.raised_by == viewer.name
    is_of_team = user.team_id is not None and task.team_id == user.team_id
    if far in {Reach.ALL, Reach.CIRCLE} or is_own or (far is Reach.TEAM and is_of_team):
        return
    raise NotPermittedError(
        "This is somebody else's to do.", next_step="Ask its owner, or who leads their team."
    )


def require_may_give(viewer: Viewer, task: Task, giver: User, to: User) -> None:
    """Refuse to allocate what is not the viewer's to give.

    Who leads a team gives out its work; anybody else may take for themselves what nobody has.

    Raises:
        NotPermittedError: the viewer neither leads the team nor takes a free task.
    """
    if reach(viewer, "task:allocate") is Reach.ALL:
        return
    is_of_team = giver.team_id is not None and task.team_id == giver.team_id
    if is_of_team and (giver.leads_team or (task.owner_id is None and to.pk == giver.pk)):
        return
    raise NotPermittedError(
        "Only who leads the team gives out its work.",
        next_step="Take it yourself if nobody has it, or ask who leads the team.",
    )
