"""What the pages of cohorts say. Identifiers and codes only: no name is in a cohort."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from onrecord.apps.programmes.selectors import DefinitionRef, ItemsPage, ResultRef
from onrecord.core.cohorts.explaining import Explanation
from onrecord.core.cohorts.reasons import MEANINGS, Reason
from onrecord.core.cohorts.results import CohortResult, Counts
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.figures.component import Figure, figure
from onrecord.web.components.pagination.component import Pagination
from onrecord.web.components.summary.component import Line
from onrecord.web.wording.codes import CASE_TYPE, joined, readable, worded
from onrecord.web.wording.dates import short_date, uk_date, uk_moment
from onrecord.web.wording.numbers import grouped

PAGE = 50


@dataclass(frozen=True, slots=True)
class DefinitionShown:
    """One definition, and where it is run."""

    name: str
    label: str
    title: str
    href: str
    origin: str
    yaml: str


@dataclass(frozen=True, slots=True)
class ResultShown:
    """Everything that the template of a result writes."""

    title: str
    label: str
    description: str
    hash: str
    warnings: tuple[str, ...]
    figures: tuple[Figure, ...]
    universe: tuple[Figure, ...]
    excluded: DataTable
    items_heading: str
    items: DataTable
    about: tuple[Line, ...]
    csv_href: str
    xlsx_href: str
    here: str
    asked: str
    answer: tuple[str, ...]
    answer_heading: str
    problem: str
    reason: str


def definition_rows(definitions: Sequence[DefinitionRef]) -> tuple[DefinitionShown, ...]:
    """Return the definitions, by name."""
    return tuple(
        DefinitionShown(
            name=ref.name,
            label=f"{ref.name} v{ref.version}",
            title=ref.title,
            href=reverse("cohorts:run", args=[ref.name]),
            origin="Comes with Onrecord" if ref.is_shipped else "Saved here",
            yaml=ref.yaml,
        )
        for ref in definitions
    )


def result_rows(results: Sequence[ResultRef]) -> DataTable:
    """Return frozen results as a table."""
    return DataTable(
        "Results, newest first",
        columns(
            "Cohort", "#People", "#Incidents", "#Cases", "#Allegations", "#Review items", "Run"
        ),
        tuple(_result(ref) for ref in results),
        empty="No cohort has been run yet.",
    )


def present(
    found: CohortResult,
    page: ItemsPage,
    *,
    reason: Reason | None,
    asked: str,
    answer: Explanation | None,
    problem: str,
) -> ResultShown:
    """Return a result as figures and tables."""
    here = reverse("cohorts:result", args=[found.hash])
    return ResultShown(
        title=found.definition.title,
        label=found.definition.label,
        description=found.definition.description,
        hash=found.hash,
        warnings=found.warnings,
        figures=_figures(found.counts),
        universe=_figures(found.universe),
        excluded=_excluded(found, here),
        items_heading=MEANINGS[reason] if reason else "In scope",
        items=_items(page, reason, here),
        about=tuple(_about(found)),
        csv_href=reverse("cohorts:export", args=[found.hash, "csv"]),
        xlsx_href=reverse("cohorts:export", args=[found.hash, "xlsx"]),
        here=here,
        asked=asked,
        answer=tuple(answer.sentences) if answer else (),
        answer_heading=_verdict(answer),
        problem=problem,
        reason=reason.value if reason else "",
    )


def _figures(counts: Counts) -> tuple[Figure, ...]:
    return (
        figure(counts.people, "person", "people"),
        figure(counts.incidents, "incident", "incidents"),
        figure(counts.cases, "case", "cases"),
        figure(counts.allegations, "allegation", "allegations"),
        figure(counts.items, "review item", "review items", note="a person in a case"),
    )


def _result(ref: ResultRef) -> Row:
    counts = (
        ref.counts.get(name, 0) for name in ("people", "incidents", "cases", "allegations", "items")
    )
    return Row(
        (
            Cell(
                ref.title,
                href=reverse("cohorts:result", args=[ref.hash]),
                note=f"{ref.name} v{ref.version}, {ref.hash[:12]}",
            ),
            *(Cell(grouped(count)) for count in counts),
            Cell(uk_moment(ref.created_at), note=f"By {ref.created_by}"),
        )
    )


def _excluded(found: CohortResult, here: str) -> DataTable:
    rows = tuple(
        Row(
            (
                Cell(item.meaning, href=f"{here}?{urlencode({'reason': item.reason.value})}#items"),
                Cell(grouped(item.people)),
                Cell(grouped(item.cases)),
                Cell(grouped(item.items)),
            )
        )
        for item in found.excluded
    )
    return DataTable(
        "Left out, each under the first reason that applies",
        columns("Why", "#People", "#Cases", "#Review items"),
        rows,
        empty="Nothing was left out.",
    )


def _items(page: ItemsPage, reason: Reason | None, here: str) -> DataTable:
    kept = {"reason": reason.value} if reason else {}
    label = "items left out" if reason else "items in scope"

    def href(number: int) -> str:
        return (
            f"{here}?{urlencode({**kept, 'page': str(number)})}#items"
            if 1 <= number <= page.pages
            else ""
        )

    first = (page.page - 1) * PAGE
    turning = Pagination(
        first=first + 1 if page.rows else 0,
        last=first + len(page.rows),
        total=page.total,
        previous_href=href(page.page - 1),
        next_href=href(page.page + 1),
        label=label,
    )
    return DataTable(
        label.capitalize(),
        columns("Person", "Case", "Incident", "#Allegations", "Date of case", "Sort", "Held by"),
        tuple(_item(row) for row in page.rows),
        empty="None.",
        pagination=turning,
        anchor="items",
    )


def _item(row: dict[str, Any]) -> Row:
    person, case = row["person_reference"], row["case_reference"]
    incident = row["incident_reference"]
    return Row(
        (
            Cell(
                person or "Nobody identified",
                href=reverse("people:person", args=[person]) if person else "",
            ),
            Cell(case, href=reverse("cases:case", args=[case])),
            Cell(incident or "None"),
            Cell(grouped(len(row["allegations"] or ()))),
            short(short_date(row["case_date"])),
            Cell(worded(CASE_TYPE, row["case_type"])),
            Cell(row["holder"] or "Not known"),
        )
    )


def _about(found: CohortResult) -> list[Line]:
    period = found.definition.period
    first = f"from {uk_date(period.from_)}" if period.from_ else ""
    last = f"to {uk_date(period.to)}" if period.to else ""
    days = joined(first, last, by=" ") or "any day"
    serving = found.definition.serving_on
    return [
        Line("Date that counts", readable(period.date_basis.value), note=days),
        Line("Serving on", uk_date(serving.date) if serving else "Not asked"),
        Line("As known", uk_date(found.view.on) if found.view.on else "On the day it was run"),
        Line("Snapshot", found.snapshot_id),
        Line(
            "Hash", found.hash, note="The same definition on the same snapshot gives the same hash."
        ),
    ]


def _verdict(answer: Explanation | None) -> str:
    if answer is None:
        return ""
    return f"{answer.reference} is in" if answer.is_in else f"{answer.reference} is not in"
