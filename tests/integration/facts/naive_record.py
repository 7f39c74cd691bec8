"""What the record shows, worked out from `design.md` §1 with a list, a filter and a sort.

Slow and plain on purpose: it is what the store is compared with. It knows nothing
of SQL, of indexes or of how the store reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Version:
    """One version of one thing, as somebody wrote it."""

    kind: str
    thing: UUID
    change: str
    gone: bool
    known_on: date
    holder: int
    text: str = ""
    subject: UUID | None = None
    case: UUID | None = None
    held: UUID | None = None


@dataclass
class Act:
    """What was written together: versions, or the undoing of an earlier act."""

    versions: list[Version] = field(default_factory=list)
    undoes: int | None = None
    position: int = 0


@dataclass(frozen=True)
class Moment:
    """A moment at which the record is asked, and whose eyes it is asked through."""

    position: int
    on: date | None = None
    includes_day: bool = True
    holders: frozenset[int] | None = None


class NaiveRecord:
    """Every act, in the order in which the ledger took them."""

    def __init__(self) -> None:
        self.acts: list[Act] = []

    def shown(self, moment: Moment, kind: str) -> list[Version]:
        """Return the versions of one kind that are shown: one a thing, or none."""
        latest: dict[UUID, Version] = {}
        for version in sorted(self._recorded(moment, kind), key=lambda v: v.known_on):
            if self._is_known(version, moment) and self._is_held(version, moment):
                latest[version.thing] = version
        return [version for version in latest.values() if not version.gone]

    def _recorded(self, moment: Moment, kind: str) -> Iterator[Version]:
        """Give what had been written and not undone; `sorted` keeps this order among equals."""
        reached = [act for act in self.acts if act.position <= moment.position]
        undone = {act.undoes for act in reached if act.undoes is not None}
        for place, act in enumerate(self.acts):
            if act in reached and place not in undone:
                yield from (v for v in act.versions if v.kind == kind)

    @staticmethod
    def _is_known(version: Version, moment: Moment) -> bool:
        if moment.on is None:
            return True
        return version.known_on < moment.on or (
            moment.includes_day and version.known_on == moment.on
        )

    def _is_held(self, version: Version, moment: Moment) -> bool:
        if moment.holders is None or version.holder in moment.holders:
            return True
        return version.kind != "holding" and any(
            told.held == version.thing and told.known_on >= version.known_on
            for told in self.shown(moment, "holding")
        )
