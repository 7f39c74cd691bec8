"""What a rule found: a sentence, and the looks it rests on."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.core.looking.memory import Memory
from onrecord.core.looking.rules import Rule
from onrecord.core.looking.stream import Account, Known, Look


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule spoke about one account. There is no score: it spoke, and says why.

    Attributes:
        at: the look at which it had seen enough.
        about: the case or person concerned; empty when it is about nothing in particular.
        rows: the numbers of the consultations that it rests on, oldest first.
        unless: what would explain it.
    """

    rule: str
    version: int
    account: str
    at: datetime
    about: str
    sentence: str
    unless: str
    rows: tuple[int, ...]


Givers = Mapping[str, AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One look as a rule sees it: who, what is known, and what went before.

    `givers` has, by reason, the accounts that have given it.
    """

    look: Look
    account: Account
    known: Known
    memory: Memory
    givers: Givers
    is_expected: bool

    def lately(self, reach: timedelta) -> tuple[Look, ...]:
        """Return the unexpected looks of the last while, this one with them."""
        return tuple(look for look in self.memory.unexpected if self.look.at - look.at <= reach)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule saw that made it speak: about what, on which looks, and numbers for its words."""

    about: str
    looks: tuple[Look, ...]
    numbers: tuple[tuple[str, int | str], ...] = ()


def told(rule: Rule, scene: Scene, seen: Seen) -> Finding:
    """Put what a rule saw into its sentence."""
    words = rule.words.format(account=scene.account.name, **dict(seen.numbers))
    return Finding(
        rule=rule.id,
        version=rule.version,
        account=scene.account.name,
        at=scene.look.at,
        about=seen.about,
        sentence=words,
        unless=rule.unless,
        rows=tuple(sorted({look.number for look in seen.looks})),
    )


def visits(looks: Iterable[Look], apart: timedelta) -> tuple[Look, ...]:
    """Return the looks that begin a visit: turning pages of one person is one visit."""
    kept: list[Look] = []
    for look in looks:
        if not kept or look.at - kept[-1].at >= apart:
            kept.append(look)
    return tuple(kept)


def plain(reason: str) -> str:
    """Return a reason as it is compared: spaces and capitals make no other reason of it."""
    return " ".join(reason.split()).casefold()
