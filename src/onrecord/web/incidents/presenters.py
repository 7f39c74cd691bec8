"""What the page of an incident says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from onrecord.apps.cases.selectors import IncidentPage
from onrecord.core.kernel.facts import Fact
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.known_then.component import KnownThen
from onrecord.web.components.summary.component import Line
from onrecord.web.record.control import control
from onrecord.web.record.sheet import FactSheet
from onrecord.web.viewing import Asked
from onrecord.web.wording.codes import CASE_TYPE, joined, readable, worded
from onrecord.web.wording.dates import happened, short_date, uk_date


@dataclass(frozen=True, slots=True)
class IncidentShown:
    """Everything that the template writes."""

    title: str
    day: str
    reference: str
    control: KnownThen
    about: tuple[Line, ...]
    cases: DataTable


def present(page: IncidentPage, asked: Asked) -> IncidentShown:
    """Return the page as words and tables."""
    incident = page.incident
    sheet = FactSheet([*([incident] if incident else []), *page.cases], page.holders)
    return IncidentShown(
        title=_title(incident),
        day=f"As known on {uk_date(asked.on)}" if asked.on else "As known today",
        reference=page.reference,
        control=control(asked, page.holders),
        about=_about(incident, page.cases, sheet),
        cases=DataTable(
            "Cases that are records of this incident",
            columns("Case", "Sort", "Held by", "Reported"),
            tuple(_case(case, page, sheet, asked) for case in page.cases),
            empty="No case of this incident is on record in this view.",
        ),
    )


def _about(incident: Fact | None, cases: Sequence[Fact], sheet: FactSheet) -> tuple[Line, ...]:
    if incident is None:
        first = min(case.known_on for case in cases)
        note = "No source describes it apart from its cases: they stand for it"
        return (Line("First known", uk_date(first), note=note),)
    present_there = joined(*map(readable, incident["factors"] or ()))
    return (
        Line("Happened", happened(incident.happened_from, incident.happened_to)),
        Line("First known", uk_date(incident.known_on)),
        Line("Place", incident["place"] or "Not recorded"),
        Line("What was present", present_there or "Not recorded"),
        Line("Held by", sheet.organisation(incident), note=sheet.system(incident)),
    )


def _title(incident: Fact | None) -> str:
    words = readable((incident["incident_type"] if incident else None) or "")
    return words if "incident" in words.lower() else f"{words} incident".strip().capitalize()


def _case(case: Fact, page: IncidentPage, sheet: FactSheet, asked: Asked) -> Row:
    reference = page.case_references[case.lineage]
    return Row(
        (
            Cell(
                case["reference"] or reference,
                href=reverse("cases:case", args=[reference]) + asked.query_text,
                note=reference if case["reference"] else "",
            ),
            Cell(worded(CASE_TYPE, case["case_type"])),
            Cell(sheet.organisation(case), note=sheet.system(case)),
            short(short_date(case["reported_on"] or case.known_on)),
        )
    )
