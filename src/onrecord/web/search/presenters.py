"""What a search found, nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from onrecord.apps.documents.searching import PageHit
from onrecord.apps.people.selectors import PersonHit
from onrecord.apps.searching.everywhere import Everything
from onrecord.apps.searching.selectors import KeptSearch, WordHit, pieces
from onrecord.apps.work.searching import PaperHit
from onrecord.core.searching.places import PLACES, places_meant
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.wording.dates import short_date
from onrecord.web.wording.numbers import counted


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the words stand: what it is, the way to it, and the words around each hit."""

    name: str
    reference: str
    href: str
    note: str
    words: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and words that count it."""

    words: str
    people: DataTable
    cases: DataTable
    facts: tuple[Place, ...]
    papers: tuple[Place, ...]
    pages: tuple[Place, ...]
    is_cut: bool
    is_empty: bool


def found(result: Everything, *, hide_names: bool, query: str) -> Found:
    """Return the result as tables and places; `query` keeps the day on the way to a case."""
    facts = result.record.hits
    counts = (
        len(result.people), len(result.cases), len(facts), len(result.papers), len(result.documents),
    )  # fmt: skip
    return Found(
        words=_words(*counts),
        people=DataTable(
            "People found, nearest first",
            columns("Name", "Organisation", "Numbers", "Reference"),
            tuple(_person(hit, hide_names=hide_names) for hit in result.people),
        ),
        cases=DataTable(
            "Cases and incidents found",
            columns("Reference", "Sort", "Holder's reference"),
            tuple(_case(*row) for row in result.cases),
        ),
        facts=tuple(_fact(hit, query, hide_names=hide_names) for hit in facts),
        papers=tuple(map(_paper, result.papers)),
        pages=tuple(map(_page, result.documents)),
        is_cut=result.record.is_cut,
        is_empty=not any(counts),
    )


def _words(people: int, cases: int, facts: int, papers: int, pages: int) -> str:
    parts = [
        counted(number, *names)
        for number, names in (
            (people, ("person", "people")),
            (cases, ("case or incident", "cases or incidents")),
            (facts, ("place in the record", "places in the record")),
            (papers, ("note, letter or task", "notes, letters or tasks")),
            (pages, ("page of a document", "pages of documents")),
        )
        if number
    ]
    if not parts:
        return "Nothing found"
    *first, last = parts
    return f"{', '.join(first)} and {last} found" if first else f"{last} found"


KIND_NAMES = {
    "narrative": "Narrative",
    "allegation": "Allegation",
    "disposition": "How an allegation ended",
    "case_reported": "Report of a case",
    "case_finalised": "Result of a case",
    "reported_decision": "Decision elsewhere",
    "duty_status_spell": "Duty status",
    "record": "Other record",
}
"""What people call the kinds of fact in which words are found."""


def _fact(hit: WordHit, query: str, *, hide_names: bool) -> Place:
    href = ""
    if hit.case:
        href = reverse("cases:case", args=[hit.case]) + query
    elif hit.person:
        href = reverse("people:person", args=[hit.person]) + query
    whose = f"case {hit.case}" if hit.case else f"person {hit.person}" if hit.person else ""
    shown = () if hide_names and hit.kind == "narrative" else tuple(pieces(hit.excerpt))
    return Place(KIND_NAMES[hit.kind], whose, href, f"known {short_date(hit.known_on)}", shown)


PAPER_NAMES = {
    "note": ("Note", "work:case-notes"),
    "letter": ("Letter", "work:letter"),
    "policy": ("Policy file", "work:policy-file"),
    "task": ("Task", "work:task"),
}
"""What people call what is written with cases, and where each is read."""


def _paper(hit: PaperHit) -> Place:
    name, route = PAPER_NAMES[hit.kind]
    where = {
        "letter": [hit.case, hit.reference], "task": [hit.reference],
    }.get(hit.kind, [hit.case])  # fmt: skip
    own = f"entry {hit.reference}" if hit.kind == "policy" else hit.reference
    whose = f"case {hit.case}" if hit.case else ""
    return Place(
        name, ", ".join(filter(None, (own, whose))), reverse(route, args=where),
        short_date(hit.at.date()), tuple(pieces(hit.excerpt)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that was kept: how it is called, what it is, and whether it is the reader's own."""

    number: int
    name: str
    says: str
    is_own: bool


def saved_shown(searches: Sequence[KeptSearch], reader: str) -> tuple[Saved, ...]:
    """Return the kept searches, in words."""
    return tuple(
        Saved(one.pk, one.name, _says(one), is_own=one.owner.username == reader) for one in searches
    )


def _says(one: KeptSearch) -> str:
    places = places_meant(one.places.split(","))
    where = "everywhere" if len(places) == len(PLACES) else ", ".join(PLACES[p] for p in places)
    when = f", as known on {short_date(one.on)}" if one.on else ""
    team = f"; {one.owner.display_name} keeps it for the team" if one.team else ""
    return f"{where}{when}{team}"


def _page(hit: PageHit) -> Place:
    href = reverse("documents:page", args=[hit.reference, hit.copy, hit.page])
    return Place(hit.title, hit.citation, href, "", tuple(pieces(hit.excerpt)))


def _person(hit: PersonHit, *, hide_names: bool) -> Row:
    return Row(
        (
            Cell(
                hit.reference if hide_names else hit.name,
                href=reverse("people:person", args=[hit.reference]),
            ),
            Cell(hit.organisation),
            Cell(_numbers(hit.numbers)),
            short(hit.reference),
        )
    )


def _numbers(text: str) -> str:
    """Return each number once, as people write it."""
    return ", ".join(dict.fromkeys(text.upper().split(" | "))) or "None"


def _case(kind: str, reference: str, holders_reference: str) -> Row:
    route = {"case": "cases:case", "incident": "incidents:incident"}[kind]
    return Row(
        (
            Cell(reference, href=reverse(route, args=[reference])),
            Cell(kind.capitalize()),
            Cell(holders_reference or "None"),
        )
    )
