"""Count what a rule counts, of everybody at once, on a day or on every day on which anything changed.

An episode begins with a thing that happened more than so many days after the one before it, and
that is neither of the same incident nor by the same complainant as any before it. Which things
begin one is told from everything that was known by then; of those, the ones within the window
are counted. A lay reader can do the same with a pencil: sort by day, and strike out what is too near.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from onrecord.core.patterns.marks import FOREVER, Marks, Numbers
from onrecord.core.patterns.rules import Rule

type Flags = npt.NDArray[np.bool_]
type Looks = tuple[Numbers, Numbers, Numbers, Numbers]
"""Groups, the day on which each is looked at, and each active row beside the number of the look it is of."""

AT_ONCE = 4_000_000
"""So many pairs of a day and a thing are looked at in one go."""
_YEAR = 365.25
_HIGH = 100
"""More than any level."""
MEASURES = ("reports", "episodes", "organisations", "rises")


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted, for groups of `marks.Marks` on days: arrays of one length."""

    group: Numbers
    on: Numbers
    measures: Mapping[str, Numbers]

    def met(self, rule: Rule) -> Flags:
        """Tell where every measure that a rule asks for is reached."""
        asked = [self.measures[name] >= least for name, least in rule.at_least.items()]
        return np.asarray(np.logical_and.reduce(asked))


def counts_on(marks: Marks, rule: Rule, on: int) -> Counts:
    """Return what is counted of everybody on one day."""
    return _counted(marks, rule, _one_day(marks, on))


def counts_over_time(marks: Marks, rule: Rule) -> Counts:
    """Return what is counted on every day on which something came to be known, or no longer stood.

    Whoever has fewer things in all than a rule asks for never meets it, and is left out.
    """
    marks = _worth_counting(marks, rule)
    return _joined([
        _counted(marks, rule, _every_day(marks, first, last)) for first, last in _slices(marks)
    ])  # fmt: skip


def counted_rows(marks: Marks, rule: Rule, group: int, on: int) -> tuple[Numbers, Numbers]:
    """Return the rows of one group that are active on a day within the window, and those that begin an episode."""
    first, last = np.searchsorted(marks.group, (group, group + 1))
    own = slice(int(first), int(last))
    rows = np.flatnonzero((marks.known_from[own] <= on) & (on < marks.known_until[own])) + first
    evaluation = np.zeros(len(rows), dtype=np.int64)
    begins = _begins(marks, rule, evaluation, rows)
    inside = _inside(marks, rule, np.full(len(rows), on), rows)
    return rows[inside], rows[inside & begins]


def _worth_counting(marks: Marks, rule: Rule) -> Marks:
    least = max(rule.at_least.values())
    many = np.bincount(marks.group, minlength=marks.groups.num_rows)
    keep = many[marks.group] >= least
    if keep.all():
        return marks
    return replace(marks, **{
        name: getattr(marks, name)[keep] for name in (
            "group", "thing", "episode", "organisation", "fellow", "level", "day", "known_from",
            "known_until", "source",
        )
    })  # fmt: skip


def _one_day(marks: Marks, on: int) -> Looks:
    """Return, for one day, all groups, their day, and each active row with the group it is of."""
    groups = np.arange(marks.groups.num_rows, dtype=np.int64)
    rows = np.flatnonzero((marks.known_from <= on) & (on < marks.known_until))
    return groups, np.full(len(groups), on, dtype=np.int64), marks.group[rows], rows


def _slices(marks: Marks) -> Iterator[tuple[int, int]]:
    """Yield ranges of rows of whole groups, none with far too many pairs of a day and a row."""
    if not len(marks):
        return
    starts = np.flatnonzero(np.diff(marks.group, prepend=-1))
    sizes = np.diff(starts, append=len(marks))
    cost = np.cumsum(2 * sizes * sizes)
    first, spent = 0, 0
    for at in range(len(starts)):
        if cost[at] - spent > AT_ONCE and at > first:
            yield int(starts[first]), int(starts[at])
            first, spent = at, int(cost[at - 1])
    yield int(starts[first]), len(marks)


def _every_day(marks: Marks, first: int, last: int) -> Looks:
    """Return each group and day on which anything changed, and each row active then."""
    group = marks.group[first:last]
    start, end = marks.known_from[first:last], marks.known_until[first:last]
    is_ended = end < FOREVER
    when = np.unique(
        np.stack([
            np.concatenate([group, group[is_ended]]), np.concatenate([start, end[is_ended]])
        ], axis=1), axis=0,
    )  # fmt: skip
    groups, on = when[:, 0], when[:, 1]
    begins = np.searchsorted(group, groups)
    many = np.searchsorted(group, groups, side="right") - begins
    evaluation = np.repeat(np.arange(len(groups)), many)
    offset = np.arange(len(evaluation)) - np.repeat(np.cumsum(many) - many, many)
    rows = begins[evaluation] + offset
    active = (start[rows] <= on[evaluation]) & (on[evaluation] < end[rows])
    return groups, on, evaluation[active], rows[active] + first


def _counted(marks: Marks, rule: Rule, looks: Looks) -> Counts:
    groups, on, evaluation, rows = looks
    inside = _inside(marks, rule, on[evaluation], rows)
    begins = _begins(marks, rule, evaluation, rows)
    size = len(groups)

    def many(which: Flags) -> Numbers:
        return np.bincount(evaluation[which], minlength=size)

    measures = {
        "reports": many(inside & _firsts(evaluation, marks.thing[rows], inside)),
        "episodes": many(inside & begins),
    }
    if "organisations" in rule.at_least:
        measures["organisations"] = many(
            inside & _firsts(evaluation, marks.organisation[rows], inside)
        )
    if "rises" in rule.at_least:
        measures["rises"] = many(inside & _rises(evaluation, marks.level[rows]))
    return Counts(groups, on, measures)


def _inside(marks: Marks, rule: Rule, on: Numbers, rows: Numbers) -> Flags:
    if not rule.window_years:
        return np.ones(len(rows), dtype=bool)
    return marks.day[rows] > on - round(rule.window_years * _YEAR)


def _begins(marks: Marks, rule: Rule, evaluation: Numbers, rows: Numbers) -> Flags:
    """Tell which rows begin an episode: each is of an evaluation, and within one they are in order of day."""
    day = marks.day[rows]
    is_first = np.diff(evaluation, prepend=-1) != 0
    apart = np.ones(len(rows), dtype=bool)
    apart[1:] = (day[1:] - day[:-1] > rule.apart_days) | is_first[1:]
    everything = np.ones(len(rows), dtype=bool)
    alone = _firsts(evaluation, marks.episode[rows], everything)
    fellow = marks.fellow[rows]
    known = fellow >= 0
    if known.any():
        alone &= ~known | _firsts(evaluation, fellow, known)
    if not rule.apart_days:
        return alone
    return apart & alone


def _firsts(evaluation: Numbers, key: Numbers, among: Flags) -> Flags:
    """Tell which rows are the first of their key within their evaluation, of those that are `among`."""
    places = np.flatnonzero(among)
    first = np.zeros(len(evaluation), dtype=bool)
    if len(places):
        combined = evaluation[places] * (int(key.max()) + 2) + key[places] + 1
        _, at = np.unique(combined, return_index=True)
        first[places[at]] = True
    return first


def _rises(evaluation: Numbers, level: Numbers) -> Flags:
    """Tell which rows are more serious than every one before them in their evaluation."""
    height = evaluation * _HIGH + level
    before = np.maximum.accumulate(height) if len(height) else height
    rises = np.zeros(len(height), dtype=bool)
    if len(height):
        rises[0] = level[0] > 0
        rises[1:] = height[1:] > np.maximum(before[:-1], evaluation[1:] * _HIGH)
    return rises


def _joined(parts: list[Counts]) -> Counts:
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Counts(nothing, nothing, dict.fromkeys(MEASURES, nothing))
    names = parts[0].measures
    return Counts(
        np.concatenate([part.group for part in parts]),
        np.concatenate([part.on for part in parts]),
        {name: np.concatenate([part.measures[name] for part in parts]) for name in names},
    )
