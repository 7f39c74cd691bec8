"""The facts that conflicts are worked out from, put plainly; whoever calls has read them.

People are known by the lineages of their person records. One person may have many: the
caller passes every record that identity judgements join.
"""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from onrecord.core.conflicts.spans import Span

type Records = frozenset[uuid.UUID]
"""Every person record of one person."""


class Setting(StrEnum):
    """Where people get to know each other at work."""

    UNIT = "unit"
    COURSE = "course"
    SHIFT = "shift"


class Tie(StrEnum):
    """What somebody may declare of themselves and another."""

    RELATIVE = "relative"
    PARTNER = "partner"
    SOCIAL = "social"


class Part(StrEnum):
    """What somebody earlier did in a case."""

    HANDLED = "handled"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody was in a unit, on a course or on a shift; `employer` is empty when not recorded."""

    record: uuid.UUID
    setting: Setting
    employer: str
    place: str
    span: Span
    fact: int


@dataclass(frozen=True, slots=True)
class Management:
    """Somebody managed somebody."""

    manager: uuid.UUID
    managed: uuid.UUID
    span: Span
    fact: int


@dataclass(frozen=True, slots=True)
class EarlierPart:
    """Somebody earlier handled this case, or decided in it. The day may not be recorded."""

    record: uuid.UUID
    part: Part
    span: Span
    fact: int


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody is in another case, in whatever part. Victims, witnesses and reporters never are."""

    record: uuid.UUID
    case: uuid.UUID
    span: Span
    fact: int


@dataclass(frozen=True, slots=True)
class DeclaredTie:
    """Somebody said that two people are tied; withdrawn later, perhaps."""

    one: uuid.UUID
    other: uuid.UUID
    tie: Tie
    span: Span
    declaration: int
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of the case: their records and the facts that say they are its subject."""

    records: Records
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CaseTies:
    """What bears on conflicts in one case.

    Attributes:
        period: the relevant period, from what is alleged to the end of the case.
        subjects: who is complained of.
        parties: records of members of the workforce who are in the case otherwise. In which
            role, and by which fact, is not passed on: it lies in the compartment.
        memberships: units, courses and shifts of the subjects and of whoever is asked about.
        managements: who managed whom among them.
        earlier_parts: who earlier handled this case, or decided in it.
        appearances: in which other cases they are.
        declared: ties that were declared, withdrawn ones too.
    """

    period: Span
    subjects: tuple[Subject, ...] = ()
    parties: Records = frozenset()
    memberships: tuple[Membership, ...] = ()
    managements: tuple[Management, ...] = ()
    earlier_parts: tuple[EarlierPart, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    declared: tuple[DeclaredTie, ...] = ()
