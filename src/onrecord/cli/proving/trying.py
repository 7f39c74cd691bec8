"""Try the cells of the matrix on a store, and say where what came is not what should have."""

import itertools
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from onrecord.cli.proving.cells import NOBODY, Cell, Expected, Relation, State
from onrecord.cli.proving.people import signed_in
from onrecord.cli.proving.visiting import patterns_by_route, plain_text, table_of_addresses
from onrecord.core.kernel.ids import public_reference
from onrecord.core.permissions.table import Reach, reach

if TYPE_CHECKING:
    from django.test import Client

    from onrecord.cli.proving.world import Invented

MISSING = {
    "case": "C-00000-00000-0",
    "person": "P-00000-00000-0",
    "incident": "I-00000-00000-0",
    "task": "T-00000-00000-0",
}
LETTERS = {"case": "C", "person": "P", "incident": "I", "task": "T"}
UNKNOWN = "unknown"
ALL_REACHING = ("review_lead", "appropriate_authority", "head_of_counter_corruption")
"""Roles that between them reach every kind of thing: used to find out what an address is about."""

NEVER_TRIED = frozenset({
    "accounts:sign-out", "health-ready", "health-live",
    "accounts:second-step", "accounts:openid-there", "accounts:openid-back",
})  # fmt: skip
"""Leaving takes the next cell's sign-in with it; health is about the machine; the rest
need a sign-in that is under way, and are tried with one in `tests/integration/signing_in`."""


@dataclass(slots=True)
class Things:
    """One thing of each kind and state, for whom it is open, in a circle, or barred."""

    circle: dict[str, uuid.UUID]
    stranger: dict[str, uuid.UUID]
    barred: dict[str, uuid.UUID]
    sealed: dict[str, uuid.UUID]
    sealed_in_circle: dict[str, uuid.UUID]

    def reference(self, kind: str, state: State, relation: Relation) -> str:
        """Return what somebody would type for the thing of a cell."""
        if kind not in LETTERS or state is State.MISSING:
            return MISSING.get(kind, "X-00000-00000-0")
        if state is State.SEALED:
            of = self.sealed_in_circle if relation is Relation.CIRCLE else self.sealed
        else:
            of = {Relation.STRANGER: self.stranger, Relation.CIRCLE: self.circle,
                  Relation.BARRED: self.barred}[relation]  # fmt: skip
        return public_reference(LETTERS[kind], of[kind])


@dataclass(slots=True)
class Tried:
    """What trying came to."""

    cells: int = 0
    wrong_allows: list[str] = field(default_factory=list)
    wrong_refusals: list[str] = field(default_factory=list)
    tellable: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    came: Counter[str] = field(default_factory=Counter)

    @property
    def failures(self) -> list[str]:
        """Return everything that was wrong."""
        return [*self.wrong_allows, *self.wrong_refusals, *self.tellable, *self.errors]


def kinds_of_routes(invented: "Invented") -> dict[str, str]:
    """Return of which kind the thing at each address is, found out by asking.

    Empty for an address without a thing in it; `unknown` where none of the invented
    things is there: such an address is tried with what never was.
    """
    kinds: dict[str, str] = {}
    clients = [signed_in(role) for role in ALL_REACHING]
    open_things = {
        "case": public_reference("C", invented.cases[0]),
        "person": public_reference("P", invented.people[3]),
        "incident": public_reference("I", invented.incidents[0]),
        "task": public_reference("T", invented.tasks[0]),
    }
    for route, names in patterns_by_route().items():
        if route in NEVER_TRIED:
            continue
        if not names:
            kinds[route] = ""
            continue
        kinds[route] = next(
            (
                kind for kind, reference in open_things.items()
                if any(client.get(address_of(route, names, reference)).status_code
                       in {200, 302, 405} and client.get(
                           address_of(route, names, MISSING[kind])).status_code == 404  # noqa: PLR2004
                       for client in clients)
            ),
            UNKNOWN,
        )  # fmt: skip
    return kinds


def address_of(route: str, names: Iterable[tuple[str, str]], reference: str) -> str:
    """Return an address with `reference` where a text is asked for, and nothing's number elsewhere."""
    from django.urls import NoReverseMatch, reverse

    values = {
        name: {"str": reference, "int": 987654, "uuid": uuid.UUID(int=7)}.get(kind, reference)
        for name, kind in names
    }
    try:
        return reverse(route, kwargs=values)
    except NoReverseMatch:
        return "/nowhere"


def try_cells(chosen: Iterable[Cell], kinds: Mapping[str, str], things: Things) -> Tried:
    """Try each cell with a client of its role."""
    tried = Tried()
    names = patterns_by_route()
    clients: dict[str, Client] = {}
    missing: dict[tuple[str, str, str], str] = {}
    for cell in sorted(
        chosen, key=lambda cell: (cell.role, cell.route, cell.method, cell.state != State.MISSING)
    ):
        reference = things.reference(kinds[cell.route], cell.state, cell.relation)
        address = address_of(cell.route, names[cell.route], reference)
        status, body = _send(clients, cell, address)
        tried.cells += 1
        came = _came(status)
        tried.came[f"{cell.expected}"] += 1
        if status >= 500:  # noqa: PLR2004
            tried.errors.append(f"{cell.told}, {status} came")
        elif came is not cell.expected:
            wrong = tried.wrong_allows if came is Expected.SHOWN else tried.wrong_refusals
            wrong.append(f"{cell.told}, {status} came ({address})")
        elif came is Expected.NOTHING:
            body = body.replace(reference, "?")
            first = missing.setdefault((cell.role, cell.route, cell.method), body)
            if first != body:
                tried.tellable.append(f"{cell.told}: its page differs from that of what never was")
    return tried


DRAWN_ANEW = frozenset({
    "accounts:add-codes", "accounts:add-passkey", "accounts:recovery-codes", "looks:mine",
})  # fmt: skip
"""Never the same twice, whatever is asked: new secrets, and the list of one's own looks."""

FIELDS = ("reference", "case", "person", "incident", "about", "subject", "text", "references", "to")
"""What forms and addresses call the field in which somebody could put another's reference."""


def try_swaps(
    things: Things, roles: Iterable[str], kinds: Mapping[str, str]
) -> tuple[int, list[str]]:
    """Put a sealed reference, then one that never was, into every form and address; compare.

    Returns how many were compared, and where the two could be told apart.
    """
    tellable, tried = [], 0
    plain = [
        row
        for row in table_of_addresses()
        if kinds.get(row.route) == "" and row.verb != "open" and row.route not in DRAWN_ANEW
    ]
    for role in roles:
        client = signed_in(role)
        for row, kind in itertools.product(plain, ("case", "person")):
            if row.method not in {"GET", "POST"} or reach(row.verb, [role]) is Reach.NONE:
                continue
            answers = []
            for reference in (
                things.reference(kind, State.SEALED, Relation.STRANGER),
                MISSING[kind],
            ):
                send = client.post if row.method == "POST" else client.get
                answer = send(address_of(row.route, (), ""), dict.fromkeys(FIELDS, reference))
                body = (
                    plain_text(answer.content.decode("utf-8", "replace"))
                    if not answer.streaming
                    else ""
                )
                answers.append(
                    (
                        answer.status_code,
                        body.replace(reference, "?").replace(quote(reference), "?"),
                    )
                )
            tried += 1
            if answers[0] != answers[1]:
                tellable.append(
                    f"{role}, {row.method} {row.route}: a sealed {kind} in a field is told apart"
                )
    return tried, tellable


def _send(clients: "dict[str, Client]", cell: Cell, address: str) -> tuple[int, str]:
    from django.test import Client

    if cell.role not in clients:
        clients[cell.role] = (
            Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
            if cell.role == NOBODY
            else signed_in(cell.role)
        )
    answer: Any = clients[cell.role].generic(cell.method, address)
    if (
        cell.role != NOBODY
        and answer.status_code in {302, 303}
        and "sign-in" in answer.headers.get("location", "")
    ):
        clients[cell.role] = signed_in(cell.role)  # an act of this cell ended the session
        answer = clients[cell.role].generic(cell.method, address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    where = answer.headers.get("location", "")
    if answer.status_code in {301, 302, 303} and where.startswith("/account/sign-in"):
        return 401, ""
    return answer.status_code, plain_text(body.decode("utf-8", "replace"))


def _came(status: int) -> Expected:
    match status:
        case 401:
            return Expected.SIGN_IN_FIRST
        case 403:
            return Expected.REFUSED
        case 404:
            return Expected.NOTHING
        case 405:
            return Expected.NO_SUCH_METHOD
        case _:
            return Expected.SHOWN
