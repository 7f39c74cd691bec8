"""Which facts of a case may be released to one of its subjects, and in which words."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.kinds import KINDS, Use

KINDS_RELEASED = {
    "case_reported": "The case",
    "allegation": "An allegation",
    "reported_decision": "A decision",
    "referral": "A referral",
    "disposition": "How an allegation ended",
    "case_finalised": "The end of the case",
}
"""What a subject may be shown of a case, in the order in which it is shown. No party, no free text."""

_KEPT_BACK = frozenset({"victim_position", "reported_by", "subject_note", "incident"})
"""Columns that say something of a victim, a reporter or somebody else."""

_SHOWN = frozenset({Use.CODE, Use.DATE, Use.NUMBER})


@dataclass(frozen=True, slots=True)
class Releasable:
    """One fact that may be released.

    Attributes:
        said: names and values, as the subject would read them.
    """

    fact_id: int
    kind: str
    said: Sequence[tuple[str, str]]

    @property
    def heading(self) -> str:
        """Return what the fact is."""
        return KINDS_RELEASED[self.kind]


def releasable(facts: Collection[Fact], own: frozenset[uuid.UUID]) -> list[Releasable]:
    """Return what may be released to the subject with `own` records: theirs and the case's, no other's.

    What names another subject's allegation is that subject's.
    """
    theirs = {f.lineage for f in facts if f.kind == "allegation" and f.record_lineage in own}
    order = list(KINDS_RELEASED)
    found = [f for f in facts if f.kind in KINDS_RELEASED and _is_theirs(f, own, theirs)]
    found.sort(key=lambda fact: (order.index(fact.kind), fact.known_on, fact.fact_id))
    return [Releasable(fact.fact_id, fact.kind, _said(fact)) for fact in found]


def _is_theirs(fact: Fact, own: frozenset[uuid.UUID], theirs: set[uuid.UUID]) -> bool:
    if fact.kind == "allegation":
        return fact.lineage in theirs
    about = fact.values.get("allegation")
    return fact.record_lineage in own | {None} and (about is None or about in theirs)


def _said(fact: Fact) -> list[tuple[str, str]]:
    said = [
        (_name(column.name), _value(fact[column.name]))
        for column in KINDS[fact.kind].columns
        if column.use in _SHOWN and column.name not in _KEPT_BACK and fact[column.name]
    ]
    return [*said, ("First known on", _value(fact.known_on))]


def _name(column: str) -> str:
    return column.replace("_", " ").capitalize()


def _value(value: object) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)
