"""An invented force for putting the rules to the test: people, users, cases, circles, leave.

Everything is drawn from one seed. It has what makes ordinary work look odd: big units,
neighbours, users who are subjects, circles that end, rotas with nights.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from onrecord.core.looking.stream import Account, Known, Period

DAYS = 90
FIRST_DAY = datetime(2031, 1, 6, tzinfo=UTC)
_USERS, _STAFF, _PUBLIC, _UNITS, _ADDRESSES, _CASES = 200, 3600, 2400, 60, 3000, 400
_ROTA = {"day": 8, "late": 14, "night": 22}


@dataclass(slots=True)
class User:
    """One invented user; what `Account` says of them, while it is still being drawn."""

    name: str
    person: str
    works_nights: bool
    rest_day: int
    ties: list[str]
    units: list[str]
    leave: list[Period]
    circles: dict[str, list[Period]] = field(default_factory=dict)
    tasks: dict[str, list[Period]] = field(default_factory=dict)

    def is_away(self, at: datetime) -> bool:
        """Tell whether they are on leave then."""
        return any(away.holds(at) for away in self.leave)

    def starts_at(self, day: int) -> int | None:
        """Return the hour at which they start on that day; none if they do not work."""
        if (day + self.rest_day) % 7 in (5, 6) or self.is_away(moment(day, 12)):
            return None
        week = (day // 7 + self.rest_day) % 3
        return _ROTA[("day", "late", "night")[week]] if self.works_nights else _ROTA["day"]


@dataclass(slots=True)
class Case:
    """One invented case: its subject, its victim, everybody in it, and while it runs."""

    ref: str
    subject: str
    victim: str
    people: list[str]
    begins: datetime
    ends: datetime

    @property
    def runs(self) -> Period:
        """Return while it runs."""
        return Period(self.begins, self.ends)


@dataclass(slots=True)
class Force:
    """The whole invented force."""

    users: list[User]
    people: list[str]
    unit_of: dict[str, str]
    address_of: dict[str, str]
    cases: dict[str, Case]

    def known(self) -> Known:
        """Return what the rules are told of it."""
        investigated: dict[str, tuple[Period, ...]] = {}
        victims: dict[str, frozenset[str]] = {}
        cases_of: dict[str, tuple[str, ...]] = {}
        for case in self.cases.values():
            investigated[case.subject] = (*investigated.get(case.subject, ()), case.runs)
            victims[case.victim] = victims.get(case.victim, frozenset()) | {case.subject}
            for person in case.people:
                cases_of[person] = (*cases_of.get(person, ()), case.ref)
        return Known(
            accounts={user.name: self._account(user) for user in self.users},
            units={person: frozenset({unit}) for person, unit in self.unit_of.items()},
            addresses=self.address_of,
            under_investigation=investigated,
            victims_of=victims,
            cases_of=cases_of,
        )

    def _account(self, user: User) -> Account:
        return Account(
            name=user.name,
            person=user.person,
            ties=frozenset(user.ties),
            units=frozenset(user.units),
            address=self.address_of[user.person],
            circles={thing: tuple(periods) for thing, periods in user.circles.items()},
            tasks={thing: tuple(periods) for thing, periods in user.tasks.items()},
            leave=tuple(user.leave),
        )


def moment(day: int, hour: float) -> datetime:
    """Return a moment of the invented calendar."""
    return FIRST_DAY + timedelta(days=day, hours=hour)


def happens(rng: Random, share: float) -> bool:
    """Draw whether something happens that happens in this share of times."""
    return rng.random() < share


def a_force(rng: Random) -> Force:
    """Draw a force."""
    staff = [f"staff-{number}" for number in range(_STAFF)]
    people = staff + [f"public-{number}" for number in range(_PUBLIC)]
    unit_of = {person: f"unit-{rng.randrange(_UNITS)}" for person in staff}
    address_of = {person: f"address-{rng.randrange(_ADDRESSES)}" for person in people}
    users = [_user(rng, number, people, unit_of) for number in range(_USERS)]
    cases = {case.ref: case for case in (_case(rng, n, staff, people) for n in range(_CASES))}
    force = Force(users, people, unit_of, address_of, cases)
    for case in cases.values():
        _fill_circle(rng, force, case)
    return force


def _user(rng: Random, number: int, people: list[str], unit_of: dict[str, str]) -> User:
    person = f"staff-{number}"
    former = rng.sample([f"unit-{n}" for n in range(_UNITS)], k=rng.choice((0, 0, 1)))
    begins = [rng.uniform(5, 45), rng.uniform(50, 85)][: rng.choice((0, 1, 1, 2))]
    return User(
        name=f"user-{number:03}",
        person=person,
        works_nights=happens(rng, 0.2),
        rest_day=rng.randrange(7),
        ties=[one for one in rng.sample(people, k=rng.choice((1, 2, 3))) if one != person],
        units=[unit_of[person], *former],
        leave=[
            Period(moment(int(day), 0), moment(int(day) + rng.randint(2, 14), 0)) for day in begins
        ],
    )


def _case(rng: Random, number: int, staff: list[str], people: list[str]) -> Case:
    begin, length = rng.randint(-60, 80), rng.randint(20, 120)
    involved = rng.sample(people, k=rng.randint(3, 8))
    subject = rng.choice(staff)
    return Case(
        ref=f"case-{number}",
        subject=subject,
        victim=involved[0],
        people=[subject, *(one for one in involved if one != subject)],
        begins=moment(begin, 9),
        ends=moment(begin + length, 9),
    )


def _fill_circle(rng: Random, force: Force, case: Case) -> None:
    """Put users into the circle; nobody close to it, and some leave before it ends."""
    begin, end = case.begins, case.ends
    for user in rng.sample(force.users, k=rng.randint(2, 4)):
        close = {user.person, *user.ties}
        if not close.isdisjoint(case.people):
            continue
        left = begin + (end - begin) * rng.uniform(0.2, 0.9) if happens(rng, 0.2) else end
        user.circles.setdefault(case.ref, []).append(Period(begin, left))
