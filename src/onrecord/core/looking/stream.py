"""What the rules are handed: looks from the ledger, and what is known about who looked.

Nothing here reads anything. Whoever calls has read the ledger, the circles, the leave
and the facts, and may hand over only what they were permitted to read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Look:
    """One look, or one refusal of it.

    Attributes:
        number: the consultation's number in the ledger; it grows with time.
        verb: `resource:action`, as the table of permissions has it.
        people: the person records that the look is about, however it came to them.
        case: the case that it is about, if it is about one.
    """

    number: int
    at: datetime
    account: str
    verb: str
    kind: str
    ref: str
    page: str
    reason: str
    was_refused: bool = False
    people: tuple[str, ...] = ()
    case: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment until another, which no longer belongs to it; still running without one."""

    start: datetime
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Tell whether `at` lies within."""
        return self.start <= at and (self.end is None or at < self.end)


Periods = Mapping[str, tuple[Period, ...]]
"""By the thing that they concern."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is known about whoever looks.

    Attributes:
        person: their own person record, if they have one.
        ties: relatives, partners and associates past and present, as declared or on record.
        units: every unit they serve or have served in.
        address: a code that two neighbours share; empty when it was not given.
        circles: the cases and people in whose circle they were, and when.
        tasks: the cases and people about which they were given work, and when.
        leave: when they were away.
    """

    name: str
    person: str = ""
    ties: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    address: str = ""
    circles: Periods = field(default_factory=dict)
    tasks: Periods = field(default_factory=dict)
    leave: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about the people and cases that are looked at.

    Attributes:
        under_investigation: when each person was the subject of a matter.
        victims_of: for each victim, the subjects of the matters in which they are one.
        cases_of: the cases that each person is part of.
    """

    accounts: Mapping[str, Account]
    units: Mapping[str, frozenset[str]] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    under_investigation: Periods = field(default_factory=dict)
    victims_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cases_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def account(self, name: str) -> Account:
        """Return what is known about an account; of one never heard of, only its name."""
        return self.accounts.get(name) or Account(name)

    def things_of(self, look: Look) -> tuple[str, ...]:
        """Return every case and person by which this look could be somebody's work."""
        cases = tuple(case for person in look.people for case in self.cases_of.get(person, ()))
        return tuple(thing for thing in (look.case, *look.people, *cases) if thing)

    def is_expected(self, look: Look) -> bool:
        """Tell whether a circle or a task that runs at that moment makes this look their work."""
        account = self.account(look.account)
        return any(
            period.holds(look.at)
            for thing in self.things_of(look)
            for given in (account.circles, account.tasks)
            for period in given.get(thing, ())
        )
