"""Delegations: somebody lends their duty, or some acts of it, to a colleague for some days.

What is lent is used within the taker's own walls and bars. Nobody lends what was lent to
them, and the two of a delegation never make two people of one act (`agreeing`).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from onrecord.apps.access.models import Delegation, User
from onrecord.apps.access.policies import require
from onrecord.apps.access.roles import Role
from onrecord.apps.access.selectors import user_named
from onrecord.apps.audit.services import recording
from onrecord.core.kernel.clock import now, today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of
from onrecord.core.permissions.table import Reach, permissions, reach

LONGEST = timedelta(days=92)
"""A duty that is away for longer than this is given to somebody, not lent."""


@dataclass(frozen=True, slots=True)
class Lending:
    """What is to be lent, to whom, and when.

    Attributes:
        taker: the account of whoever is to act.
        verbs: which acts; every act of the giver's own duty if none is named.
    """

    taker: str
    verbs: frozenset[str]
    from_on: date
    until_on: date


def lendable(role: str) -> tuple[str, ...]:
    """Return the acts of a duty that mean something in other hands, in the table's order.

    Not those that everybody has, nor those that reach no further than one's own things.
    """
    return tuple(
        verb
        for verb, row in permissions().items()
        if row.reaches.get(role, Reach.NONE) not in {Reach.NONE, Reach.OWN}
        and any(cell is not row.reaches[role] for name, cell in row.reaches.items()
                if name != Role.LOCAL_OPERATOR)
    )  # fmt: skip


def give_delegation(*, viewer: Viewer, lending: Lending, reason: str) -> Delegation:
    """Lend one's own duty, or some acts of it, to a colleague for some days.

    Raises:
        NotPermittedError: it is not the viewer's own to lend.
        NotFoundError: there is no such account.
        DataRejectedError: the days cannot be, it is nobody who could act, or it is lent already.
    """
    require(viewer, "delegation:give")
    me, taker = user_named(viewer.name), user_named(lending.taker)
    if reach("delegation:give", [me.role]) is Reach.NONE:
        raise NotPermittedError("Nobody lends what was lent to them.", next_step="Ask whoever did.")
    _require_days(lending)
    _require_taker(me, taker)
    if not lending.verbs <= set(lendable(me.role)):
        raise DataRejectedError(
            "Some of these acts are not yours to lend.", next_step="Choose from the list."
        )
    both = Delegation.objects.filter(giver=me, taker=taker, ended_at=None)
    if both.filter(from_on__lte=lending.until_on, until_on__gte=lending.from_on).exists():
        raise DataRejectedError(
            "They act for you on some of these days already.", next_step="Take that back first."
        )
    with recording(
        actor_of(viewer), "delegation:give", object_kind="account", object_ref=taker.username,
        reason=reason,
    ) as rec:  # fmt: skip
        rec.describe(
            role=me.role, acts=" ".join(sorted(lending.verbs)) or "all",
            first=lending.from_on.isoformat(), last=lending.until_on.isoformat(),
        )  # fmt: skip
        return Delegation.objects.create(
            giver=me, taker=taker, role=me.role, verbs="\n".join(sorted(lending.verbs)),
            widens_sight=reach("case:read", [taker.role]) is not Reach.ALL,
            from_on=lending.from_on, until_on=lending.until_on, reason=reason.strip(),
        )  # fmt: skip


def end_delegation(*, viewer: Viewer, number: int) -> None:
    """Take back what one lent, or give back what one was lent: from the next request on.

    Raises:
        NotFoundError: there is no such delegation of the viewer's in force or to come.
    """
    require(viewer, "delegation:end")
    mine = Q(giver__username=viewer.name) | Q(taker__username=viewer.name)
    found = Delegation.objects.select_related("taker").filter(mine, pk=number, ended_at=None)
    delegation = found.filter(until_on__gte=today()).first()
    if delegation is None:
        raise NotFoundError("You have no such delegation.", next_step="Look at the list again.")
    with recording(
        actor_of(viewer), "delegation:end", object_kind="account",
        object_ref=delegation.taker.username, reason=viewer.reason or "No longer needed.",
    ) as rec:  # fmt: skip
        rec.describe(delegation=delegation.pk)
        delegation.ended_at, delegation.ended_by = now(), viewer.name
        delegation.save(update_fields=["ended_at", "ended_by"])


def end_every_delegation(user: User) -> None:
    """End what an account lent and was lent, inside the act that closes it or changes its duty."""
    Delegation.objects.filter(
        Q(giver=user) | Q(taker=user), ended_at=None, until_on__gte=today()
    ).update(ended_at=now())


def _require_days(lending: Lending) -> None:
    first, last = lending.from_on, lending.until_on
    if last < first or last < today():
        raise DataRejectedError(
            "The last day comes before the first, or has gone by.", next_step="Check both days."
        )
    if last - first > LONGEST:
        raise DataRejectedError(
            f"A delegation lasts {LONGEST.days} days at most.",
            next_step="Choose a nearer last day; it can be given again.",
        )


def _require_taker(me: User, taker: User) -> None:
    if (
        taker.human == me.human
        or taker.is_service_account
        or taker.organisation_code != me.organisation_code
        or taker.role == Role.ADMINISTRATOR  # who makes accounts acts for nobody
    ):
        raise DataRejectedError(
            "That account cannot act for you.",
            next_step="Choose a colleague who is not an administrator.",
        )
