"""Words that stand nowhere else, put where victims and reporters are named; and where they turn up."""

import io
import re
import uuid
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from onrecord.core.conduct.victims import CHANNELS, ENTRY_KINDS
from onrecord.core.kernel.ids import lineage_of, public_reference

if TYPE_CHECKING:
    from onrecord.cli.proving.world import Invented

_LETTERS = "bcdfghjklmnpqrstvwxz"
_SIGN = re.compile(rf"qzxv[{_LETTERS}]{{8}}|07700\W{{0,3}}99\d{{6}}")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PARTS = ("victim", "reporter", "witness")
_REASON = "proving that nothing leaks"


@dataclass(slots=True)
class Canaries:
    """What was planted, and every place it turned up in.

    Attributes:
        planted: each canary's sign, and what it stands for.
        found: for each sign, where it turned up that it should not have.
        permitted: the signs shown where they may be: the one answer that says who somebody is.
        looked: how many things of each channel were searched.
    """

    random: Random
    planted: dict[str, str] = field(default_factory=dict)
    found: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    permitted: set[str] = field(default_factory=set)
    looked: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def word(self, what: str) -> str:
        """Make one more canary that reads as a word."""
        sign = "qzxv" + "".join(self.random.choices(_LETTERS, k=8))
        self.planted[sign] = what
        return sign.capitalize()

    def number(self) -> str:
        """Make one more canary that reads as a telephone number."""
        digits = f"99{self.random.randrange(10**6):06}"
        self.planted[f"07700{digits}"] = "telephone"
        return f"07700 {digits}"

    def search(self, channel: str, where: str, content: bytes | str) -> None:
        """Look for every canary in something that left, or could leave, the compartment."""
        self.looked[channel] += 1
        for sign in self._signs(content):
            self.found[sign].add(f"{channel}: {where}")

    def shown(self, content: bytes) -> None:
        """Take note of what the permitted answer showed."""
        self.permitted |= self._signs(content)

    def _signs(self, content: bytes | str) -> set[str]:
        raw = content.encode() if isinstance(content, str) else content
        return {
            sign
            for text in readings(raw)
            for one in _SIGN.findall(text.lower())
            if (sign := re.sub(r"[^a-z0-9]", "", one)) in self.planted
        }


def readings(raw: bytes) -> Iterator[str]:
    """Yield what stands in some bytes, packed or not: in a ZIP (and so XLSX), a PDF, UTF-16."""
    yield raw.decode("utf-8", "replace")
    if b"\0" in raw:
        yield raw.replace(b"\0", b"").decode("latin-1")
    if raw.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for name in packed.namelist():
                yield name
                yield from readings(packed.read(name))
    if raw.startswith(b"%PDF"):
        for stream in _STREAM.findall(raw):
            try:
                yield zlib.decompress(stream).decode("latin-1")
            except zlib.error:
                yield stream.decode("latin-1")


@dataclass(frozen=True, slots=True)
class Planted:
    """Somebody with canaries about them, and the case they are in."""

    case: uuid.UUID
    party: uuid.UUID

    @property
    def address(self) -> str:
        """Return the address of their page."""
        return f"/victims/cases/{public_reference('C', self.case)}/{self.party}"


def plant(made: "Invented", canaries: Canaries, many: int) -> list[Planted]:
    """Plant `many` canaries: in who parties are, then by the forms of every kind of entry."""
    from onrecord.cli.proving.people import signed_in

    open_to_contact(made)
    client = signed_in("victim_contact")
    parties: list[Planted] = []
    while len(canaries.planted) < many:
        parties.append(_party(made, canaries, len(parties)))
        for code in ENTRY_KINDS:
            if len(canaries.planted) < many:
                _record(client, canaries, parties[-1], code)
        if len(parties) > 1 and len(canaries.planted) < many:
            _compare(client, canaries, parties[-1], parties[-2])
    return parties


def open_to_contact(made: "Invented") -> None:
    """Put the contact officer, and nobody else, into the circle of every case."""
    from onrecord.apps.access.circles import put_in_circle
    from onrecord.apps.access.selectors import user_named
    from onrecord.cli.proving.people import viewer_of_role

    lead, officer = viewer_of_role("review_lead"), user_named("victim.contact")
    for case in made.cases[3:]:
        put_in_circle(viewer=lead, user=officer, thing_kind="case", lineage=case,
                      part="victim_contact", reason=_REASON)  # fmt: skip


def _party(made: "Invented", canaries: Canaries, number: int) -> Planted:
    """Add somebody to a case; every third is an officer themselves."""
    from onrecord.apps.audit.services import recording
    from onrecord.apps.facts.writing import append_fact
    from onrecord.apps.organisations.services import ensure_holder
    from onrecord.core.kernel.clock import today
    from onrecord.core.ledger.actors import Actor, ActorKind

    case = made.cases[number % len(made.cases)]
    party = lineage_of("NSP:PSD", "party_identity", f"canary {number}")
    contact = (
        f"{canaries.number()}, {canaries.word('e-mail')}@example.invalid,"
        f" 14 {canaries.word('address')} Street"
    )
    header: dict[str, Any] = {"holder_id": ensure_holder("NSP:PSD").pk, "known_on": today()}
    officer = (
        {"workforce_record": made.people[number % len(made.people)]} if number % 3 == 0 else {}
    )
    prover = Actor("proving", ActorKind.SYSTEM)
    with recording(
        prover, "views:prove", object_kind="proof", object_ref="canaries", reason=_REASON
    ) as rec:
        append_fact(rec, "party_identity", {
            **header, **officer, "lineage": party, "case_lineage": case,
            "name": f"{canaries.word('name')} {canaries.word('name')}", "contact": contact,
            "injury": f"hurt by {canaries.word('injury')}",
        })  # fmt: skip
        append_fact(rec, "party_role", {
            **header, "lineage": lineage_of("NSP:PSD", "party_role", f"canary {number}"),
            "case_lineage": case, "party": party, "role": _PARTS[number % len(_PARTS)],
            "pseudonym": f"Person {number + 1}",
        })  # fmt: skip
    return Planted(case, party)


def _record(client: Any, canaries: Canaries, party: Planted, code: str) -> None:
    kind = ENTRY_KINDS[code]
    given = {"on_day": "1 November 2026"}
    for name, choices in (("what", kind.whats), ("state", kind.states)):
        if choices:
            given[name] = next(iter(choices))
    if kind.has_channel:
        given["channel"] = next(iter(CHANNELS))
    words = {f"words-{label}": f"said {canaries.word(code)}" for label in kind.words}
    route = "contact" if kind.verb == "victim:contact" else "record"
    _sent(client.post(f"{party.address}/{route}/{code}", given | words))


def _compare(client: Any, canaries: Canaries, one: Planted, other: Planted) -> None:
    given = {"other": str(other.party), "reason": _REASON, "step": "answer", "answer": "cannot_tell",
             "reasons": f"said {canaries.word('comparison')}"}  # fmt: skip
    _sent(client.post(f"{one.address}/compare", given))


def _sent(answer: Any) -> None:
    if answer.status_code != 302:  # noqa: PLR2004
        raise AssertionError(f"A canary could not be planted: {answer.status_code}.")
