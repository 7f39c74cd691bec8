"""Put the rules to the test: an invented force, ordinary days, twelve planted stories."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from onrecord.core.looking.finding import Finding
from onrecord.core.looking.simulated_days import Days
from onrecord.core.looking.simulated_force import a_force
from onrecord.core.looking.simulated_stories import Stories, Story
from onrecord.core.looking.stream import Known, Look
from onrecord.core.looking.watching import findings

_A_DAY, _A_CHECK = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Simulation:
    """What one seed gives: all looks oldest first, what is known, what was planted."""

    looks: list[Look]
    known: Known
    stories: list[Story]
    user_days: int


@dataclass(slots=True)
class Outcome:
    """How the rules did.

    Attributes:
        found: by rule, how many planted stories their own rule told of within a day.
        missed: by rule, how many it did not.
        false_alarms: by rule, how many alerts rest on no look of any planted story.
        user_days: the days worked, over all users: days off are not counted.
    """

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false_alarms: Counter[str] = field(default_factory=Counter)
    user_days: int = 0
    looks: int = 0

    def add(self, other: "Outcome") -> None:
        """Add what another seed gave."""
        self.found.update(other.found)
        self.missed.update(other.missed)
        self.false_alarms.update(other.false_alarms)
        self.user_days += other.user_days
        self.looks += other.looks

    @property
    def share_found(self) -> float:
        """Return the share of planted stories found within a day, in per cent."""
        planted = self.found.total() + self.missed.total()
        return 100 * self.found.total() / planted if planted else 0.0

    @property
    def false_alarms_per_thousand(self) -> float:
        """Return the false alarms for every thousand days worked."""
        return 1000 * self.false_alarms.total() / self.user_days if self.user_days else 0.0


def simulate(seed: int) -> Simulation:
    """Draw a force, its ordinary days and its stories; the same seed draws the same."""
    force = a_force(Random(seed + 1_000_000))  # noqa: S311 - an invented force, no secret
    days = Days(Random(seed), force)  # noqa: S311 - as above
    worked, ordinary = days.worked(), list(days.looks())
    stories = list(Stories(days).plant())
    marked = [(look, -1) for look in ordinary]
    marked += [(look, which) for which, story in enumerate(stories) for look in story.looks]
    marked.sort(key=lambda pair: (pair[0].at, pair[0].account))
    numbered: list[Look] = []
    planted: dict[int, list[Look]] = {}
    for number, (look, which) in enumerate(marked, start=1):
        numbered.append(replace(look, number=number))
        if which >= 0:
            planted.setdefault(which, []).append(numbered[-1])
    told = [replace(story, looks=tuple(planted[which])) for which, story in enumerate(stories)]
    return Simulation(numbered, force.known(), told, worked)


def measure(simulation: Simulation) -> Outcome:
    """Run the rules once an hour over a simulation, and count."""
    outcome = Outcome(user_days=simulation.user_days, looks=len(simulation.looks))
    alerts = list(findings(simulation.looks, simulation.known))
    planted = {look.number for story in simulation.stories for look in story.looks}
    for alert in alerts:
        if planted.isdisjoint(alert.rows):
            outcome.false_alarms[alert.rule] += 1
    for story in simulation.stories:
        tally = outcome.found if _was_found(story, alerts) else outcome.missed
        tally[story.rule] += 1
    return outcome


def _was_found(story: Story, alerts: list[Finding]) -> bool:
    """Tell whether the story's own rule spoke within a day of the story's last look."""
    rows, last = {look.number for look in story.looks}, story.looks[-1].at
    return any(
        alert.rule == story.rule
        and alert.account == story.account
        and not rows.isdisjoint(alert.rows)
        and _next_check(alert.at) <= last + _A_DAY
        for alert in alerts
    )


def _next_check(at: datetime) -> datetime:
    since = (at - datetime(2000, 1, 1, tzinfo=UTC)) % _A_CHECK
    return at + (_A_CHECK - since)
