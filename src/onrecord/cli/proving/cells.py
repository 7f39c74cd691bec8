"""The matrix: every role, address, method, state of the thing and relation to it; and what should come."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from onrecord.cli.proving.kinds import Kind, Whose
from onrecord.cli.proving.situations import (
    NOTHING_OF_ITS_OWN,
    THERE,
    Relation,
    Situation,
    State,
)
from onrecord.cli.proving.visiting import Address
from onrecord.core.permissions.table import Reach, reach

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NOBODY = "nobody"
"""Somebody who has not signed in."""

BEHIND = frozenset({"head_of_counter_corruption"})
"""The role that keeps the seals of the invented world, and so is behind them."""


class Expected(StrEnum):
    """What should come back."""

    SHOWN = "answered"
    NOTHING = "nothing there"
    REFUSED = "refused"
    NO_SUCH_METHOD = "no such method"
    SIGN_IN_FIRST = "sign in first"


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing to try, and what the table of permissions says should come of it."""

    role: str
    route: str
    method: str
    state: State
    relation: Relation
    expected: Expected

    @property
    def told(self) -> str:
        """Return the cell in words."""
        return (
            f"{self.role}, {self.method} {self.route}, {self.state}, {self.relation}:"
            f" {self.expected} expected"
        )


def cells(
    table: list[Address], kinds: Mapping[str, Kind], roles: tuple[str, ...]
) -> Iterator[Cell]:
    """Yield every cell. `kinds` says of which kind the thing at an address is."""
    verbs = {(row.route, row.method): row.verb for row in table}
    is_open = {row.route: verbs.get((row.route, "GET")) == "open" for row in table}
    for route in sorted({row.route for row in table} & kinds.keys()):
        for role, method in itertools.product((*roles, NOBODY), METHODS):
            verb = verbs.get((route, method))
            if role == NOBODY and verb is None and is_open[route]:
                yield Cell(role, route, method, *NOTHING_OF_ITS_OWN, Expected.NO_SUCH_METHOD)
                continue
            for state, relation in _situations(kinds[route], role, verb):
                expected = expected_of(role, verb, kinds[route], state, relation)
                yield Cell(role, route, method, state, relation, expected)


def _situations(kind: Kind, role: str, verb: str | None) -> tuple[Situation, ...]:
    if kind.whose is Whose.NOBODYS or not (verb is None or role == NOBODY):
        return kind.situations
    of_somebody = {Whose.ONES_OWN: (State.OPEN, Relation.OTHERS)}
    behind = {Whose.A_SEALS: (State.SEALED, Relation.STRANGER)}
    return ((of_somebody | behind).get(kind.whose, THERE),)


def expected_of(
    role: str, verb: str | None, kind: Kind, state: State, relation: Relation
) -> Expected:
    """Say what should come, from the table of permissions alone."""
    if role == NOBODY:
        return Expected.SHOWN if verb == "open" else Expected.SIGN_IN_FIRST
    if verb is None:
        return Expected.NO_SUCH_METHOD
    if verb != "open" and reach(verb, [role]) is Reach.NONE:
        return Expected.REFUSED
    if verb == "open" or state is State.NONE:
        return Expected.SHOWN
    if kind.needs and reach(kind.needs, [role]) is Reach.NONE:
        return Expected.REFUSED if kind.refuses else Expected.NOTHING
    is_shown = _is_there(role, state, relation) and _reaches(role, verb, kind, relation)
    return Expected.SHOWN if is_shown else Expected.NOTHING


def _is_there(role: str, state: State, relation: Relation) -> bool:
    if relation in {Relation.BARRED, Relation.OTHERS}:
        return False
    return state is State.OPEN or (state is State.SEALED and role in BEHIND)


def _reaches(role: str, verb: str, kind: Kind, relation: Relation) -> bool:
    """Tell whether a verb, and reading the thing itself, both reach as far as the thing."""
    if kind.whose is Whose.ONES_OWN:
        return True
    is_read = kind.reads and reach(kind.reads, [role]) is not Reach.NONE
    return all(
        reach(one, [role]) is not Reach.CIRCLE or relation is Relation.CIRCLE
        for one in (verb, *([kind.reads] if is_read else []))
    )


def pairwise(every: list[Cell]) -> list[Cell]:
    """Return cells among which every two values of different questions come together once.

    Greedy over role with address, address with state and relation, role with state and
    relation, method with each: what two questions can get wrong together is met.
    """
    met: set[tuple[str, ...]] = set()
    chosen = []
    for cell in every:
        pairs = {
            ("role-route", cell.role, cell.route),
            ("route-method", cell.route, cell.method),
            ("role-method", cell.role, cell.method, cell.expected),
            ("route-state", cell.route, cell.state, cell.relation),
            ("role-state", cell.role, cell.state, cell.relation),
        }
        if cell.expected is Expected.NO_SUCH_METHOD:
            pairs = {("route-method", cell.route, cell.method)}
        if not pairs <= met:
            met |= pairs
            chosen.append(cell)
    return chosen
