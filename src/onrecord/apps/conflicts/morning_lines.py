"""What conflicts add to the morning: what has to be looked at anew today, and what is about to end."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date

from onrecord.apps.access.policies import may
from onrecord.apps.access.selectors import hidden_from
from onrecord.apps.conflicts.models import Covert, CovertChoice, Override
from onrecord.apps.settings.declared import SOON_DAYS
from onrecord.apps.settings.selectors import days
from onrecord.apps.work.morning import SHOWN, Item, Line
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer


def conflict_lines(viewer: Viewer, on: date) -> Iterator[Line]:
    """Tell of covert cases to review, of people left and watched, and of overrides about to end."""
    hidden = hidden_from(viewer.eyes)
    if may(viewer, "conflict:covert"):
        due = Covert.objects.filter(ended_at=None, review_on__lte=on).order_by("review_on")
        yield _line(
            "Covert cases to look at again", "to look at again",
            ((each.case_lineage, f"since {each.review_on:%-d %B}") for each in due), hidden,
            is_late=True,
        )  # fmt: skip
        yield _line(
            "Left and monitored: to look at today", "to look at today",
            ((each.case_lineage, "daily") for each in _watched()), hidden,
        )  # fmt: skip
    if may(viewer, "conflict:override"):
        ending = Override.objects.filter(until_at__gt=now(), until_at__lte=now() + days(SOON_DAYS))
        yield _line(
            "Overrides that end soon", "about to end",
            ((each.case_lineage, f"{each.until_at:%-d %B}") for each in ending), hidden,
        )  # fmt: skip


def _watched() -> list[CovertChoice]:
    """Return the choices to leave and monitor that still stand: the last of each person and case."""
    latest = CovertChoice.objects.order_by("user_id", "case_lineage", "-at", "-pk").distinct(
        "user_id", "case_lineage"
    )
    return [each for each in latest if each.until_at is not None and each.until_at > now()]


def _line(
    heading: str,
    unit: str,
    found: Iterable[tuple[uuid.UUID, str]],
    hidden: frozenset[uuid.UUID],
    *,
    is_late: bool = False,
) -> Line:
    items = tuple(
        Item(when, "Conflicts in a case", "conflicts", public_reference("C", case))
        for case, when in found
        if case not in hidden
    )
    return Line(heading, unit, len(items), items[:SHOWN], is_late=is_late and bool(items))
