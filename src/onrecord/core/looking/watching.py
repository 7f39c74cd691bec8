"""Run every rule over a stream of looks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

from onrecord.core.looking import habits, ties
from onrecord.core.looking.finding import Finding, Scene, Seen, plain, told
from onrecord.core.looking.memory import Memory
from onrecord.core.looking.rules import Rule, rules
from onrecord.core.looking.stream import Known, Look

_SEES: Mapping[str, Callable[[Rule, Scene], Seen | None]] = {
    "own-record": ties.own_record,
    "declared-tie": ties.declared_tie,
    "colleague": ties.colleague,
    "neighbour": ties.neighbour,
    "trawl": habits.trawl,
    "again-and-again": habits.again_and_again,
    "odd-hours-export": habits.odd_hours_export,
    "after-removal": ties.after_removal,
    "refused": habits.refused,
    "copied-reason": habits.copied_reason,
    "on-leave": ties.on_leave,
    "victim": ties.victim,
}


def findings(looks: Iterable[Look], known: Known) -> Iterator[Finding]:
    """Yield what the rules find in `looks`, which come oldest first.

    The same looks and the same knowledge always give the same findings. Whoever
    continues from a place in the ledger hands over the looks of the six weeks before
    it too, and leaves out the findings that these make.

    Raises:
        KeyError: a rule is declared that nothing here can see.
    """
    declared = [(rule, _SEES[rule.id]) for rule in rules().values()]
    shift_gap = timedelta(hours=rules()["on-leave"].threshold["shift_gap_hours"])
    memories: dict[str, Memory] = {}
    givers: dict[str, set[str]] = {}
    for look in looks:
        memory = memories.setdefault(look.account, Memory())
        is_expected = known.is_expected(look)
        memory.take(look, is_expected=is_expected, shift_gap=shift_gap)
        givers.setdefault(plain(look.reason), set()).add(look.account)
        scene = Scene(look, known.account(look.account), known, memory, givers, is_expected)
        for rule, sees in declared:
            seen = sees(rule, scene)
            if seen is not None and _may_speak(rule, scene, seen):
                yield told(rule, scene, seen)


def _may_speak(rule: Rule, scene: Scene, seen: Seen) -> bool:
    """Tell whether the rule has been quiet about this long enough; if so it speaks now."""
    key, spoken = (rule.id, seen.about), scene.memory.spoken
    last = spoken.get(key)
    if last is not None and scene.look.at - last < timedelta(days=rule.quiet_days):
        return False
    spoken[key] = scene.look.at
    return True
