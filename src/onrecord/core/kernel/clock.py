"""The only place that asks what time it is.

Everything else is handed its moment, so that a failing case can be replayed.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

UK_TIME = ZoneInfo("Europe/London")
"""The time zone in which dates are shown, and in which "today" is decided."""


def now() -> datetime:
    """Return this instant, in UTC."""
    return datetime.now(tz=UTC)


def today() -> date:
    """Return the date it is now in the United Kingdom."""
    return now().astimezone(UK_TIME).date()
