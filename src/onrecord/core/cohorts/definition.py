"""What a cohort definition says, as values.

A definition is a file that a review lead can read: what must be alleged, by
which date, in whose files, about whom. `loading` reads it; its `content_hash`
is what a frozen result is pinned to, whatever the version is called.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum


class DateBasis(StrEnum):
    """Which date of a case decides whether it falls in the period."""

    OCCURRED = "occurred"
    REPORTED = "reported"
    RECORDED = "recorded"
    FINALISED = "finalised"


@dataclass(frozen=True, slots=True)
class Alleged:
    """What an allegation must be: of everything said here, each must hold; of a list, any.

    `factors` are the allegation's own; `case_factors` those of its case or
    incident. Wordings are compared without regard to capitals.
    """

    factors: tuple[str, ...] = ()
    case_factors: tuple[str, ...] = ()
    category_codes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    category_groups: tuple[str, ...] = ()
    category_contains: tuple[str, ...] = ()
    category_does_not_contain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithoutAllegation:
    """What a case must be to count for a subject about whom it makes no allegation."""

    case_types: tuple[str, ...]
    case_factors: tuple[str, ...] = ()
    category_contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The days, first and last included, on which the date of a case must fall."""

    date_basis: DateBasis
    from_: date | None = None
    to: date | None = None


@dataclass(frozen=True, slots=True)
class Endings:
    """How an allegation must have ended: any of these classes or wordings."""

    classes: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    wording_contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServingOn:
    """The selection date, and the organisations in one of which the person served on it.

    Serving is a spell of service begun by the date, with no end on or before it.
    """

    date: date
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotDismissed:
    """What counts as dismissal: how service ended, or what followed the allegation."""

    spell_endings: tuple[str, ...] = ("left_dismissed",)
    outcomes: tuple[str, ...] = ()
    outcome_contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """Which subjects, in which cases, are in scope.

    Attributes:
        allegations: content; an allegation that meets any of these is in the universe.
        without_allegation: content of cases that count without an allegation.
        period: the date basis and its days.
        completed_only: whether a case must be finished with.
        held_by: organisations, or `ORGANISATION:SYSTEM`, whose case it must be; empty for any.
    """

    name: str
    version: int
    title: str
    period: Period
    description: str = ""
    allegations: tuple[Alleged, ...] = ()
    without_allegation: tuple[WithoutAllegation, ...] = ()
    completed_only: bool = False
    held_by: tuple[str, ...] = ()
    case_types: tuple[str, ...] = ()
    dispositions: Endings | None = None
    person_types: tuple[str, ...] = ()
    serving_on: ServingOn | None = None
    not_dismissed: NotDismissed | None = None

    @property
    def content_hash(self) -> str:
        """Return the hash of everything the definition says."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def label(self) -> str:
        """Return name and version as one would cite them."""
        return f"{self.name} v{self.version}"
