"""What somebody who decided could have known: seen, open to them, or behind a check.

"On record anywhere" is not "discoverable then". Each entry that was on record on
the day gets one label, from the checks that the source says were or were not done.
Where no imported check speaks of an entry's holder the answer is *not assessed*,
never a guess (`practice.md` §1.9; the standards of the day arrive with part 4).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.core.kernel.facts import Fact


class Reach(StrEnum):
    """How near an entry was to somebody deciding on a day."""

    SEEN = "seen"
    OPEN_TO_THEM = "held_and_open_to_them"
    REQUIRED_CHECK_NOT_RUN = "reachable_by_a_required_check_not_run"
    OPTIONAL_CHECK = "reachable_only_by_an_optional_check"
    NOT_THEN = "not_reachable_then"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Reached:
    """One entry and how near it was, with the checks that say so."""

    entry: Fact
    reach: Reach
    checks: tuple[Fact, ...] = ()


def reachability(
    entries: Iterable[Fact],
    *,
    checks: Sequence[Fact],
    decider: str,
    held: Mapping[object, frozenset[str]],
) -> list[Reached]:
    """Label every entry on record on the day of a decision.

    Args:
        entries: what was on record anywhere that day, joined up.
        checks: `clearance_check` facts of the decision, done and not done.
        decider: the holder that decided, as `ORGANISATION:SYSTEM`.
        held: for each entry's lineage, the holders that held it by that day.
    """
    return [_label(entry, checks, decider, held[entry.lineage]) for entry in entries]


def _label(entry: Fact, checks: Sequence[Fact], decider: str, holders: frozenset[str]) -> Reached:
    if decider in holders:
        return Reached(entry, Reach.SEEN)
    relevant = tuple(check for check in checks if set(check["reaches"] or ()) & holders)
    if any(check["was_done"] for check in relevant):
        return Reached(entry, Reach.SEEN, relevant)
    if any(check["was_required"] for check in relevant):
        return Reached(entry, Reach.REQUIRED_CHECK_NOT_RUN, relevant)
    if any(check["was_required"] is False for check in relevant):
        return Reached(entry, Reach.OPTIONAL_CHECK, relevant)
    return Reached(entry, Reach.NOT_ASSESSED, relevant)
