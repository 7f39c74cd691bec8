"""Twelve planted stories: one for each kind of looking that somebody should hear of.

How much each does is drawn, and some do less than their rule asks for: those are missed,
and counted as missed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.core.looking.simulated_days import Days
from onrecord.core.looking.simulated_force import DAYS, Case, User, happens, moment
from onrecord.core.looking.stream import Look, Period


@dataclass(frozen=True, slots=True)
class Story:
    """One planted story: which rule should speak, about whom, and its looks, oldest first."""

    rule: str
    account: str
    looks: tuple[Look, ...]


@dataclass(slots=True)
class Stories:
    """Draws the stories into ordinary days."""

    days: Days

    def plant(self) -> Iterator[Story]:
        """Yield one story for each rule."""
        for rule, tell in _TELLS.items():
            user, looks = tell(self)
            yield Story(rule, user.name, tuple(sorted(looks, key=lambda look: look.at)))

    def own_record(self) -> tuple[User, list[Look]]:
        """Look up oneself."""
        user, at = self._at_work()
        return user, self._visits(user, at, user.person, self._some(1, 3))

    def declared_tie(self) -> tuple[User, list[Look]]:
        """Look up a former partner."""
        user, at = self._at_work()
        return user, self._visits(user, at, self.days.rng.choice(user.ties), self._some(1, 4))

    def neighbour(self) -> tuple[User, list[Look]]:
        """Look up the people next door."""
        user, at = self._at_work()
        next_door = self.days.rng.choice(self._outsiders(user))
        self.days.force.address_of[next_door] = self.days.force.address_of[user.person]
        return user, self._visits(user, at, next_door, self._some(1, 3))

    def colleague(self) -> tuple[User, list[Look]]:
        """Look up a colleague whose matter one has nothing to do with."""
        user, at = self._at_work()
        case = self._live_case(user, at)
        self.days.force.unit_of[case.subject] = self.days.rng.choice(user.units)
        looks = self._visits(user, at, case.subject, self._some(1, 4))
        if happens(self.days.rng, 0.5):
            looks.append(self.days.case(user, at + timedelta(minutes=1), case.ref, "Enquiry"))
        return user, looks

    def victim(self) -> tuple[User, list[Look]]:
        """Look up the victim in a matter about a colleague."""
        user, at = self._at_work()
        case = self._live_case(user, at)
        if happens(self.days.rng, 0.5):
            user.ties.append(case.subject)
        else:
            self.days.force.unit_of[case.subject] = user.units[0]
        return user, self._visits(user, at, case.victim, self._some(1, 3))

    def trawl(self) -> tuple[User, list[Look]]:
        """Go through names, opening them or only reading the lists."""
        user, at = self._at_work()
        opens = happens(self.days.rng, 0.7)
        many = self._some(10, 40) if opens else self._some(20, 60)
        apart = timedelta(minutes=self.days.rng.uniform(15, 90)) / many
        names = self.days.rng.sample(self._outsiders(user), k=many)
        if opens:
            return user, [
                self.days.person(user, at + apart * n, name, f"Check {n}")
                for n, name in enumerate(names)
            ]
        return user, [self.days.search(user, at + apart * n, "Check") for n in range(many)]

    def again_and_again(self) -> tuple[User, list[Look]]:
        """Come back to one person for days."""
        user, at = self._at_work()
        person, spread = self.days.rng.choice(self._outsiders(user)), self.days.rng.uniform(2, 9)
        visits = self._some(4, 10)
        gap = timedelta(days=spread) / visits
        return user, [
            self.days.person(user, at + gap * n, person, f"Update {n}") for n in range(visits)
        ]

    def odd_hours_export(self) -> tuple[User, list[Look]]:
        """Open things in the small hours, then take them out."""
        user, at = self._at_work(works_nights=False)
        at = at.replace(hour=self._some(0, 4))
        people = self.days.rng.sample(self._outsiders(user), k=self._some(1, 9))
        looks = [
            self.days.person(user, at + timedelta(minutes=n), person, f"File {n}")
            for n, person in enumerate(people)
        ]
        return user, [*looks, self.days.export(user, at + timedelta(minutes=self._some(10, 50)))]

    def after_removal(self) -> tuple[User, list[Look]]:
        """Go on looking at what one was taken off."""
        user, left = self._at_work()
        case = self._live_case(user, left)
        user.circles[case.ref] = [Period(left - timedelta(days=30), left)]
        at = left + timedelta(hours=self.days.rng.uniform(2, 24 * 5))
        return user, [
            self.days.case(user, at + timedelta(hours=5 * n), case.ref, "Update")
            for n in range(self._some(1, 6))
        ]

    def refused(self) -> tuple[User, list[Look]]:
        """Try door after door."""
        user, at = self._at_work()
        times = self._some(5, 15)
        apart = timedelta(minutes=self.days.rng.uniform(5, 180)) / times
        return user, [self.days.refusal(user, at + apart * n) for n in range(times)]

    def copied_reason(self) -> tuple[User, list[Look]]:
        """Paste one reason for everybody."""
        user, at = self._at_work()
        people = self.days.rng.sample(self._outsiders(user), k=self._some(8, 20))
        apart = timedelta(days=self.days.rng.uniform(1, 8)) / len(people)
        return user, [
            self.days.person(user, at + apart * n, person, "Routine check as discussed")
            for n, person in enumerate(people)
        ]

    def on_leave(self) -> tuple[User, list[Look]]:
        """Sign in while away."""
        rng = self.days.rng
        user, away = rng.choice(
            [(one, away) for one in self.days.force.users for away in one.leave]
        )
        first = away.start + timedelta(hours=rng.uniform(2, 40))
        someone = rng.choice(self._outsiders(user))
        return user, [
            self.days.person(user, first + timedelta(minutes=9 * n), someone, f"Enquiry {n}")
            for n in range(self._some(1, 6))
        ]

    def _at_work(self, *, works_nights: bool | None = None) -> tuple[User, datetime]:
        """Draw somebody and a moment at which they are at work, after a month of ordinary use."""
        rng = self.days.rng
        while True:
            user, day = rng.choice(self.days.force.users), rng.randint(30, DAYS - 12)
            start = user.starts_at(day)
            if start is not None and works_nights in (None, user.works_nights):
                return user, moment(day, start + rng.uniform(0, 6))

    def _outsiders(self, user: User) -> list[str]:
        """Return people of the public whom this user has no work with."""
        theirs = {one for ref in user.circles for one in self.days.force.cases[ref].people}
        theirs |= {user.person, *user.ties, *user.tasks}
        return [one for one in self.days.force.people[3600:-60] if one not in theirs]

    def _live_case(self, user: User, at: datetime) -> Case:
        """Draw a case that runs, which is none of this user's work and about nobody close."""
        mine = {one for ref in user.circles for one in self.days.force.cases[ref].people}
        mine |= {user.person, *user.ties, *user.tasks}
        fitting = [
            case
            for case in self.days.force.cases.values()
            if case.runs.holds(at) and case.ref not in user.circles and mine.isdisjoint(case.people)
        ]
        return self.days.rng.choice(fitting)

    def _visits(self, user: User, at: datetime, person: str, times: int) -> list[Look]:
        return [
            self.days.person(user, at + timedelta(hours=7 * n), person, f"Enquiry {n}")
            for n in range(times)
        ]

    def _some(self, least: int, most: int) -> int:
        return self.days.rng.randint(least, most)


_TELLS: Mapping[str, Callable[[Stories], tuple[User, list[Look]]]] = {
    "own-record": Stories.own_record,
    "declared-tie": Stories.declared_tie,
    "colleague": Stories.colleague,
    "neighbour": Stories.neighbour,
    "trawl": Stories.trawl,
    "again-and-again": Stories.again_and_again,
    "odd-hours-export": Stories.odd_hours_export,
    "after-removal": Stories.after_removal,
    "refused": Stories.refused,
    "copied-reason": Stories.copied_reason,
    "on-leave": Stories.on_leave,
    "victim": Stories.victim,
}
