"""What each decision about a person had before it, and what was near."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.apps.facts.reading import facts_by, first_known, subject_since
from onrecord.apps.organisations.selectors import HolderRef
from onrecord.core.conduct.reachability import Reach, Reached, reachability
from onrecord.core.kernel.facts import Fact
from onrecord.core.timekeeping.views import View


@dataclass(frozen=True, slots=True)
class DecisionReach:
    """One decision, its day, and how near each entry then on record was to whoever decided.

    Attributes:
        decision: a `clearance` or `reported_decision` fact.
        checks: the checks of that decision, done and not done.
        reached: a label for every case on record about the person by that day.
    """

    decision: Fact
    on: date
    checks: Sequence[Fact]
    reached: Sequence[Reached]

    @property
    def counts(self) -> Mapping[Reach, int]:
        """Return how many entries have each label."""
        return Counter(item.reach for item in self.reached)


def reach_of_decisions(
    view: View,
    records: Collection[uuid.UUID],
    facts: Sequence[Fact],
    case_facts: Sequence[Fact],
    holders: Mapping[int, HolderRef],
) -> list[DecisionReach]:
    """Return, for every decision about the person in view, what was near to it on its day.

    An entry is a case in which the person is the subject. It counts from the day on
    which both the case and that it is about this person were first known to anybody,
    even where a later version of it is shown.
    """
    found = {fact.fact_id: fact for fact in (*facts, *case_facts)}  # some are both
    decisions = [f for f in found.values() if f.kind in _DAYS and f.record_lineage]
    if not decisions:
        return []
    entries = [fact for fact in case_facts if fact.kind == "case_reported"]
    lineages = {entry.lineage for entry in entries}
    known = first_known(view, "case_reported", lineages) if lineages else {}
    named = subject_since(view, records) if lineages else {}
    holdings = facts_by(view.joined_up(), "holding", "held_lineage", lineages)
    return [
        _reach(
            decision,
            [e for e in entries if _since(e, known, named) <= _day(decision)],
            [fact for fact in facts if fact.kind == "clearance_check"],
            holdings,
            holders,
        )
        for decision in sorted(decisions, key=_day, reverse=True)
    ]


_DAYS = {"clearance": "granted_on", "reported_decision": "decided_on"}


def _since(entry: Fact, known: Mapping[uuid.UUID, date], named: Mapping[uuid.UUID, date]) -> date:
    first = known.get(entry.lineage, entry.known_on)
    return max(first, named.get(entry.lineage, first))


def _day(decision: Fact) -> date:
    day: date = decision[_DAYS[decision.kind]] or decision.known_on
    return day


def _reach(
    decision: Fact,
    entries: Sequence[Fact],
    checks: Sequence[Fact],
    holdings: Sequence[Fact],
    holders: Mapping[int, HolderRef],
) -> DecisionReach:
    on = _day(decision)
    own = [check for check in checks if check["clearance"] == decision.lineage]
    held: dict[uuid.UUID, set[str]] = {
        entry.lineage: {holders[entry.holder_id].code} for entry in entries
    }
    for holding in holdings:
        if holding["held_lineage"] in held and holding.known_on <= on:
            held[holding["held_lineage"]].add(holders[holding.holder_id].code)
    reached = reachability(
        entries,
        checks=own,
        decider=holders[decision.holder_id].code,
        held={lineage: frozenset(codes) for lineage, codes in held.items()},
    )
    return DecisionReach(decision, on, own, reached)
