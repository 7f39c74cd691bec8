"""What a rule costs to follow up on this record: how many people meet it, and what came of those who did.

Worked out once for a snapshot and kept: a page about one person quotes it beside a prompt, and a
threshold can be moved to see its price.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb

from onrecord.core.patterns.marks import Marks, marks_of
from onrecord.core.patterns.meeting import day_number, first_prompts, how_many_meet
from onrecord.core.patterns.replaying import TOO_FEW, YEAR, Happened, came_of, happened_of
from onrecord.core.patterns.rules import Rule

HORIZON = 5
"""Years after which it is asked what came of somebody whom a rule prompted."""
MOST = 6
"""The highest threshold that is tried."""


@dataclass(frozen=True, slots=True)
class AtLevel:
    """What came of everybody who ever reached a threshold, early enough for five years to have passed.

    Attributes:
        warning_days: half of those of whom something further became known had waited as long, or less.
    """

    least: int
    prompted: int
    true: int
    warning_days: int | None

    @property
    def false_per_true(self) -> float | None:
        """Return how many prompts were followed by nothing for each that was followed; none where none was."""
        return (self.prompted - self.true) / self.true if self.true else None


@dataclass(frozen=True, slots=True)
class Price:
    """One rule on one record.

    Attributes:
        meeting: how many people met it at the start of each year, and on the last day.
        levels: what came of people, by how high the threshold is set; the rule's own is among them.
    """

    rule: str
    hash: str
    measure: str
    meeting: tuple[tuple[date, int], ...]
    levels: tuple[AtLevel, ...]

    def met_on(self, on: date) -> tuple[date, int] | None:
        """Return on which day at or before `on` people were counted last, and how many met the rule."""
        return max((each for each in self.meeting if each[0] <= on), default=None)

    def at(self, least: int) -> AtLevel | None:
        """Return what came of people at a threshold, if so many reached it that it may be told."""
        return next((e for e in self.levels if e.least == least and e.prompted >= TOO_FEW), None)


def price_of(con: duckdb.DuckDBPyConnection, rule: Rule, as_of: date) -> Price:
    """Return what a rule costs on a record as known on a day."""
    marks = marks_of(con, rule)
    happened = happened_of(marks)
    return Price(
        rule.label, rule.content_hash, _measure(rule), tuple(_meeting(marks, rule, as_of)),
        tuple(_levels(marks, rule, happened, as_of)),
    )  # fmt: skip


def _measure(rule: Rule) -> str:
    """Return the measure whose threshold is moved: separate episodes, where the rule asks for some."""
    return "episodes" if "episodes" in rule.at_least else next(iter(rule.at_least))


def _meeting(marks: Marks, rule: Rule, as_of: date) -> Iterator[tuple[date, int]]:
    if not len(marks):
        return
    first = int(marks.known_from.min()) // 365 + 1970
    for year in range(first, as_of.year + 1):
        on = date(year, 1, 1)
        if many := how_many_meet(marks, rule, on):
            yield on, many
    yield as_of, how_many_meet(marks, rule, as_of)


def _levels(marks: Marks, rule: Rule, happened: Happened, as_of: date) -> Iterator[AtLevel]:
    measure = _measure(rule)
    ends = day_number(as_of) - round(HORIZON * YEAR)
    for least in range(1, max(MOST, rule.at_least[measure]) + 1):
        asked = replace(rule, at_least={**rule.at_least, measure: least})
        first = {p: m for p, m in first_prompts(marks, asked).items() if day_number(m.on) <= ends}
        waits = [
            wait for person, met in first.items()
            if (wait := came_of(met, happened.get(person, []), round(HORIZON * YEAR))) is not None
        ]  # fmt: skip
        yield AtLevel(
            least, len(first), len(waits), sorted(waits)[len(waits) // 2] if waits else None
        )


def as_json(price: Price) -> dict[str, Any]:
    """Return a price as it is kept."""
    return {
        "rule": price.rule, "hash": price.hash, "measure": price.measure,
        "meeting": [[on.isoformat(), many] for on, many in price.meeting],
        "levels": [
            {"least": e.least, "prompted": e.prompted, "true": e.true, "warning_days": e.warning_days}
            for e in price.levels
        ],
    }  # fmt: skip


def from_json(kept: Mapping[str, Any]) -> Price:
    """Return a price that was kept."""
    return Price(
        kept["rule"], kept["hash"], kept["measure"],
        tuple((date.fromisoformat(on), many) for on, many in kept["meeting"]),
        tuple(AtLevel(**each) for each in kept["levels"]),
    )  # fmt: skip
