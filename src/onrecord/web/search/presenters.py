"""What a search found, nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from onrecord.apps.documents.searching import PageHit
from onrecord.apps.people.selectors import PersonHit
from onrecord.apps.searching.selectors import WordHit, WordsFound, pieces
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
    pages: tuple[Place, ...]
    is_cut: bool
    is_empty: bool


def found(
    *,
    people: Sequence[PersonHit],
    cases: Sequence[tuple[str, str, str]],
    facts: WordsFound,
    pages: Sequence[PageHit],
    hide_names: bool,
    query: str,
) -> Found:
    """Return the result as tables and places; `query` keeps the day on the way to a case."""
    counts = (len(people), len(cases), len(facts.hits), len(pages))
    return Found(
        words=_words(*counts),
        people=DataTable(
            "People found, nearest first",
            columns("Name", "Organisation", "Numbers", "Reference"),
            tuple(_person(hit, hide_names=hide_names) for hit in people),
        ),
        cases=DataTable(
            "Cases and incidents found",
            columns("Reference", "Sort", "Holder's reference"),
            tuple(_case(*row) for row in cases),
        ),
        facts=tuple(_fact(hit, query, hide_names=hide_names) for hit in facts.hits),
        pages=tuple(map(_page, pages)),
        is_cut=facts.is_cut,
        is_empty=not any(counts),
    )


def _words(people: int, cases: int, facts: int, pages: int) -> str:
    parts = [
        counted(number, *names)
        for number, names in (
            (people, ("person", "people")),
            (cases, ("case or incident", "cases or incidents")),
            (facts, ("place in the record", "places in the record")),
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
