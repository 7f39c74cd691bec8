"""What a rule would have prompted, and what came of whom it prompted: every fact in the order it became known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np

from onrecord.core.patterns.marks import Marks, Numbers, marks_of
from onrecord.core.patterns.meeting import Met, day_number, first_met
from onrecord.core.patterns.protocol import Protocol, Window
from onrecord.core.patterns.rules import Rule

_YEAR = 365.25
_SURE = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Followed:
    """How many of the people whom a rule first prompted in a window had an outcome within some years.

    Attributes:
        at_least: the lower end of the interval of `false_per_true`, 95 in a hundred.
    """

    outcome: str
    years: int
    prompted: int
    true: int
    at_least: float
    at_most: float

    @property
    def false(self) -> int:
        """Return of how many nothing further became known within the years."""
        return self.prompted - self.true

    @property
    def false_per_true(self) -> float:
        """Return how many prompts were followed by nothing for each that was followed."""
        return self.false / self.true if self.true else float("inf")


@dataclass(frozen=True, slots=True)
class Warned:
    """How long before an outcome those were prompted who had one, in years; and what share was.

    Attributes:
        with_outcome: people of whom such an outcome first became known in the window or after it.
        warned: of them, those whom the rule had prompted before that day.
    """

    outcome: str
    with_outcome: int
    warned: int
    quartiles: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Replayed:
    """One rule, replayed over one window."""

    rule: str
    window: Window
    prompted: int
    followed: tuple[Followed, ...]
    warned: tuple[Warned, ...]


type Happened = Mapping[str, list[tuple[int, str]]]
"""For each person, the days on which an outcome became known, each with its episode, in order."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of everybody, by outcome."""

    of: Mapping[str, Happened]


def outcomes_of(con: duckdb.DuckDBPyConnection, protocol: Protocol) -> Outcomes:
    """Return every outcome that the protocol names, of everybody on record."""
    return Outcomes(
        {name: _happened(marks_of(con, rule)) for name, rule in protocol.outcomes.items()}
    )


def replay(
    first: Mapping[str, Met], rule: Rule, protocol: Protocol, outcomes: Outcomes, window: Window
) -> Replayed:
    """Return what came of everybody whom a rule first prompted within a window."""
    start, end = day_number(window.first), day_number(window.last)
    prompted = {person: met for person, met in first.items() if start <= day_number(met.on) <= end}
    return Replayed(
        rule.label, window, len(prompted),
        tuple(_followed(prompted, protocol, outcomes)),
        tuple(_warned(first, outcomes, (start, day_number(protocol.data_ends)))),
    )  # fmt: skip


def replayed_rule(
    con: duckdb.DuckDBPyConnection, rule: Rule, protocol: Protocol, outcomes: Outcomes, *,
    leaves_out_exonerated: bool = False,
) -> tuple[Replayed, Replayed]:  # fmt: skip
    """Return a rule replayed over the protocol's window and over the other one that is printed beside it."""
    first = first_met(marks_of(con, rule, leaves_out_exonerated=leaves_out_exonerated), rule)
    return (
        replay(first, rule, protocol, outcomes, protocol.window),
        replay(first, rule, protocol, outcomes, protocol.also),
    )


def _happened(marks: Marks) -> Happened:
    person = marks.groups["person"].take(marks.group).to_pylist()
    episode = marks.table["episode"].take(marks.source).to_pylist()
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for who, on, which in zip(person, marks.known_from.tolist(), episode, strict=True):
        found[str(who)].append((on, str(which)))
    return {who: sorted(many) for who, many in found.items()}


def _followed(
    prompted: Mapping[str, Met], protocol: Protocol, outcomes: Outcomes
) -> Iterator[Followed]:
    for name, happened in outcomes.of.items():
        for years in protocol.horizons:
            within = round(years * _YEAR)
            came = np.array([
                _came(met, happened.get(person, []), within) for person, met in prompted.items()
            ], dtype=np.int64)  # fmt: skip
            low, high = _interval(came, protocol)
            yield Followed(name, years, len(prompted), int(came.sum()), low, high)


def _came(met: Met, happened: list[tuple[int, str]], within: int) -> bool:
    """Tell whether something further became known in time, of another incident than the prompt rests on."""
    own = {row.episode for row in met.rows}
    on = day_number(met.on)
    return any(on < known <= on + within and episode not in own for known, episode in happened)


def _interval(came: Numbers, protocol: Protocol) -> tuple[float, float]:
    """Return between what false per true lies, people drawn with replacement."""
    if not len(came):
        return float("nan"), float("nan")
    chance = np.random.default_rng(protocol.seed)
    true = chance.binomial(len(came), came.mean(), protocol.draws)
    ratios = np.where(true > 0, (len(came) - true) / np.maximum(true, 1), np.inf)
    low, high = np.percentile(ratios, _SURE)
    return float(low), float(high)


def _warned(
    first: Mapping[str, Met], outcomes: Outcomes, window: tuple[int, int]
) -> Iterator[Warned]:
    for name, happened in outcomes.of.items():
        firsts = {who: many[0][0] for who, many in happened.items()}
        inside = {who: on for who, on in firsts.items() if window[0] <= on <= window[1]}
        ahead = [
            (on - day_number(first[who].on)) / _YEAR
            for who, on in inside.items() if who in first and day_number(first[who].on) < on
        ]  # fmt: skip
        quartiles = (
            tuple(np.percentile(ahead, (25, 50, 75)).tolist()) if ahead else (float("nan"),) * 3
        )
        yield Warned(name, len(inside), len(ahead), quartiles)
