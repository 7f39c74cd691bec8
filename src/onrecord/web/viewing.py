"""Who is looking, why, and through which view: what every page of facts begins with."""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from onrecord.apps.access.selectors import holders_meant, viewer_for_user
from onrecord.apps.audit.selectors import current_position
from onrecord.core.kernel import clock
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View
from onrecord.web.reasons import reason_of
from onrecord.web.wording.dates import day_typed, uk_date

if TYPE_CHECKING:
    from onrecord.apps.access.models import User

PROVED_AT_KEY = "proved-at"
"""When, in this session, the password or key was last given (seconds since 1970)."""

FRESH_FOR = timedelta(minutes=15)
ANYONE = "anyone"
NOT_A_DAY = "Enter a day, such as 14 July 2020"
NOT_YET = "The day must be today or earlier"


class ReasonNeededError(Exception):
    """A page about somebody was asked for before anybody said why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the known-then control asks for.

    Attributes:
        typed: what stands in the day's field.
        on: the day meant; `None` for today.
        to: `ORGANISATION`, `ORGANISATION:SYSTEM`, or everybody.
        error: why the day could not be read; the page is then not shown.
    """

    typed: str
    on: date | None
    to: str
    error: str = ""

    @property
    def query(self) -> dict[str, str]:
        """Return what an address must carry to keep this view."""
        kept = {"on": self.on.isoformat() if self.on else "", "to": self.to}
        return {name: value for name, value in kept.items() if value and value != ANYONE}

    @property
    def query_text(self) -> str:
        """Return the same as the end of an address."""
        return f"?{urlencode(self.query)}" if self.query else ""

    @property
    def is_joined_up(self) -> bool:
        """Tell whether everybody's eyes are looked through."""
        return self.to == ANYONE

    @property
    def day(self) -> date:
        """Return the day, which is today when none was asked for."""
        return self.on or clock.today()


def asked_of(query: QueryDict) -> Asked:
    """Read the control from an address."""
    typed, to = query.get("on", "").strip(), query.get("to", ANYONE).strip() or ANYONE
    if not typed:
        return Asked("", None, to)
    on = day_typed(typed)
    if on is None:
        return Asked(typed, None, to, NOT_A_DAY)
    if on > clock.today():
        return Asked(typed, None, to, NOT_YET)
    return Asked(uk_date(on), on, to)


def view_asked(asked: Asked, viewer: Viewer) -> View:
    """Return the view that the control asks for, at the end of the record, with the viewer's eyes.

    Raises:
        NotFoundError: there is no such holder.
    """
    held_by = None if asked.is_joined_up else holders_meant(viewer.eyes, asked.to)
    return View(current_position(), on=asked.day, held_by=held_by, eyes=viewer.eyes)


def viewer_of(request: HttpRequest, *, page: str) -> Viewer:
    """Return who is looking, for the reason remembered for this task, if one is."""
    return viewer_for_user(
        cast("User", request.user), reason=reason_of(request), page=page, is_fresh=is_fresh(request)
    )


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the password or key was asked for lately enough for a sensitive act."""
    proved_at = request.session.get(PROVED_AT_KEY)
    return (
        proved_at is not None and now().timestamp() - float(proved_at) <= FRESH_FOR.total_seconds()
    )


def viewer_with_reason(request: HttpRequest, *, page: str) -> Viewer:
    """Return who is looking, once they have said why.

    Raises:
        ReasonNeededError: they have not; the person is asked and brought back.
    """
    if not reason_of(request):
        raise ReasonNeededError
    return viewer_of(request, page=page)


def hides_names() -> bool:
    """Tell whether identifiers stand in for names, as they do for demonstrations on real data."""
    return os.environ.get("ONRECORD_HIDE_NAMES") == "1"


def page_number(request: HttpRequest) -> int:
    """Return which page of a list is asked for; the first where that cannot be read."""
    typed = request.GET.get("page", "1")
    # A page number is small; anything else typed there is the first page.
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 1  # noqa: PLR2004
