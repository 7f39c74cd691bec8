"""What a search found, nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from onrecord.apps.people.selectors import PersonHit
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.wording.numbers import counted


@dataclass(frozen=True, slots=True)
class Found:
    """People and cases found, and words that count them."""

    words: str
    people: DataTable
    cases: DataTable
    is_empty: bool


def found(
    people: Sequence[PersonHit], cases: Sequence[tuple[str, str, str]], *, hide_names: bool
) -> Found:
    """Return the result as tables."""
    return Found(
        words=_words(len(people), len(cases)),
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
        is_empty=not people and not cases,
    )


def _words(people: int, cases: int) -> str:
    if not people and not cases:
        return "Nothing found"
    parts = []
    if people:
        parts.append(counted(people, "person", "people"))
    if cases:
        parts.append(counted(cases, "case or incident", "cases or incidents"))
    return f"{' and '.join(parts)} found"


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
