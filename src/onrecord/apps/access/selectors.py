"""Reads of accounts, teams, circles and walls."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db import connection
from django.db.models import F, Q, QuerySet

from onrecord.apps.access.models import CircleMember, Delegation, Leave, Team, User, Wall
from onrecord.apps.organisations.selectors import HolderRef, holder_ids, holders_by_id
from onrecord.core.kernel.clock import UK_TIME, today
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.viewers import Lent, Viewer
from onrecord.core.permissions.table import on_behalf_of


def user_named(username: str) -> User:
    """Return the active account of that name.

    Raises:
        NotFoundError: there is none, or it was closed.
    """
    found = User.objects.select_related("team").filter(username=username, is_active=True)
    user = found.first()
    if user is None:
        raise NotFoundError("There is no account of that name.")
    return user


type Account = User
"""An account, to those who may not know of tables."""


def user_by_number(number: int) -> User | None:
    """Return the active account of that number, if there is one."""
    return User.objects.filter(pk=number, is_active=True).first()


def all_users() -> QuerySet[User]:
    """Return every account, by name."""
    return User.objects.order_by("username")


def colleagues(viewer: Viewer) -> QuerySet[User]:
    """Return the people of the viewer's organisation to whom work can be given, by name."""
    return User.objects.filter(
        is_active=True, is_service_account=False, organisation_code=viewer.organisation_code
    ).order_by("display_name", "username")


def all_teams() -> QuerySet[Team]:
    """Return every team, by code."""
    return Team.objects.order_by("code")


def viewer_for_user(
    user: User,
    *,
    reason: str,
    page: str,
    scopes: frozenset[str] | None = None,
    is_fresh: bool = True,
    on: date | None = None,
) -> Viewer:
    """Return `user` as somebody who looks: with the roles that are theirs to use today."""
    actor = user.actor
    return Viewer(
        name=actor.name,
        kind=actor.kind,
        organisation_code=actor.organisation_code,
        role=user.role,
        reason=reason,
        page=page,
        lent=() if user.is_service_account else lent_to(user, on or today()),
        scopes=(scopes or frozenset()) if user.is_service_account else None,
        human=user.human or user.username,
        is_fresh=is_fresh,
    )


def lent_to(user: User, on: date) -> tuple[Lent, ...]:
    """Return what others lent to `user` for this day.

    A closed account lends nothing, nor does one whose own role has changed since.
    """
    found = Delegation.objects.select_related("giver").filter(
        taker=user, from_on__lte=on, until_on__gte=on, ended_at=None,
        giver__is_active=True, giver__role=F("role"),
    )  # fmt: skip
    return tuple(
        Lent(
            each.giver.username,
            each.role,
            frozenset((each.verbs or "").split()),
            each.giver.display_name,
        )
        for each in found.order_by("pk")
    )


def own_delegations(viewer: Viewer, on: date) -> tuple[list[Delegation], list[Delegation]]:
    """Return what the viewer lent, and what they were lent, that is in force or to come."""
    open_ones = Delegation.objects.select_related("giver", "taker").filter(
        until_on__gte=on, ended_at=None
    )
    given = open_ones.filter(giver__username=viewer.name)
    taken = open_ones.filter(
        taker__username=viewer.name, giver__is_active=True, giver__role=F("role")
    )
    return list(given.order_by("from_on", "pk")), list(taken.order_by("from_on", "pk"))


def past_delegations(viewer: Viewer, on: date, *, limit: int = 50) -> list[Delegation]:
    """Return what the viewer lent or was lent that is over, the last to end first."""
    mine = Q(giver__username=viewer.name) | Q(taker__username=viewer.name)
    over = Q(until_on__lt=on) | Q(ended_at__isnull=False)
    found = Delegation.objects.select_related("giver", "taker").filter(mine, over)
    return list(found.order_by("-until_on", "-pk")[:limit])


def bound_to(human: str, since: datetime) -> frozenset[str]:
    """Return the human beings with whom somebody shares a delegation, now or at any time since then.

    The two of a delegation do not make two people of one act.
    """
    found = (
        Delegation.objects.filter(Q(giver__human=human) | Q(taker__human=human))
        .filter(from_on__lte=today(), until_on__gte=since.astimezone(UK_TIME).date())
        .filter(Q(ended_at=None) | Q(ended_at__gte=since))
        .values_list("giver__human", "taker__human")
    )
    return frozenset(each for pair in found for each in pair) - {human}


def humans_acted_for(viewer: Viewer, verb: str) -> frozenset[str]:
    """Return the human beings in whose stead the viewer does `verb`, where their own duty does not."""
    givers = on_behalf_of(verb, viewer.role, viewer.lent)
    return frozenset(User.objects.filter(username__in=givers).values_list("human", flat=True))


def away_on(user: User, on: date) -> Leave | None:
    """Return the leave that `user` is on that day, if any."""
    return (
        Leave.objects.select_related("cover")
        .filter(user=user, from_on__lte=on, until_on__gte=on, cancelled_at=None)
        .order_by("-from_on")
        .first()
    )


def leaves_on(users: Collection[int], on: date) -> dict[int, Leave]:
    """Return the leave that each of these accounts is on that day; accounts at work are left out."""
    leaves = (
        Leave.objects.select_related("user", "cover")
        .filter(user__in=users, from_on__lte=on, until_on__gte=on, cancelled_at=None)
        .order_by("from_on", "pk")
    )
    return {leave.user_id: leave for leave in leaves}


def own_leaves(viewer: Viewer, on: date) -> list[Leave]:
    """Return the viewer's leaves that are not over, the next first."""
    mine = Leave.objects.select_related("cover").filter(user__username=viewer.name)
    return list(mine.filter(until_on__gte=on, cancelled_at=None).order_by("from_on", "pk"))


def team_members(team: int) -> QuerySet[User]:
    """Return who belongs to a team now, by name."""
    return User.objects.filter(team=team, is_active=True, is_service_account=False).order_by(
        "display_name", "username"
    )


def circle_of(viewer: Viewer, thing_kind: str) -> frozenset[uuid.UUID]:
    """Return the lineages of the cases, or the person records, that the viewer was put in a circle of."""
    return frozenset(
        CircleMember.objects.filter(
            user__username=viewer.name, thing_kind=thing_kind, ended_at=None
        ).values_list("lineage", flat=True)
    )


def members_of_circle(thing_kind: str, lineages: Collection[uuid.UUID]) -> QuerySet[CircleMember]:
    """Return who works on these cases, or about these records, now; by name."""
    return (
        CircleMember.objects.select_related("user")
        .filter(thing_kind=thing_kind, lineage__in=lineages, ended_at=None)
        .order_by("user__display_name")
    )


def in_circle_at(user: User, lineage: uuid.UUID, at: datetime) -> bool:
    """Tell whether somebody was in the circle of a thing at a past moment."""
    return (
        CircleMember.objects.filter(user=user, lineage=lineage, added_at__lte=at)
        .filter(Q(ended_at=None) | Q(ended_at__gt=at))
        .exists()
    )


def hidden_from(eyes: str) -> frozenset[uuid.UUID]:
    """Return the lineages that stand behind a wall for the account called `eyes`, or are barred to it.

    Nobody's eyes (`""`) see nothing that is walled.
    """
    with connection.cursor() as cursor:
        cursor.execute("select lineage from public.hidden_from(%s)", [eyes])
        return frozenset(row[0] for row in cursor.fetchall())


INTELLIGENCE = 1
"""The wall that intelligence reports are born behind."""


def is_behind(eyes: str, wall: int) -> bool:
    """Tell whether the account called `eyes` was let behind a wall."""
    with connection.cursor() as cursor:
        cursor.execute("select public.is_behind(%s, %s)", [eyes, wall])
        return bool(cursor.fetchone()[0])


def holders_seen(eyes: str) -> dict[int, HolderRef]:
    """Return every source system, by number, but those that stand behind a wall for `eyes`."""
    hidden = holders_hidden_from(eyes)
    return {number: ref for number, ref in holders_by_id().items() if number not in hidden}


def holders_meant(eyes: str, code: str) -> frozenset[int]:
    """Return the numbers of the source systems that `ORGANISATION` or `ORGANISATION:SYSTEM` means.

    Raises:
        NotFoundError: there is none, or none that is there for `eyes`.
    """
    found = holder_ids(code) - holders_hidden_from(eyes)
    if not found:
        raise NotFoundError(
            f"There is no holder '{code}'.", next_step="`onrecord holders` lists them."
        )
    return found


def walls_around(eyes: str) -> frozenset[int]:
    """Return the walls that the account called `eyes` stands behind."""
    inside = Q(owner__username=eyes, owner__is_active=True) | Q(
        members__user__username=eyes, members__user__is_active=True, members__removed_at=None
    )
    return (
        frozenset(Wall.objects.filter(inside).values_list("pk", flat=True)) if eyes else frozenset()
    )


def kept_from(eyes: str) -> frozenset[uuid.UUID]:
    """Return what is hidden from an account, with its holder's own person records.

    A task or a document about somebody is not theirs to see, whatever it says: what is asked
    about a person tells them that something is asked.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select lineage from public.hidden_from(%(eyes)s)"
            " union select record from public.own_records(%(eyes)s)",
            {"eyes": eyes},
        )
        return frozenset(row[0] for row in cursor.fetchall())


def holders_hidden_from(eyes: str) -> frozenset[int]:
    """Return the numbers of the source systems that stand behind a wall for `eyes`."""
    with connection.cursor() as cursor:
        cursor.execute("select holder_id from public.holders_hidden_from(%s)", [eyes])
        return frozenset(row[0] for row in cursor.fetchall())
