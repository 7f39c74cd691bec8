"""The view: the only way in which any part of the program reads facts.

Two questions are asked of the record and never mixed. *As known on D*: of all
that is on record now, what could have been known by D. *As recorded by P*: what
this system itself held when the ledger had reached position P.
"""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class View:
    """A moment at which the record is read, and whose eyes it is read with.

    Attributes:
        position: ledger position; nothing recorded after it is seen.
        on: the day; nothing first known after it is seen. `None` for no limit.
        includes_day: screens include the day itself; replay and evaluation,
            which ask what was known *before* something, do not.
        held_by: holder numbers; only what those source systems held is seen.
            `None` for everything joined up.
        eyes: the account that looks: what stands behind a wall for it, or is barred to it,
            is not there. Nobody's eyes (`""`) see nothing that is walled. `None` is the record
            itself, for keeping it and proving it: nothing read so is ever shown to anybody.
    """

    position: int
    on: date | None = None
    includes_day: bool = True
    held_by: frozenset[int] | None = None
    eyes: str | None = ""

    @classmethod
    def of_the_record(cls, position: int) -> "View":
        """Return the record itself, walls or not: to keep and to prove, never to show."""
        return cls(position, eyes=None)

    def through(self, eyes: str) -> "View":
        """Return the same moment, seen with the eyes of one account."""
        return replace(self, eyes=eyes)

    def admits_known_on(self, known_on: date) -> bool:
        """Tell whether something first known on `known_on` was known by this view's day."""
        if self.on is None:
            return True
        return known_on <= self.on if self.includes_day else known_on < self.on

    def joined_up(self) -> "View":
        """Return the same moment with every holder's facts."""
        return replace(self, held_by=None)

    def as_visible_to(self, holders: frozenset[int]) -> "View":
        """Return the same moment through the eyes of `holders` alone."""
        return replace(self, held_by=holders)

    def at_end_of_record(self) -> "View":
        """Return the same ledger position with no limit on when things were known.

        Identity and incident judgements are read so: today's understanding of who
        is who is used to ask what could have been joined then (`design.md` §1).
        """
        return replace(self, on=None, held_by=None)

    def describe(self) -> str:
        """Return the canonical text of the view, as the ledger keeps it.

        Whose eyes is not part of it: the ledger says who looked, and a wall leaves no trace.
        """
        day = "any" if self.on is None else self.on.isoformat()
        bound = "through" if self.includes_day else "before"
        who = "all" if self.held_by is None else ",".join(map(str, sorted(self.held_by)))
        return f"known {bound} {day}; held by {who}; recorded by {self.position}"
