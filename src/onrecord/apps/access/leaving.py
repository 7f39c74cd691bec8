"""Leave: somebody is away for some days, and who stands in for them meanwhile.

Whoever stands in sees what is the other's to do, and may do it. It lets nobody past a wall
or a bar, nor lends a role.
"""

from datetime import date

from onrecord.apps.access.models import Leave, User
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import user_named
from onrecord.apps.audit.services import recording
from onrecord.core.kernel.clock import now, today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of


def record_leave(*, viewer: Viewer, from_on: date, until_on: date, cover: User | None) -> Leave:
    """Say when one is away, and who stands in.

    Raises:
        DataRejectedError: the days cannot be, or it is nobody who could stand in.
    """
    require(viewer, "leave:record")
    me = user_named(viewer.name)
    if until_on < from_on or until_on < today():
        raise DataRejectedError(
            "The last day comes before the first, or has gone by.", next_step="Check both days."
        )
    if cover is not None and not _may_stand_in(cover, me):
        raise DataRejectedError(
            "That account cannot stand in for you.", next_step="Choose a colleague."
        )
    mine = Leave.objects.filter(user=me, cancelled_at=None)
    if mine.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
        raise DataRejectedError(
            "You are away on some of these days already.", next_step="Cancel that leave first."
        )
    with recording(
        actor_of(viewer), "leave:record", object_kind="account", object_ref=viewer.name,
        reason=viewer.reason or "Somebody is away.",
    ) as rec:  # fmt: skip
        rec.describe(cover=cover.username if cover else None)
        return Leave.objects.create(user=me, from_on=from_on, until_on=until_on, cover=cover)


def cancel_leave(*, viewer: Viewer, number: int) -> None:
    """Take back one's own leave; from the next request nobody stands in any more.

    Raises:
        NotFoundError: the viewer has no such leave.
    """
    require(viewer, "leave:record")
    leave = Leave.objects.filter(pk=number, user__username=viewer.name, cancelled_at=None).first()
    if leave is None:
        raise NotFoundError("You have no such leave.", next_step="Look at the list again.")
    with recording(
        actor_of(viewer), "leave:record", object_kind="account", object_ref=viewer.name,
        reason=viewer.reason or "Somebody is back.",
    ) as rec:  # fmt: skip
        rec.describe(cancelled=leave.pk)
        leave.cancelled_at = now()
        leave.save(update_fields=["cancelled_at"])


def _may_stand_in(cover: User, me: User) -> bool:
    return (
        cover.human != me.human
        and cover.is_active
        and not cover.is_service_account
        and cover.organisation_code == me.organisation_code
    )
