"""What the page of a case says, from what the selector returned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from onrecord.apps.cases.selectors import CasePage
from onrecord.core.conduct.standing import written_name
from onrecord.core.kernel.facts import Fact
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.known_then.component import KnownThen
from onrecord.web.components.statement.component import DatedLine
from onrecord.web.components.summary.component import Line
from onrecord.web.record.cases_table import allegation_cell
from onrecord.web.record.control import control
from onrecord.web.record.decisions import Decisions
from onrecord.web.record.endings import Endings
from onrecord.web.record.sheet import FactSheet
from onrecord.web.viewing import Asked
from onrecord.web.wording.codes import CASE_TYPE, ROLE, joined, readable, worded
from onrecord.web.wording.dates import happened, short_date, uk_date


@dataclass(frozen=True, slots=True)
class CaseShown:
    """Everything that the template writes."""

    title: str
    line: str
    day: str
    reference: str
    control: KnownThen
    about: tuple[Line, ...]
    subjects: DataTable
    allegations: DataTable
    parties: DataTable
    decisions: tuple[DatedLine, ...]
    notifications: tuple[DatedLine, ...]
    documents: DataTable
    narratives: tuple[tuple[str, str], ...]
    fellows: tuple[tuple[str, str, str], ...]
    bundle_href: str
    bundle_on: str


def present(page: CasePage, asked: Asked, *, hide_names: bool) -> CaseShown:
    """Return the page as words and tables."""
    sheet = FactSheet(page.facts, page.holders)
    reported = page.reported
    decisions = Decisions(sheet)
    return CaseShown(
        title=worded(CASE_TYPE, reported["case_type"] if reported else None, absent="Case"),
        line=joined(
            f"{reported['reference']}" if reported and reported["reference"] else "",
            joined(sheet.organisation(reported), sheet.system(reported)) if reported else "",
            by=" · ",
        ),
        day=f"As known on {uk_date(asked.on)}" if asked.on else "As known today",
        reference=page.reference,
        control=control(asked, page.holders),
        about=tuple(_about(page, sheet, asked)),
        subjects=_subjects(page, sheet, asked, hide_names=hide_names),
        allegations=_allegations(page, sheet, asked, hide_names=hide_names),
        parties=_parties(page, sheet, asked, hide_names=hide_names),
        decisions=tuple(decisions.lines()),
        notifications=tuple(decisions.notifications()),
        documents=_documents(sheet),
        narratives=tuple(_narratives(sheet)),
        fellows=tuple(
            (
                fellow.reference,
                reverse("cases:case", args=[fellow.reference]) + asked.query_text,
                f"judged the same on {uk_date(fellow.judged_on)}" if fellow.judged_on else "",
            )
            for fellow in page.fellows
        ),
        bundle_href=""
        if hide_names or not asked.is_joined_up
        else reverse("cases:bundle", args=[page.reference]),
        bundle_on=asked.query.get("on", ""),
    )


def _about(page: CasePage, sheet: FactSheet, asked: Asked) -> Iterator[Line]:
    reported = page.reported
    if reported:
        yield Line("Reported", uk_date(reported["reported_on"] or reported.known_on))
        yield Line("Recorded", uk_date(reported["recorded_on"]))
        yield Line("Reported by", readable(reported["reported_by"] or "not recorded"))
        yield Line(
            "Category",
            joined(reported["category"], *map(readable, reported["factors"] or ()))
            or "Not recorded",
        )
        yield Line("Looked into by", readable(reported["agency"] or "not recorded"))
    finalised = next(iter(sheet.of("case_finalised")), None)
    if finalised:
        yield Line(
            "Finalised",
            uk_date(finalised["finalised_on"] or finalised.known_on),
            note=finalised["result"] or "",
        )
    else:
        yield Line("Finalised", "Not finalised in this view")
    yield _incident(page, asked)


def _incident(page: CasePage, asked: Asked) -> Line:
    incident = page.incident
    if incident is None:
        note = "No separate incident in this view: the case stands for it"
    else:
        when = happened(incident.happened_from, incident.happened_to)
        note = joined(when, readable(incident["incident_type"] or ""), incident["place"])
    reference = page.incident_reference
    href = reverse("incidents:incident", args=[reference]) + asked.query_text
    return Line("Incident", reference, href=href, note=note)


def _name(page: CasePage, record: object, *, hide_names: bool) -> tuple[str, str]:
    """Return what to call a subject and where their page is."""
    found = page.subjects.get(record)  # type: ignore[call-overload]
    if found is None:
        return "Not joined to a person in this view", ""
    reference, fact = found
    name = "" if hide_names else written_name(fact)
    return name or reference, reference


def _subject_cell(page: CasePage, record: object, asked: Asked, *, hide_names: bool) -> Cell:
    name, reference = _name(page, record, hide_names=hide_names)
    href = reverse("people:person", args=[reference]) + asked.query_text if reference else ""
    return Cell(name, href=href)


def _subjects(page: CasePage, sheet: FactSheet, asked: Asked, *, hide_names: bool) -> DataTable:
    """Return one line a person, however many records of them the case names."""
    records: dict[str, list[Fact]] = defaultdict(list)
    for reference, fact in sorted(page.subjects.values(), key=lambda found: found[1].fact_id):
        records[reference].append(fact)
    rows = tuple(
        Row(
            (
                _subject_cell(page, facts[0].lineage, asked, hide_names=hide_names),
                Cell(reference),
                Cell(_each(fact["service_number"] for fact in facts) or "None"),
                Cell(_each(map(sheet.organisation, facts)), note=_each(map(sheet.system, facts))),
            )
        )
        for reference, facts in records.items()
    )
    return DataTable(
        "Subjects",
        columns("Subject", "Reference", "Number", "Record held by"),
        rows,
        empty="No subject is named in this view.",
    )


def _each(words: Iterable[str | None]) -> str:
    """Return each of these words once."""
    return joined(*dict.fromkeys(filter(None, words)))


def _allegations(page: CasePage, sheet: FactSheet, asked: Asked, *, hide_names: bool) -> DataTable:
    endings = Endings(sheet)
    rows = tuple(
        _allegation(fact, endings, page, asked, hide_names=hide_names)
        for fact in sheet.of("allegation")
    )
    return DataTable(
        "Allegations",
        columns("What is alleged", "Subject", "Happened", "Known", "How it ended"),
        rows,
        empty="No allegation is made in this case, in this view.",
    )


def _allegation(
    fact: Fact, endings: Endings, page: CasePage, asked: Asked, *, hide_names: bool
) -> Row:
    ending = endings.of(fact)
    if fact.record_lineage:
        subject = _subject_cell(page, fact.record_lineage, asked, hide_names=hide_names)
    else:
        subject = Cell("Nobody named", note=readable(fact["subject_note"] or ""))
    return Row(
        (
            allegation_cell(fact),
            subject,
            Cell(happened(fact.happened_from, fact.happened_to)),
            short(short_date(fact.known_on)),
            Cell(ending.words, note=ending.note, tag=ending.tag),
        )
    )


def _parties(page: CasePage, sheet: FactSheet, asked: Asked, *, hide_names: bool) -> DataTable:
    rows = tuple(
        Row(
            (
                _party(fact, page, asked, hide_names=hide_names),
                Cell(worded(ROLE, fact["role"])),
                Cell(fact["primary_aggressor"] or "Not assessed", note=fact["assessed_by"] or ""),
            )
        )
        for fact in sheet.of("party_role")
    )
    return DataTable(
        "People in this case, by role",
        columns("Called here", "Role", "Primary aggressor, if assessed"),
        rows,
        empty="No other party is on record in this view.",
    )


def _party(fact: Fact, page: CasePage, asked: Asked, *, hide_names: bool) -> Cell:
    if fact["role"] == "subject" and fact.record_lineage:
        return _subject_cell(page, fact.record_lineage, asked, hide_names=hide_names)
    return Cell(fact["pseudonym"] or "Not given a name here")


def _documents(sheet: FactSheet) -> DataTable:
    rows = tuple(
        Row(
            (
                Cell(readable(fact["document_type"] or "document")),
                Cell(fact["reference"] or "None"),
                Cell("" if fact["pages"] is None else str(fact["pages"])),
                Cell(readable(fact["whereabouts"] or "not recorded")),
                short(short_date(fact.known_on)),
            )
        )
        for fact in sheet.of("document")
    )
    return DataTable(
        "Documents",
        columns("Document", "Reference", "#Pages", "Where it is", "Known"),
        rows,
        empty="No document is on record in this view.",
    )


def _narratives(sheet: FactSheet) -> Iterator[tuple[str, str]]:
    for fact in sheet.of("narrative"):
        section = readable(fact["section"] or "narrative")
        yield (
            f"{section}, {sheet.organisation(fact)}, known {short_date(fact.known_on)}",
            fact["body"] or "",
        )
