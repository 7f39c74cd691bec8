"""What a rule would have prompted, and what came of whom it prompted: every fact in the order it became known."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np

from onrecord.core.patterns.marks import Marks, Numbers, marks_of
from onrecord.core.patterns.meeting import Prompt, day_number, first_prompts
from onrecord.core.patterns.protocol import Protocol, Window
from onrecord.core.patterns.rules import Rule
from onrecord.core.patterns.workforce import GROUPS, NOT_KNOWN, About, about_everybody

YEAR = 365.25
TOO_FEW = 10
"""Of fewer people than this nothing is told: it would say more of them than of the rule."""
SMALL = "groups of fewer than ten, together"
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
    """One rule, replayed over one window.

    Attributes:
        by_year: in each year, how many people the rule prompted for the first time.
        by_group: for sex, ethnicity and age as recorded, how many were prompted, and of how many the
            primary outcome came within the longest horizon.
    """

    rule: str
    window: Window
    prompted: int
    followed: tuple[Followed, ...]
    warned: tuple[Warned, ...]
    by_year: Mapping[int, int]
    by_group: Mapping[str, Mapping[str, tuple[int, int]]]

    def of(self, outcome: str, years: int) -> Followed:
        """Return what came of an outcome within some years."""
        return next(f for f in self.followed if (f.outcome, f.years) == (outcome, years))


type Happened = Mapping[str, list[tuple[int, str]]]
"""For each person, the days on which an outcome became known, each with its episode, in order."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of everybody, by outcome; and what is on record of them."""

    of: Mapping[str, Happened]
    about: Mapping[str, About]


def outcomes_of(con: duckdb.DuckDBPyConnection, protocol: Protocol) -> Outcomes:
    """Return every outcome that the protocol names, of everybody on record."""
    return Outcomes(
        {name: happened_of(marks_of(con, rule)) for name, rule in protocol.outcomes.items()},
        about_everybody(con),
    )


def replay(
    first: Mapping[str, Prompt], rule: Rule, protocol: Protocol, outcomes: Outcomes, window: Window
) -> Replayed:
    """Return what came of everybody whom a rule first prompted within a window."""
    start, end = day_number(window.first), day_number(window.last)
    prompted = {person: met for person, met in first.items() if start <= day_number(met.on) <= end}
    return Replayed(
        rule.label, window, len(prompted),
        tuple(_followed(prompted, protocol, outcomes)),
        tuple(_warned(first, outcomes, (start, day_number(protocol.data_ends)))),
        dict(sorted(Counter(met.on.year for met in prompted.values()).items())),
        {name: _by_group(name, prompted, protocol, outcomes) for name in GROUPS},
    )  # fmt: skip


def replayed_rule(
    con: duckdb.DuckDBPyConnection, rule: Rule, protocol: Protocol, outcomes: Outcomes, *,
    leaves_out_exonerated: bool = False,
) -> tuple[Replayed, Replayed]:  # fmt: skip
    """Return a rule replayed over the protocol's window and over the other one that is printed beside it."""
    first = first_prompts(marks_of(con, rule, leaves_out_exonerated=leaves_out_exonerated), rule)
    return (
        replay(first, rule, protocol, outcomes, protocol.window),
        replay(first, rule, protocol, outcomes, protocol.also),
    )


def happened_of(marks: Marks) -> Happened:
    """Return, for everybody, when each thing became known, with its episode."""
    person = marks.groups["person"].take(marks.group).to_pylist()
    episode = marks.table["episode"].take(marks.source).to_pylist()
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for who, on, which in zip(person, marks.known_from.tolist(), episode, strict=True):
        found[str(who)].append((on, str(which)))
    return {who: sorted(many) for who, many in found.items()}


def _followed(
    prompted: Mapping[str, Prompt], protocol: Protocol, outcomes: Outcomes
) -> Iterator[Followed]:
    for name, happened in outcomes.of.items():
        for years in protocol.horizons:
            within = round(years * YEAR)
            came = np.array([
                came_of(met, happened.get(person, []), within) is not None for person, met in prompted.items()
            ], dtype=np.int64)  # fmt: skip
            low, high = _interval(came, protocol)
            yield Followed(name, years, len(prompted), int(came.sum()), low, high)


def came_of(met: Prompt, happened: list[tuple[int, str]], within: int) -> int | None:
    """Return after how many days something further became known, of another incident than a prompt rests on.

    Nothing where nothing did within so many days.
    """
    own, on = met.episodes, day_number(met.on)
    return next((
        known - on for known, episode in happened if on < known <= on + within and episode not in own
    ), None)  # fmt: skip


def _by_group(
    name: str, prompted: Mapping[str, Prompt], protocol: Protocol, outcomes: Outcomes
) -> Mapping[str, tuple[int, int]]:
    within = round(max(protocol.horizons) * YEAR)
    happened = outcomes.of[protocol.primary]
    found: dict[str, tuple[int, int]] = {}
    for person, met in prompted.items():
        group = (
            outcomes.about[person].group(name, met.on) if person in outcomes.about else NOT_KNOWN
        )
        many, true = found.get(group, (0, 0))
        came = came_of(met, happened.get(person, []), within) is not None
        found[group] = many + 1, true + came
    few = {group for group, (many, _) in found.items() if many < TOO_FEW}
    rest = sum(found[group][0] for group in few), sum(found[group][1] for group in few)
    told = {group: figures for group, figures in sorted(found.items()) if group not in few}
    return told | ({SMALL: rest} if rest[0] >= TOO_FEW else {})


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
    first: Mapping[str, Prompt], outcomes: Outcomes, window: tuple[int, int]
) -> Iterator[Warned]:
    for name, happened in outcomes.of.items():
        firsts = {who: many[0][0] for who, many in happened.items()}
        inside = {who: on for who, on in firsts.items() if window[0] <= on <= window[1]}
        ahead = [
            (on - day_number(first[who].on)) / YEAR
            for who, on in inside.items() if who in first and day_number(first[who].on) < on
        ]  # fmt: skip
        quartiles = (
            tuple(np.percentile(ahead, (25, 50, 75)).tolist()) if ahead else (float("nan"),) * 3
        )
        yield Warned(name, len(inside), len(ahead), quartiles)
