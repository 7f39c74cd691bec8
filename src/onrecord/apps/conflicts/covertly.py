"""Keep somebody from a case without telling them by what changes: chosen by a person, looked at daily."""

from datetime import datetime, time, timedelta

from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import user_named
from onrecord.apps.audit.services import recording
from onrecord.apps.cases.finding import case_lineage
from onrecord.apps.conflicts.deciding import require_free, require_words
from onrecord.apps.conflicts.models import CovertChoice
from onrecord.apps.conflicts.standing import State, standing_of
from onrecord.apps.conflicts.ties import own_cases
from onrecord.core.kernel.clock import now, today
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

LEAVE = "leave_and_monitor"


def choose(
    *, viewer: Viewer, reference: str, account: str, choice: str, reason: str
) -> CovertChoice:
    """Choose how somebody who is barred is kept from a case: block, under cover, or leave and monitor.

    To leave and monitor holds to the end of the next day: without a further choice the bar is
    there again. It is never chosen for somebody's own case.

    Raises:
        NotFoundError: no such case or account, or none this viewer may see.
        NotPermittedError: it is about the viewer, or the viewer is tied to the case.
        DataRejectedError: no bar stands, it is their own case, or reasons are missing.
    """
    require(viewer, "conflict:covert")
    require_words(reason)
    case, user = case_lineage(viewer, reference), user_named(account)
    require_free(viewer, user, case)
    if standing_of(viewer, user, case).state is not State.BARRED:
        raise DataRejectedError("No bar stands.", next_step="There is nothing to choose.")
    if choice == LEAVE and case in own_cases(account):
        raise DataRejectedError(
            "Nobody is left to work on their own case.", next_step="Choose one of the others."
        )
    with recording(
        actor_of(viewer), "conflict:covert", object_kind="case", object_ref=reference.upper(),
        reason="how somebody is kept from it", stream=case,
    ):  # fmt: skip
        return CovertChoice.objects.create(
            user=user, case_lineage=case, choice=choice, reason=reason.strip(),
            by=user_named(viewer.name), until_at=_end_of_tomorrow() if choice == LEAVE else None,
        )  # fmt: skip


def _end_of_tomorrow() -> datetime:
    return datetime.combine(today() + timedelta(days=1), time.max, tzinfo=now().tzinfo)
