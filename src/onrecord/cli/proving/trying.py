"""Try the cells of the matrix on a store, and say where what came is not what should have."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.urls import reverse

from onrecord.cli.proving.cells import NOBODY, Cell, Expected
from onrecord.cli.proving.kinds import KINDS, NO_THING, Kind
from onrecord.cli.proving.people import signed_in
from onrecord.cli.proving.situations import BEHIND_A_SEAL, NEVER_WAS, Situation, State
from onrecord.cli.proving.things import Things
from onrecord.cli.proving.visiting import (
    Address,
    patterns_by_route,
    plain_text,
    table_of_addresses,
)
from onrecord.core.permissions.table import Reach, reach

if TYPE_CHECKING:
    from django.test import Client

NEVER_TRIED = frozenset({
    "accounts:sign-out", "health-ready", "health-live",
    "accounts:second-step", "accounts:openid-there", "accounts:openid-back",
})  # fmt: skip
"""Leaving takes the next cell's sign-in with it; health is about the machine; the rest
need a sign-in that is under way, and are tried with one in `tests/integration/signing_in`."""


USES_UP = frozenset({"seals:take-out", "seals:end-member"})
"""What is done there at once leaves a seal with less behind it than the next cell needs."""

_LONG = 8
"""Texts in an address that are shorter than this could be part of other words of a page."""


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


def routes_tried() -> dict[str, Mapping[str, str]]:
    """Return every address that is tried, with the names in it and the converter of each."""
    return {
        route: dict(names)
        for route, names in patterns_by_route().items()
        if route not in NEVER_TRIED
    }


def try_cells(chosen: Iterable[Cell], kinds: Mapping[str, Kind], things: Things) -> Tried:
    """Try each cell with a client of its role."""
    tried = Tried()
    parts = routes_tried()
    clients: dict[str, Client] = {}
    missing: dict[tuple[str, str, str], str] = {}
    for cell in sorted(
        chosen, key=lambda cell: (cell.role, cell.route, cell.method, cell.state != State.MISSING)
    ):
        situation = (cell.state, cell.relation)
        values = things.values(kinds[cell.route], situation, cell.role, parts[cell.route])
        address = reverse(cell.route, kwargs=values)
        status, body = _send(clients, cell, address)
        tried.cells += 1
        came = _came(status)
        tried.came[f"{cell.expected}"] += 1
        if cell.route in USES_UP and came is Expected.SHOWN:
            things.renew_seal()
        if status >= 500:  # noqa: PLR2004
            tried.errors.append(f"{cell.told}, {status} came")
        elif came is not cell.expected:
            wrong = tried.wrong_allows if came is Expected.SHOWN else tried.wrong_refusals
            wrong.append(f"{cell.told}, {status} came ({address})")
        elif came is Expected.NOTHING:
            body = plain_text(_without(body, address, values))
            first = missing.setdefault((cell.role, cell.route, cell.method), body)
            if first != body:
                tried.tellable.append(f"{cell.told}: its page differs from that of what never was")
    return tried


def _without(body: str, address: str, values: Mapping[str, object]) -> str:
    """Return an answer without what was asked for: the same for everything that is not there."""
    for asked in (
        address,
        *(text for value in values.values() if len(text := str(value)) >= _LONG),
    ):
        body = body.replace(asked, "?")
    return body


DRAWN_ANEW = frozenset({
    "accounts:add-codes", "accounts:add-passkey", "accounts:recovery-codes", "looks:mine",
})  # fmt: skip
"""Never the same twice, whatever is asked: new secrets, and the list of one's own looks."""

SWAPPED = ("case", "person", "document", "file")
"""Kinds of thing whose references are put into forms and addresses."""

FIELDS = ("reference", "case", "person", "incident", "about", "subject", "text", "references", "to",
          "document", "file", "within")  # fmt: skip
"""What forms and addresses call the field in which somebody could put another's reference."""


def try_swaps(
    things: Things, roles: Iterable[str], kinds: Mapping[str, Kind]
) -> tuple[int, list[str]]:
    """Put a sealed reference, then one that never was, into every form and address; compare.

    Returns how many were compared, and where the two could be told apart.
    """
    tellable, tried = [], 0
    plain = [
        row for row in table_of_addresses()
        if kinds.get(row.route) is NO_THING and row.verb != "open" and row.route not in DRAWN_ANEW
    ]  # fmt: skip
    for role in roles:
        client = signed_in(role)
        for row, kind in itertools.product(plain, SWAPPED):
            if row.method not in {"GET", "POST"} or reach(row.verb, [role]) is Reach.NONE:
                continue
            one, other = (
                _put_in(client, row, _reference(things, kind, situation, role))
                for situation in (BEHIND_A_SEAL, NEVER_WAS)
            )
            tried += 1
            if one != other:
                tellable.append(
                    f"{role}, {row.method} {row.route}: a sealed {kind} in a field is told apart"
                )
    return tried, tellable


def _reference(things: Things, kind: str, situation: Situation, role: str) -> str:
    return str(things.values(KINDS[kind], situation, role, {"reference": "str"})["reference"])


def _put_in(client: "Client", row: Address, reference: str) -> tuple[int, str]:
    """Put a reference into every field of a form or address; return the answer without it."""
    send = client.post if row.method == "POST" else client.get
    answer: Any = send(reverse(row.route), dict.fromkeys(FIELDS, reference))
    if answer.streaming:
        return answer.status_code, ""
    body = plain_text(answer.content.decode("utf-8", "replace"))
    return answer.status_code, body.replace(reference, "?").replace(quote(reference), "?")


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
    if answer.status_code in {301, 302, 303}:
        clients[cell.role].get("/")  # what is said of an act once stands on no later cell's page
    return answer.status_code, body.decode("utf-8", "replace")


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
