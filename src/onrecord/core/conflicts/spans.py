"""Times that may lack an end, and whether two of them met: yes, no, or nobody can tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Meeting(StrEnum):
    """Whether two times shared a day. Not to know is an answer of its own."""

    TOGETHER = "together"
    APART = "apart"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Span:
    """A time from a first to a last day, both included.

    Attributes:
        first: its first day; nothing when that is not recorded.
        last: its last day; nothing when no end is recorded, which is read as still going on.
    """

    first: date | None = None
    last: date | None = None

    @property
    def is_muddled(self) -> bool:
        """Tell whether it is written as ending before it began: then neither day can be trusted."""
        return self.first is not None and self.last is not None and self.last < self.first

    @property
    def trusted(self) -> "Span":
        """Return the span, without days that contradict each other."""
        return Span() if self.is_muddled else self

    def surely_holds(self, day: date) -> bool:
        """Tell whether `day` is in the span whatever its missing days were."""
        if day in {self.first, self.last}:
            return True
        return (
            self.first is not None and self.first < day and (self.last is None or day < self.last)
        )


def meeting(one: Span, other: Span) -> Meeting:
    """Tell whether two spans shared a day.

    They are apart only when a recorded end lies before a recorded beginning, and together
    only when some recorded day is surely in both; anything else is not known.
    """
    one, other = one.trusted, other.trusted
    if _ends_before(one, other) or _ends_before(other, one):
        return Meeting.APART
    days = [day for day in (one.first, one.last, other.first, other.last) if day]
    if any(one.surely_holds(day) and other.surely_holds(day) for day in days):
        return Meeting.TOGETHER
    return Meeting.NOT_KNOWN


def shared(one: Span, other: Span) -> Span:
    """Return the time that two spans share, as far as their days are recorded."""
    one, other = one.trusted, other.trusted
    return Span(
        first=max(_known(one.first, other.first), default=None),
        last=min(_known(one.last, other.last), default=None),
    ).trusted


def _ends_before(one: Span, other: Span) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first


def _known(*days: date | None) -> Iterable[date]:
    return [day for day in days if day is not None]
