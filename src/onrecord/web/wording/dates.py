"""Dates as people in the United Kingdom write them, and as they type them."""

import re
from datetime import date, datetime

from onrecord.core.kernel.clock import UK_TIME

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WORDED = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ .-]+([A-Za-z]{3,9})\.?,?[ .-]+(\d{4})$")
_NUMBERED = re.compile(r"^(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")


def uk_date(day: date | None) -> str:
    """Return `14 July 2020`, or a plain statement that the day is not known."""
    return "Not known" if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date | None) -> str:
    """Return `14 Jul 2020`, for columns of dates."""
    return "Not known" if day is None else f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def uk_moment(instant: datetime) -> str:
    """Return `14 July 2020 at 09:05` as a clock on the wall in the United Kingdom shows it."""
    here = instant.astimezone(UK_TIME)
    return f"{uk_date(here.date())} at {here:%H:%M}"


def happened(first: date | None, last: date | None) -> str:
    """Return when something happened, as one day, a span, or not known."""
    if first is None and last is None:
        return "Not known"
    if first is None:
        return f"By {short_date(last)}"
    if last is None or last == first:
        return short_date(first)
    return f"{short_date(first)} to {short_date(last)}"


def day_typed(text: str) -> date | None:
    """Return the day that somebody typed, day before month; `None` if it is not a day.

    Takes `14 July 2020`, `14 Jul 2020`, `14/7/2020`, `14.7.2020` and `2020-07-14`.
    """
    typed = " ".join(text.split())
    try:
        if match := _ISO.match(typed):
            return date(*map(int, match.groups()))
        if match := _NUMBERED.match(typed):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        if match := _WORDED.match(typed):
            return date(int(match[3]), _month_named(match[2]), int(match[1]))
    except ValueError:
        return None
    return None


def _month_named(word: str) -> int:
    for number, name in enumerate(_MONTHS, start=1):
        if name.lower().startswith(word.lower()):
            return number
    raise ValueError(word)
