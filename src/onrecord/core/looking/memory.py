"""What is kept of one account's looks while the stream goes by: no more than the rules ask for."""

from collections import deque
from datetime import date, datetime, timedelta

from onrecord.core.kernel.clock import UK_TIME
from onrecord.core.looking.stream import Look

_KEPT = timedelta(days=28)


class Memory:
    """One account's recent past.

    `unexpected` has the looks that no circle and no task explains, `refused` the
    refusals, oldest first; `spoken` when a rule last spoke of what; `shift_began` the
    first look after a long enough pause.
    """

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.unexpected: deque[Look] = deque()
        self.refused: deque[Look] = deque()
        self.spoken: dict[tuple[str, str], datetime] = {}
        self.shift_began: datetime | None = None
        self._last: datetime | None = None
        self._days_by_hour: list[dict[date, None]] = [{} for _ in range(24)]
        self._days: dict[date, None] = {}

    def take(self, look: Look, *, is_expected: bool, shift_gap: timedelta) -> None:
        """Remember one more look, and forget what is too old to matter."""
        if self._last is None or look.at - self._last >= shift_gap:
            self.shift_began = look.at
        self._last = look.at
        if look.was_refused:
            self.refused.append(look)
        elif not is_expected:
            self.unexpected.append(look)
        for kept in (self.unexpected, self.refused):
            while kept and look.at - kept[0].at > _KEPT:
                kept.popleft()
        here = look.at.astimezone(UK_TIME)
        self._days_by_hour[here.hour][here.date()] = None
        self._days[here.date()] = None

    def days_before(self, day: date, within: int) -> int:
        """Return on how many of the `within` days before `day` this account looked at all."""
        return _in_reach(self._days, day, within)

    def days_at(self, hour: int, day: date, *, within: int, either_side: int) -> int:
        """Return on how many of the days before `day` it looked at about this hour."""
        return max(
            _in_reach(self._days_by_hour[(hour + shift) % 24], day, within)
            for shift in range(-either_side, either_side + 1)
        )


def _in_reach(days: dict[date, None], day: date, within: int) -> int:
    earliest = day - timedelta(days=within)
    for old in [kept for kept in days if kept < earliest]:
        del days[old]
    return sum(1 for kept in days if kept < day)
