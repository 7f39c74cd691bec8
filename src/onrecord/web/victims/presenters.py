"""What the pages of victims and reporters say; nothing here but who_shown() knows who anybody is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.victims.selectors import (
    CaseVictims,
    Followed,
    Opened,
    Party,
    comparable,
    matches_of,
)
from onrecord.core.conduct.distinct import Answer, Range
from onrecord.core.conduct.victims import CHANNELS, ENTRY_KINDS, no_contact_because
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag
from onrecord.web.components.ways.component import Way
from onrecord.web.victims.forms import ANSWERS
from onrecord.web.wording.dates import short_date, uk_date, uk_moment
from onrecord.web.wording.numbers import counted

_ROLES = {
    "victim": "Victim", "witness": "Witness", "reporter": "Reporter",
    "other": "Another part", "unknown": "Part not known",
}  # fmt: skip
_SECTIONS = (
    ("The three schemes", "No update, right or consent as an interested person is recorded.",
     ("update", "right", "interested_person")),
    ("Wishes, consent and safe channel", "No wish, consent or safe channel is recorded.",
     ("wish", "consent", "safe_channel")),
    ("Contact log", "No contact is recorded, nor why there is none.", ("contact", "no_contact")),
    ("Anonymity and withdrawal", "No mark of anonymity and no withdrawal is recorded.",
     ("anonymity", "withdrawal")),
)  # fmt: skip
_OTHERS = {"reasons": "Reasons of a comparison"}


class EntrySeen(Protocol):
    """What a page needs of an entry."""

    id: UUID
    kind: str
    what: str
    state: str
    channel: str
    on_day: date
    recorded_by: str
    recorded_at: datetime
    has_words: bool


@dataclass(frozen=True, slots=True)
class CaseShown:
    """Everything that the page of a case's victims writes."""

    reference: str
    case_href: str
    range: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class VictimShown:
    """Everything that the page of one victim writes."""

    known_as: str
    role: str
    reference: str
    party: UUID
    warning: str
    tags: tuple[Tag, ...]
    tables: tuple[tuple[str, DataTable], ...]
    ways: tuple[Way, ...]
    who_href: str
    compare_href: str
    compared: DataTable | None


@dataclass(frozen=True, slots=True)
class WhoShown:
    """Who somebody is, and everything written freely about them, for one answer."""

    lines: tuple[Line, ...]
    words: tuple[tuple[str, str, str], ...]


def known_as(party: Party) -> str:
    """Return what a party is called outside the compartment."""
    return party.pseudonym or _ROLES[party.role]


def list_shown(found: Sequence[Followed]) -> DataTable:
    """Return the victims of the viewer's cases, case by case."""
    rows: list[Row] = []
    case = ""
    for followed in found:
        if followed.party.case_reference != case:
            case = followed.party.case_reference
            rows.append(Row(heading=f"Case {case}"))
        rows.append(_row(followed))
    return DataTable(
        caption="Victims and reporters of your cases",
        columns=columns("Known as", "Part", "Contact", "Anonymity", "Last recorded"),
        rows=tuple(rows),
        empty="Nobody is recorded as victim, witness or reporter in a case that you work on.",
    )


def case_shown(found: CaseVictims, viewer: Viewer) -> CaseShown:
    """Return the victims and reporters of one case."""
    is_read = may(viewer, "case:read")
    return CaseShown(
        reference=found.reference,
        case_href=reverse("cases:case", args=[found.reference]) if is_read else "",
        range=_range(found.complainants),
        table=DataTable(
            caption="Victims, witnesses and reporters",
            columns=columns("Known as", "Part", "Contact", "Anonymity", "Last recorded"),
            rows=tuple(_row(followed) for followed in found.people),
            empty="Nobody is recorded as victim, witness or reporter in this case.",
        ),
    )


def victim_shown(found: Followed, viewer: Viewer) -> VictimShown:
    """Return one victim, with what to know before any contact first."""
    party = found.party
    address = [party.case_reference, party.lineage]
    may_match = may(viewer, "victim:match")
    return VictimShown(
        known_as=known_as(party),
        role=_ROLES[party.role],
        reference=party.case_reference,
        party=party.lineage,
        warning=contact_warning(found.entries),
        tags=tuple(filter(None, (_anonymity(found.entries),))),
        tables=tuple(
            (heading, _table(heading, empty, kinds, found.entries))
            for heading, empty, kinds in _SECTIONS
        ),
        ways=tuple(_ways(viewer, address)),
        who_href=reverse("victims:who", args=address) if may(viewer, "victim:read") else "",
        compare_href=reverse("victims:compare", args=address) if may_match else "",
        compared=_compared(viewer, party) if may_match else None,
    )


def contact_warning(entries: Sequence[EntrySeen]) -> str:
    """Return what must be known before anybody makes contact: always something."""
    because = no_contact_because(entries)
    if because:
        return f"Do not make contact. {ENTRY_KINDS['no_contact'].whats[because]}."
    channel = next((entry for entry in entries if entry.kind == "safe_channel"), None)
    if channel is None:
        return "No safe channel is recorded. Do not make contact before one is."
    how = CHANNELS[channel.channel].lower()
    return (
        f"Contact only by this safe channel: {how}, as recorded for {uk_date(channel.on_day)}."
        " Look up the number, the safe times and the code word first."
    )


def who_shown(opened: Opened, found: Followed | None) -> WhoShown:
    """Return who somebody is, as the sources say, and what was written freely about them."""
    identity = opened.identity
    said = (
        ("Name", identity.name),
        ("Born", str(identity.birth_year or "")),
        ("Age as stated", str(identity.age_stated or "")),
        ("Number or address", identity.contact),
        ("Injury", identity.injury),
    ) if identity else ()  # fmt: skip
    kinds = {entry.id: ENTRY_KINDS[entry.kind] for entry in found.entries} if found else {}
    written = []
    for words in opened.words if found else ():
        kind = kinds.get(words.about)
        label = kind.words.get(words.label, words.label) if kind else _OTHERS.get(words.label, "")
        heading = f"{kind.label}: {label}" if kind else label
        by = f"{uk_moment(words.recorded_at)}, by {words.recorded_by}"
        written.append((heading or "Note", by, words.words))
    return WhoShown(tuple(Line(name, text) for name, text in said if text), tuple(written))


def _range(found: Range) -> str:
    if not found.at_most:
        return "Nobody is on record as having complained or been harmed."
    if found.at_least == found.at_most:
        text = f"{counted(found.at_most, 'different complainant')}."
    else:
        text = f"At least {found.at_least}, at most {found.at_most} different complainants."
    return f"{text} Some answers contradict each other." if found.contradicts else text


def _row(followed: Followed) -> Row:
    party, entries = followed.party, followed.entries
    because = no_contact_because(entries)
    has_channel = any(entry.kind == "safe_channel" for entry in entries)
    contact = (
        Tag("No contact", "red")
        if because
        else Tag("Safe channel", "green") if has_channel else Tag("No safe channel", "yellow")
    )  # fmt: skip
    href = reverse("victims:victim", args=[party.case_reference, party.lineage])
    return Row((
        Cell(known_as(party), href=href, hidden=f"in {party.case_reference}"),
        Cell(_ROLES[party.role]),
        Cell("", tag=contact),
        Cell("", tag=mark) if (mark := _anonymity(entries)) else Cell("Not marked"),
        short(short_date(entries[0].on_day)) if entries else Cell("Nothing yet"),
    ))  # fmt: skip


def _anonymity(entries: Sequence[EntrySeen]) -> Tag | None:
    found = next((entry for entry in entries if entry.kind == "anonymity"), None)
    if found is None:
        return None
    return Tag(f"Anonymous {ENTRY_KINDS['anonymity'].states[found.state].lower()}", "blue")


def _table(
    heading: str, empty: str, kinds: tuple[str, ...], entries: Sequence[EntrySeen]
) -> DataTable:
    return DataTable(
        caption=heading,
        columns=columns("Day", "What", "How it stands", "How", "Recorded by"),
        rows=tuple(_entry_row(entry) for entry in entries if entry.kind in kinds),
        empty=empty,
    )


def _entry_row(entry: EntrySeen) -> Row:
    kind = ENTRY_KINDS[entry.kind]
    inside = "More is written in the compartment" if entry.has_words else ""
    return Row((
        short(short_date(entry.on_day)),
        Cell(kind.label, note=kind.whats.get(entry.what, "")),
        Cell(kind.states.get(entry.state, ""), note=inside),
        Cell(CHANNELS.get(entry.channel, "")),
        Cell(entry.recorded_by, note=uk_moment(entry.recorded_at)),
    ))  # fmt: skip


def _ways(viewer: Viewer, address: list[object]) -> list[Way]:
    routes = {"victim:record": "victims:record", "victim:contact": "victims:contact"}
    return [
        Way(kind.label, reverse(routes[kind.verb], args=[*address, code]))
        for code, kind in ENTRY_KINDS.items()
        if may(viewer, kind.verb)
    ]


def _compared(viewer: Viewer, party: Party) -> DataTable:
    """Return the comparisons with those whom this viewer may compare; the others do not exist."""
    known = {other.lineage: other for other in comparable(viewer)}
    rows = []
    for match in matches_of(party.lineage):
        lineage = match.other_party if match.one_party == party.lineage else match.one_party
        if other := known.get(lineage):
            rows.append(Row((
                short(uk_moment(match.recorded_at)),
                Cell(known_as(other), note=other.case_reference),
                Cell(ANSWERS[Answer(match.answer)]),
                Cell(match.recorded_by),
            )))  # fmt: skip
    return DataTable(
        caption="Compared with",
        columns=columns("When", "With", "Found", "By"),
        rows=tuple(rows),
        empty="Nobody compared this person with another of your cases.",
    )
