"""What a conflict of interest is: its grade, its ground, its dates and what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from onrecord.core.conflicts.spans import Span


class Grade(IntEnum):
    """How far a conflict goes; the higher, the further."""

    NOTE = 1
    DECLARE_AND_DECIDE = 2
    BAR = 3

    @property
    def words(self) -> str:
        """Return the grade as it is said."""
        return self.name.lower().replace("_", " ")


class Ground(StrEnum):
    """What ties somebody to a case."""

    SUBJECT = "subject"
    PARTY = "party"
    RELATIVE = "relative"
    PARTNER = "partner"
    HANDLED = "handled"
    DECIDED = "decided"
    SUPERVISOR = "supervisor"
    SUPERVISEE = "supervisee"
    UNIT = "unit"
    COURSE = "course"
    SHIFT = "shift"
    SHARED_CASE = "shared_case"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One tie of one account-holder to one case.

    Attributes:
        grade: bar, declare and decide, or note.
        ground: what the tie is.
        span: the days of the tie, as far as they are recorded.
        sentence: the tie in words, without a name.
        facts: ids of the fact versions that it rests on.
        declarations: ids of the declarations that it rests on.
    """

    grade: Grade
    ground: Ground
    span: Span
    sentence: str
    facts: tuple[int, ...] = ()
    declarations: tuple[int, ...] = ()

    @property
    def order(self) -> tuple[int, str, str, tuple[int, ...], tuple[int, ...]]:
        """Return what conflicts are listed by: the gravest first, then always the same way."""
        return (-self.grade, self.ground, self.sentence, self.facts, self.declarations)


def gravest(conflicts: Iterable[Conflict]) -> Grade | None:
    """Return the highest grade among `conflicts`; nothing when there are none."""
    return max((conflict.grade for conflict in conflicts), default=None)
