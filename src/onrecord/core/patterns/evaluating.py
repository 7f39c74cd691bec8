"""Replay every rule over a snapshot by the protocol."""

from collections.abc import Iterator
from typing import Any

from onrecord.core.patterns.history import add_history
from onrecord.core.patterns.protocol import Protocol
from onrecord.core.patterns.replaying import Outcomes, outcomes_of, replayed_rule
from onrecord.core.patterns.reporting import as_json
from onrecord.core.patterns.rules import Rule
from onrecord.core.patterns.sources import kinds_of
from onrecord.core.patterns.workforce import serving_by_year
from onrecord.core.snapshots.reading import Record, Snapshot
from onrecord.core.timekeeping.views import View

JUDGED = frozenset({"identity_judgement", "incident_judgement"})
"""Read as they stand today, whatever the day."""
_ALWAYS = frozenset({"person_record", "service_spell", "spell_end"})


def evaluate(snapshot: Snapshot, rules: list[Rule], protocol: Protocol) -> dict[str, Any]:
    """Return the figures of every rule, and of the primary rule on proven endings alone."""
    chosen = [*rules, protocol.proven_only]
    kinds = _ALWAYS.union(*(kinds_of(rule) for rule in (*chosen, *protocol.outcomes.values())))
    view = View(position=snapshot.manifest.position, on=protocol.data_ends)
    with snapshot.reading(view, kinds=kinds | JUDGED) as record:
        add_history(record, kinds)
        outcomes = outcomes_of(record.con, protocol)
        figures = list(_figures(record, chosen, protocol, outcomes))
        years = range(protocol.window.first.year, protocol.window.last.year + 1)
        return {
            "serving": {str(year): many for year, many in serving_by_year(record.con, years).items()},
            "people": len(outcomes.about), "rules": figures,
        }  # fmt: skip


def _figures(
    record: Record, rules: list[Rule], protocol: Protocol, outcomes: Outcomes
) -> Iterator[dict[str, Any]]:
    for rule in rules:
        main, also = replayed_rule(record.con, rule, protocol, outcomes)
        second, _ = replayed_rule(record.con, rule, protocol, outcomes, leaves_out_exonerated=True)
        yield as_json(main, also, second)
