"""Telling people that something waits: mentions in what is written, and what is given to them.

A notice is written inside the act that gives rise to it. It holds no words; whoever may
not see the thing gets none, and whoever may not see it any more has none.
"""

import re
import uuid
from collections.abc import Callable, Collection, Iterable

from django.db.models import Q, QuerySet

from onrecord.apps.access.models import User
from onrecord.apps.access.policies import may, require
from onrecord.apps.access.selectors import hidden_from, viewer_for_user
from onrecord.apps.audit.services import recording
from onrecord.apps.people.reaching import cases_in_reach, reaches_case
from onrecord.apps.work.models import CaseNote, Notice, Task
from onrecord.apps.work.selectors import account_of, visible
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

_MENTION = re.compile(r"(?<![\w.@-])@([a-z0-9][a-z0-9._-]*[a-z0-9])")


def notices_for(viewer: Viewer) -> QuerySet[Notice]:
    """Return what the viewer was told and has not ticked off, of what is still there for them."""
    me = account_of(viewer)
    if me is None:
        return Notice.objects.none()
    found = (
        Notice.objects.select_related("task", "note")
        .filter(Q(task=None) | Q(task__in=visible(viewer).values("pk")), user=me, seen_at=None)
        .order_by("-at", "-pk")
    )
    within = cases_in_reach(viewer, "case_note:read")
    if within is not None:
        found = found.filter(Q(note=None) | Q(case_lineage__in=within))
    hidden = list(hidden_from(viewer.eyes))
    return found.exclude(case_lineage__in=hidden) if hidden else found


def tick_off(*, viewer: Viewer, numbers: Collection[int]) -> int:
    """Say that one has seen these notices; return how many there were."""
    require(viewer, "notice:read")
    found = list(notices_for(viewer).filter(pk__in=numbers))
    if not found:
        return 0
    with recording(
        actor_of(viewer), "notice:read", object_kind="notice", object_ref=viewer.name,
        reason=viewer.reason or "the task at hand",
    ):  # fmt: skip
        for notice in found:
            notice.seen_at = now()
            notice.save(update_fields=["seen_at"])
    return len(found)


def mentioned(words: str, sees: Callable[[Viewer], bool], *, by: Viewer) -> list[User]:
    """Return the accounts that `words` mention as @name, once each, without the writer.

    Raises:
        DataRejectedError: there is no such account, or it may not see what is written about;
            which of the two is not said.
    """
    found = {}
    for name in sorted(set(_MENTION.findall(words))):
        user = User.objects.filter(
            username=name, is_active=True, is_service_account=False
        ).select_related("team").first()  # fmt: skip
        if user is None or not sees(_as_they_look(user)):
            raise DataRejectedError(
                f"This person cannot be mentioned here: @{name}.",
                next_step="Leave the mention out, or name somebody else who works on it.",
            )
        found[user.pk] = user
    return [user for user in found.values() if user.username != by.name]


def sees_case(case: uuid.UUID) -> Callable[[Viewer], bool]:
    """Return the test of whether somebody may read the notes of a case."""
    return lambda viewer: (
        may(viewer, "case_note:read") and reaches_case(viewer, "case_note:read", case)
    )


def sees_task(task: Task) -> Callable[[Viewer], bool]:
    """Return the test of whether a task is there for somebody."""
    return lambda viewer: visible(viewer).filter(pk=task.pk).exists()


def tell_of_note(users: Collection[User], note: CaseNote) -> None:
    """Tell those whom a note mentions; inside the act that writes it."""
    for user in users:
        Notice.objects.create(
            user=user, kind="mention", note=note, case_lineage=note.case_lineage, by=note.by
        )


def tell_of_task(users: Iterable[User], kind: str, task: Task, *, by: Viewer) -> None:
    """Tell people of a task that mentions them, or was given or escalated to them."""
    for user in users:
        if user.username != by.name:
            Notice.objects.create(
                user=user, kind=kind, task=task, case_lineage=task.case_lineage, by=by.name
            )


def viewer_of_account(user: User) -> Viewer:
    """Return an account as it would look now: what is counted for it is what it may see."""
    return _as_they_look(user)


def _as_they_look(user: User) -> Viewer:
    return viewer_for_user(user, reason="", page="", scopes=frozenset())
