"""Accounts and teams as an administrator sees them: nothing here is about anybody under review."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from onrecord.apps.access.models import Team, TwoPersonAsk, User
from onrecord.apps.access.policies import require
from onrecord.apps.administration.policies import GIVE_GUARDED, agreed_about
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.facts.reading import facts_by
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.ids import lineage_of
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View

_SHOWN = (
    "account:create",
    "account:change",
    "account:close",
    "account:reopen",
    "account:let_in",
    GIVE_GUARDED,
)
"""The acts that a history tells. Others name an account too, and are not an administrator's."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an account, as the ledger has it."""

    at: datetime
    actor: str
    action: str
    reason: str
    details: dict[str, str]


def accounts(viewer: Viewer, *, words: str = "") -> QuerySet[User]:
    """Return the accounts, by name; with `words`, those whose name or user name has them."""
    require(viewer, "account:list")
    found = User.objects.select_related("team").order_by("username")
    if words:
        found = found.filter(Q(username__icontains=words) | Q(display_name__icontains=words))
    return found


def account(viewer: Viewer, username: str) -> User:
    """Return one account, open or closed.

    Raises:
        NotFoundError: there is none of that name.
    """
    found = accounts(viewer).filter(username=username).first()
    if found is None:
        raise NotFoundError("There is no account of that name.")
    return found


def teams(viewer: Viewer) -> list[tuple[Team, list[User]]]:
    """Return every team with the open accounts in it, who leads it first."""
    require(viewer, "account:list")
    inside: dict[int, list[User]] = {}
    members = User.objects.filter(is_active=True, team__isnull=False)
    for user in members.order_by("-leads_team", "display_name", "username"):
        inside.setdefault(user.team_id or 0, []).append(user)
    return [(team, inside.get(team.pk, [])) for team in Team.objects.order_by("code")]


def changes_of(viewer: Viewer, username: str, *, limit: int = 200) -> list[Change]:
    """Return what was changed about an account, newest first."""
    require(viewer, "account:list")
    with connection.cursor() as cursor:
        cursor.execute(
            "select at, actor, action, reason, body from ledger.event where object_kind = 'account'"
            " and object_ref = %s and action = any(%s) order by event_id desc limit %s",
            [username, list(_SHOWN), limit],
        )
        return [
            Change(at, actor, action, reason, _details(body))
            for at, actor, action, reason, body in cursor.fetchall()
        ]


def waits_for_agreement(viewer: Viewer, username: str, role: str) -> bool:
    """Tell whether the viewer has asked others for this role already, and the ask still runs."""
    return TwoPersonAsk.objects.filter(
        verb=GIVE_GUARDED, object_ref=agreed_about(username, role), used_at=None,
        asked_by__username=viewer.name, expires_at__gt=now(),
    ).exclude(answers__agrees=False).exists()  # fmt: skip


def person_record_of(key: str) -> uuid.UUID:
    """Return the record that `HOLDER:SYSTEM:KEY` stands for, seen with nobody's eyes.

    Raises:
        DataRejectedError: there is none by that key.
    """
    organisation, _, rest = key.strip().partition(":")
    system, _, own = rest.partition(":")
    record = lineage_of(f"{organisation}:{system}".upper(), "person_record", own)
    if not facts_by(View(current_position()), "person_record", "lineage", [record]):
        raise DataRejectedError(
            "There is no such record.",
            next_step="Write it as HOLDER:SYSTEM:KEY, such as NSP:HR:4471.",
        )
    return record


def _details(body: str) -> dict[str, str]:
    said = json.loads(body) if body else {}
    return {name: str(value) for name, value in said.items() if name != "rows"}
