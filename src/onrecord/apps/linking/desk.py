"""The clerical desk: which pairs wait for a person, in the order in which answers are worth most.

What an answer is worth is told from the weight alone: the likelier two records are one person, the
more is gained by asking. Nothing that a case says is in it.
"""

import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection

from onrecord.apps.access.policies import require
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.facts.reading import (
    HIDDEN,
    facts_by,
    facts_where,
)
from onrecord.apps.facts.seeing import seeing
from onrecord.apps.linking.models import Contest
from onrecord.apps.people.finding import SEEN_SQL
from onrecord.apps.people.reaching import records_in_reach
from onrecord.core.conduct.judging import BY_HAND, BY_MODEL, SECOND_READING
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.linkage.agreeing import Agreement, agreement, is_sampled
from onrecord.core.timekeeping.views import View

JUDGE = "identity:judge"
_TOGETHER = re.compile(r"Together (-?\d+\.\d)")
_HANDS = f"method in ('{BY_HAND}', '{SECOND_READING}')"


class Waiting(StrEnum):
    """Why a pair waits for a person."""

    CONTESTED = "contested"
    DIFFER = "differ"
    SECOND = "second"
    OPEN = "open"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class QueuedPair:
    """One pair that waits: who holds the two, how much speaks for one person, since when."""

    reference: str
    lineage: uuid.UUID
    why: Waiting
    one: str
    other: str
    weight: float | None
    since: date


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that waits, by why; and how far readers agree."""

    lists: Mapping[Waiting, tuple[QueuedPair, ...]]
    agreement: Agreement | None

    @property
    def order(self) -> tuple[QueuedPair, ...]:
        """Return what waits for an answer now, most valuable first; not what waits for more to be known."""
        return tuple(pair for why in Waiting if why is not Waiting.MORE for pair in self.lists[why])


def desk(viewer: Viewer) -> Desk:
    """Return what waits for this viewer at the desk."""
    require(viewer, JUDGE)
    view = View(current_position()).through(viewer.eyes)
    with seeing(viewer.eyes):
        undecided = facts_where(view, "identity_judgement", "judgement = 'undecided'")
        by_hand = facts_where(view, "identity_judgement", _HANDS)
    contested = _contested(view, by_hand)
    firsts, seconds = _readings(by_hand)
    found: dict[uuid.UUID, tuple[Waiting, Fact]] = {}
    for fact in undecided:
        if str(fact["method"]).startswith(BY_MODEL) and _weight(fact) is not None:
            found[fact.lineage] = Waiting.OPEN, fact
        elif fact["method"] == BY_HAND:
            found[fact.lineage] = Waiting.MORE, fact
    for pair, fact in firsts.items():
        second = seconds.get(pair)
        if second is not None and _differ(fact, second):
            found[fact.lineage] = Waiting.DIFFER, fact
        elif second is None and is_to_be_read(fact) and fact["judged_by"] != viewer.name:
            found[fact.lineage] = Waiting.SECOND, fact
    found |= {fact.lineage: (Waiting.CONTESTED, fact) for fact in contested}
    return Desk(_lists(viewer, found.values()), _agreement(firsts, seconds))


def next_after(viewer: Viewer, reference: str) -> QueuedPair | None:
    """Return what to judge next; nothing once all is done."""
    return next((pair for pair in desk(viewer).order if pair.reference != reference), None)


def is_to_be_read(fact: Fact) -> bool:
    """Tell whether a second person is to read a judgement made by hand."""
    return fact["judgement"] != "undecided" and is_sampled(fact.lineage)


def _contested(view: View, by_hand: Collection[Fact]) -> list[Fact]:
    """Return the judgements that somebody contests, of pairs that no person judged anew since."""
    latest = dict(Contest.objects.values_list("judgement_lineage", "position"))
    judged = {(f["record_a"], f["record_b"]): f.position for f in by_hand if f["method"] == BY_HAND}
    return [
        fact for fact in facts_by(view, "identity_judgement", "lineage", set(latest))
        if judged.get((fact["record_a"], fact["record_b"]), -1) <= latest[fact.lineage]
    ]  # fmt: skip


type Pair = tuple[uuid.UUID, uuid.UUID]


def _readings(by_hand: Iterable[Fact]) -> tuple[dict[Pair, Fact], dict[Pair, Fact]]:
    firsts: dict[Pair, Fact] = {}
    seconds: dict[Pair, Fact] = {}
    for fact in by_hand:
        kept = firsts if fact["method"] == BY_HAND else seconds
        kept[fact["record_a"], fact["record_b"]] = fact
    return firsts, seconds


def _differ(first: Fact, second: Fact) -> bool:
    return bool(second["judgement"] != first["judgement"] and second.position > first.position)


def _agreement(firsts: Mapping[Pair, Fact], seconds: Mapping[Pair, Fact]) -> Agreement | None:
    """Return how far the first readers and the second ones agree, of pairs that both have read."""
    return agreement([
        (str(firsts[pair]["judgement"]), str(second["judgement"]))
        for pair, second in seconds.items() if pair in firsts
    ])  # fmt: skip


def _lists(
    viewer: Viewer, found: Collection[tuple[Waiting, Fact]]
) -> dict[Waiting, tuple[QueuedPair, ...]]:
    names = _names(viewer, {fact[end] for _, fact in found for end in ("record_a", "record_b")})
    queued = [
        QueuedPair(
            public_reference("L", fact.lineage), fact.lineage, why, names[fact["record_a"]],
            names[fact["record_b"]], _weight(fact), fact.known_on,
        )
        for why, fact in found if {fact["record_a"], fact["record_b"]} <= names.keys()
    ]  # fmt: skip
    queued.sort(key=lambda pair: (-(pair.weight or 0), pair.since, pair.reference))
    return {why: tuple(pair for pair in queued if pair.why is why) for why in Waiting}


def _weight(fact: Fact) -> float | None:
    said = _TOGETHER.search(str(fact["reason"] or ""))
    return float(said[1]) if said else None


def _names(viewer: Viewer, records: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what to call each record that this viewer reaches: its name and who holds it."""
    within = records_in_reach(viewer, JUDGE)
    with seeing(viewer.eyes), connection.cursor() as cursor:
        cursor.execute(
            f"with {HIDDEN} select s.record_lineage, s.display_name || ', ' || o.name"
            "  from projection.person_search s"
            "  join public.organisations_organisation o on o.id = s.organisation_id"
            f" where s.record_lineage = any(%(records)s) and {SEEN_SQL}",
            {
                "records": list(records), "eyes": viewer.eyes,
                "within": within if within is None else sorted(within),
            },
        )  # fmt: skip
        return dict(cursor.fetchall())
