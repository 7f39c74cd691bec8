"""The matrix: every role, address, method, state of the thing and relation to it; and what should come."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from onrecord.cli.proving.visiting import Address
from onrecord.core.permissions.table import Reach, permissions, reach

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NOBODY = "nobody"
"""Somebody who has not signed in."""

BEHIND = frozenset({"head_of_counter_corruption"})
"""The role that keeps the seals of the invented world, and so is behind them."""


class State(StrEnum):
    """What is at the address."""

    NONE = "no thing of its own"
    OPEN = "there"
    SEALED = "behind a seal"
    MISSING = "never was"


class Relation(StrEnum):
    """What the account has to do with it."""

    STRANGER = "nothing"
    CIRCLE = "in its circle"
    BARRED = "barred from it"


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


def cells(table: list[Address], kinds: Mapping[str, str], roles: tuple[str, ...]) -> Iterator[Cell]:
    """Yield every cell. `kinds` says of which kind the thing at an address is; empty for none."""
    verbs = {(row.route, row.method): row.verb for row in table}
    is_open = {row.route: verbs.get((row.route, "GET")) == "open" for row in table}
    for route in sorted({row.route for row in table} & kinds.keys()):
        for role, method in itertools.product((*roles, NOBODY), METHODS):
            verb = verbs.get((route, method))
            if role == NOBODY and verb is None and is_open[route]:
                yield Cell(
                    role, route, method, State.NONE, Relation.STRANGER, Expected.NO_SUCH_METHOD
                )
                continue
            for state, relation in _situations(kinds[route], role, verb):
                expected = expected_of(role, verb, kinds[route], state, relation)
                yield Cell(role, route, method, state, relation, expected)


def _situations(kind: str, role: str, verb: str | None) -> list[tuple[State, Relation]]:
    if kind in {"", "unknown"}:
        return [(State.MISSING if kind else State.NONE, Relation.STRANGER)]
    if verb is None or role == NOBODY:
        return [(State.OPEN, Relation.STRANGER)]
    if kind == "task":  # whose an open task is, its own tests ask; behind a wall it is nobody's
        return [(State.MISSING, Relation.STRANGER), (State.SEALED, Relation.STRANGER),
                (State.OPEN, Relation.BARRED)]  # fmt: skip
    return [
        (State.MISSING, Relation.STRANGER), (State.SEALED, Relation.STRANGER),
        (State.SEALED, Relation.CIRCLE), (State.OPEN, Relation.STRANGER),
        (State.OPEN, Relation.CIRCLE), (State.OPEN, Relation.BARRED),
    ]  # fmt: skip


def expected_of(
    role: str, verb: str | None, kind: str, state: State, relation: Relation
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
    is_there = relation is not Relation.BARRED and (
        state is State.OPEN or (state is State.SEALED and role in BEHIND)
    )
    return Expected.SHOWN if is_there and _reaches(role, verb, kind, relation) else Expected.NOTHING


def _reaches(role: str, verb: str, kind: str, relation: Relation) -> bool:
    """Tell whether a verb, and reading the thing itself, both reach as far as the thing."""
    return all(
        reach(one, [role]) not in {Reach.NONE, Reach.CIRCLE} or relation is Relation.CIRCLE
        for one in (verb, f"{kind}:read")
        if one in permissions() and (one == verb or reach(one, [role]) is not Reach.NONE)
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
