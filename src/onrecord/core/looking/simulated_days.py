"""Ninety days of ordinary use of the invented force: what nobody should be troubled about.

It has the clumsy and the unlucky in it: a list worked through without a task, one stock
reason for everything, a wrong link, a night on call, a hand-over question after leaving.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onrecord.core.looking.simulated_force import DAYS, Force, User, happens, moment
from onrecord.core.looking.stream import Look, Period

_STOCK = ("Enquiry", "Telephone call", "Checking a reference", "Returned a call", "Post")
_SHIFT_HOURS = 8.0


@dataclass(slots=True)
class Days:
    """Draws the looks of ordinary days."""

    rng: Random
    force: Force

    def looks(self) -> Iterator[Look]:
        """Yield every ordinary look, in no order and without a number."""
        for user in self.force.users:
            yield from self._hand_overs(user)
            for day in range(DAYS):
                start = user.starts_at(day)
                if start is not None:
                    yield from self._day(user, moment(day, start))
                elif user.is_away(moment(day, 12)) and happens(self.rng, 0.003):
                    yield self.person(user, moment(day, 11), self._anybody(user), "Called in")

    def worked(self) -> int:
        """Return how many days were worked, over all users."""
        return sum(
            user.starts_at(day) is not None for user in self.force.users for day in range(DAYS)
        )

    def person(self, user: User, at: datetime, person: str, reason: str) -> Look:
        """Make a look at one person."""
        return Look(0, at, user.name, "person:read", "person", person, "people:person", reason,
                    people=(person,))  # fmt: skip

    def case(self, user: User, at: datetime, ref: str, reason: str) -> Look:
        """Make a look at one case, which shows its subject."""
        subject = self.force.cases[ref].subject
        return Look(0, at, user.name, "case:read", "case", ref, "cases:case", reason,
                    people=(subject,), case=ref)  # fmt: skip

    def search(self, user: User, at: datetime, reason: str) -> Look:
        """Make a search."""
        return Look(0, at, user.name, "person:search", "search", "3 found", "search:people", reason)

    def export(self, user: User, at: datetime) -> Look:
        """Take something out."""
        return Look(0, at, user.name, "export:take", "export", "list", "export:take", "Meeting")

    def refusal(self, user: User, at: datetime) -> Look:
        """Be refused something."""
        return Look(0, at, user.name, "case:read", "case", "refused", "cases:case", "Link",
                    was_refused=True)  # fmt: skip

    def _day(self, user: User, start: datetime) -> Iterator[Look]:
        rng = self.rng
        yield from self._cases(user, start)
        if happens(rng, 0.25):
            yield from self._list_of_a_task(user, start)
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            yield from self._enquiry(user, self._sometime(start))
        yield from self._clumsiness(user, start)
        if happens(rng, 0.03):
            yield self.export(user, self._sometime(start))
        if happens(rng, 0.005) and not user.works_nights:
            yield from self._on_call(user, start)

    def _cases(self, user: User, start: datetime) -> Iterator[Look]:
        live = [
            ref for ref, periods in user.circles.items() if any(p.holds(start) for p in periods)
        ]
        for _ in range(self.rng.randint(4, 12) if live else 0):
            ref, at = self.rng.choice(live), self._sometime(start)
            if not any(period.holds(at) for period in user.circles[ref]):
                continue
            yield self.case(user, at, ref, f"Work on {ref}")
            if happens(self.rng, 0.4):
                somebody = self.rng.choice(self.force.cases[ref].people)
                yield self.person(user, at + timedelta(minutes=2), somebody, f"Work on {ref}")

    def _list_of_a_task(self, user: User, start: datetime) -> Iterator[Look]:
        at = self._sometime(start)
        for person in self.rng.sample(self.force.people, k=self.rng.randint(2, 20)):
            if person in {user.person, *user.ties}:
                continue
            given = Period(start, start + timedelta(days=3))
            user.tasks.setdefault(person, []).append(given)
            at += timedelta(minutes=self.rng.uniform(0.5, 6))
            yield self.person(user, at, person, "Intake list of the day")

    def _enquiry(self, user: User, at: datetime) -> Iterator[Look]:
        reason = self._reason(at)
        yield self.search(user, at, reason)
        person = self._anybody(user)
        visits = 1 + happens(self.rng, 0.2) + happens(self.rng, 0.05)
        for visit in range(visits):
            yield self.person(user, at + timedelta(minutes=1 + 50 * visit), person, reason)

    def _clumsiness(self, user: User, start: datetime) -> Iterator[Look]:
        rng, at = self.rng, self._sometime(start)
        if happens(rng, 0.02):
            for wrong in range(rng.randint(1, 2)):
                yield self.refusal(user, at + timedelta(minutes=wrong))
        if happens(rng, 0.0005):
            for wrong in range(rng.randint(3, 8)):
                yield self.refusal(user, at + timedelta(minutes=wrong))
        if happens(rng, 0.0002):
            yield self.person(user, at, user.person, "Wrong name picked")
        if happens(rng, 0.003):
            for caller in range(rng.randint(4, 10)):
                moment_of_call = at + timedelta(minutes=rng.uniform(3, 8) * caller)
                yield self.person(user, moment_of_call, self._anybody(user), "Telephone call")

    def _on_call(self, user: User, start: datetime) -> Iterator[Look]:
        at = start + timedelta(hours=self.rng.uniform(14, 20))
        for look in self._cases(user, start):
            yield Look(0, at, look.account, look.verb, look.kind, look.ref, look.page, look.reason,
                       people=look.people, case=look.case)  # fmt: skip
        if happens(self.rng, 0.1):
            yield self.export(user, at + timedelta(minutes=20))

    def _hand_overs(self, user: User) -> Iterator[Look]:
        for ref, periods in user.circles.items():
            left = periods[-1].end
            if left is not None and moment(0, 0) <= left < moment(DAYS, 0):
                after = left + timedelta(hours=self.rng.uniform(0, 48))
                if happens(self.rng, 0.03):
                    yield self.case(user, after, ref, "Question about the hand-over")

    def _anybody(self, user: User) -> str:
        """Draw somebody; a few people ring often, and nobody honest picks their own brother."""
        while True:
            often = happens(self.rng, 0.15)
            person = self.force.people[-1 - self.rng.randrange(60)] if often else self.rng.choice(
                self.force.people
            )  # fmt: skip
            if person not in {user.person, *user.ties}:
                return person

    def _reason(self, at: datetime) -> str:
        if happens(self.rng, 0.4):
            return self.rng.choice(_STOCK)
        return f"Enquiry of {at:%d %B} number {self.rng.randrange(10**6)}"

    def _sometime(self, start: datetime) -> datetime:
        return start + timedelta(hours=self.rng.uniform(0, _SHIFT_HOURS))
