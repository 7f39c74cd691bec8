"""What the page of a person says, from what the selector returned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.apps.patterns.selectors import PatternFact
from onrecord.apps.people.selectors import PersonPage
from onrecord.core.kernel import clock
from onrecord.web.components.data_table.component import DataTable
from onrecord.web.components.figures.component import Figure, figure
from onrecord.web.components.known_then.component import KnownThen
from onrecord.web.components.pagination.component import page_of
from onrecord.web.components.statement.component import DatedLine
from onrecord.web.components.tag.component import Tag
from onrecord.web.components.timeline.component import Drawing, Timeline, draw
from onrecord.web.people.heading import Heading, heading_of
from onrecord.web.people.other_records import RECORD_COLUMNS, record_rows
from onrecord.web.people.patterns import PatternShown, patterns_shown
from onrecord.web.record.cases_table import CASE_COLUMNS, case_rows, cases_on
from onrecord.web.record.control import LINKS_ARE_TODAYS, control
from onrecord.web.record.decisions import Decisions
from onrecord.web.record.identity import (
    judgements_table,
    records_table,
    records_tag,
    shown_judgements,
)
from onrecord.web.record.lanes import entries_on, entries_table, timeline_of
from onrecord.web.record.reach import (
    HINDSIGHT,
    checks_not_run,
    decision_words,
    reach_sentence,
    reach_table,
)
from onrecord.web.record.service import (
    DUTY_COLUMNS,
    SERVICE_COLUMNS,
    duty_rows,
    duty_tag,
    service_rows,
)
from onrecord.web.record.sheet import FactSheet
from onrecord.web.record.vetting import VETTING_COLUMNS, vetting_rows, vetting_tag
from onrecord.web.viewing import Asked

PAGE_SIZE = 25
DECISIONS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ReachShown:
    """One decision, what it saw, and entry by entry how near the rest was."""

    title: str
    sentence: str
    not_run: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class PersonShown:
    """Everything that the template writes."""

    heading: Heading
    tags: tuple[Tag, ...]
    control: KnownThen
    figures: tuple[Figure, ...]
    patterns: tuple[PatternShown, ...]
    timeline: Timeline
    drawing: Drawing
    timeline_table: DataTable
    cases: DataTable
    decisions: tuple[DatedLine, ...]
    more_decisions: tuple[DatedLine, ...]
    notifications: tuple[DatedLine, ...]
    reach: tuple[ReachShown, ...]
    hindsight: str
    vetting: DataTable
    duty: DataTable
    service: DataTable
    records: DataTable
    identity: DataTable
    judgements: DataTable
    links_words: str
    contents: tuple[tuple[str, str], ...]
    is_empty: bool


CONTENTS = (
    ("Questions", "patterns"),
    ("Picture", "timeline"),
    ("Decisions", "decisions"),
    ("Who told whom", "notifications"),
    ("Cases and allegations", "cases"),
    ("What each decision could see", "reach"),
    ("Vetting and checks", "vetting"),
    ("Duty status", "duty"),
    ("Service", "service"),
    ("Other records", "records"),
    ("Why one person", "identity"),
)
"""The parts of the page, as a reader jumps to them."""


def present(
    page: PersonPage, asked: Asked, found: Sequence[PatternFact], *, turned: Mapping[str, int],
    hide_names: bool,
) -> PersonShown:  # fmt: skip
    """Return the page as words, tables and a picture."""
    sheet = sheet_of(page)
    entries = entries_on(sheet)
    timeline = timeline_of(sheet, entries, stop=asked.on, until=clock.today())
    decisions = Decisions(sheet, query=asked.query_text).lines()
    reach = _reach(page, sheet) if asked.is_joined_up else ()
    return PersonShown(
        heading=heading_of(page, asked, sheet, hide_names=hide_names),
        tags=_tags(page, sheet, asked),
        control=control(asked, page.holders, says=_says(page, asked)),
        figures=_figures(page),
        patterns=patterns_shown(found),
        timeline=timeline,
        drawing=draw(timeline),
        timeline_table=entries_table(sheet, entries),
        cases=_cases(sheet, asked, turned["cases"]),
        decisions=tuple(decisions[:DECISIONS_SHOWN]),
        more_decisions=tuple(decisions[DECISIONS_SHOWN:]),
        notifications=tuple(Decisions(sheet, query=asked.query_text).notifications()),
        reach=reach,
        hindsight=HINDSIGHT if reach else "",
        vetting=_vetting(sheet),
        duty=_duty(sheet),
        service=_service(sheet, asked, turned["service"]),
        records=_records(sheet, asked, turned["records"]),
        identity=records_table(sheet, hide_names=hide_names),
        judgements=judgements_table(shown_judgements(page.judgements, sheet), sheet),
        links_words=LINKS_ARE_TODAYS,
        contents=tuple(part for part in CONTENTS if part[1] != "reach" or reach),
        is_empty=page.is_empty,
    )


def sheet_of(page: PersonPage) -> FactSheet:
    """Return every fact of the page on one sheet."""
    of_cases = (fact for facts in page.case_facts.values() for fact in facts)
    return FactSheet([*page.facts, *of_cases], page.holders)


def _tags(page: PersonPage, sheet: FactSheet, asked: Asked) -> tuple[Tag, ...]:
    day = "on this day" if asked.on else "today"
    found = (
        duty_tag(sheet, day_words=day),
        vetting_tag(sheet, day=asked.day),
        records_tag(sheet, shown_judgements(page.judgements, sheet)),
    )
    return tuple(tag for tag in found if tag)


def _says(page: PersonPage, asked: Asked) -> tuple[str, ...]:
    if not asked.is_joined_up or not page.decisions:
        return ()
    nearest = page.decisions[0]
    words = (
        f"The latest decision by then: {decision_words(nearest)}."
        if asked.on
        else f"Latest decision: {decision_words(nearest)}."
    )
    return (words, reach_sentence(nearest))


def _figures(page: PersonPage) -> tuple[Figure, ...]:
    counts = page.counts
    return (
        figure(counts.allegations, "allegation", "allegations"),
        figure(counts.cases, "case", "cases"),
        figure(counts.incidents, "incident", "incidents"),
        figure(counts.holders, "system holds them", "systems hold them"),
    )


def _reach(page: PersonPage, sheet: FactSheet) -> tuple[ReachShown, ...]:
    return tuple(
        ReachShown(
            title=decision_words(item),
            sentence=reach_sentence(item),
            not_run=checks_not_run(item),
            table=reach_table(item, sheet),
        )
        for item in page.decisions
    )


def _cases(sheet: FactSheet, asked: Asked, number: int) -> DataTable:
    shown, pagination = page_of(
        cases_on(sheet),
        number=number,
        size=PAGE_SIZE,
        name="cases",
        label="cases",
        query=asked.query,
    )
    return DataTable(
        "Cases in which this person is the subject, newest first",
        CASE_COLUMNS,
        case_rows(shown, sheet, query=asked.query_text),
        empty="This person is not the subject of any case in this view.",
        pagination=pagination,
        anchor="cases",
    )


def _service(sheet: FactSheet, asked: Asked, number: int) -> DataTable:
    shown, pagination = page_of(
        service_rows(sheet),
        number=number,
        size=PAGE_SIZE,
        name="service",
        label="service",
        query=asked.query,
    )
    return DataTable(
        "Service, newest first",
        SERVICE_COLUMNS,
        tuple(shown),
        empty="No service is on record in this view.",
        pagination=pagination,
        anchor="service",
    )


def _records(sheet: FactSheet, asked: Asked, number: int) -> DataTable:
    shown, pagination = page_of(
        record_rows(sheet),
        number=number,
        size=PAGE_SIZE,
        name="records",
        label="other records",
        query=asked.query,
    )
    return DataTable(
        "Other records, newest first",
        RECORD_COLUMNS,
        tuple(shown),
        empty="No other record in this view.",
        pagination=pagination,
        anchor="records",
    )


def _vetting(sheet: FactSheet) -> DataTable:
    return DataTable(
        "Vetting decisions and checks, newest first",
        VETTING_COLUMNS,
        vetting_rows(sheet),
        empty="No vetting decision is on record in this view.",
        anchor="vetting",
    )


def _duty(sheet: FactSheet) -> DataTable:
    return DataTable(
        "Duty status, newest first",
        DUTY_COLUMNS,
        duty_rows(sheet),
        empty="No duty status is on record in this view.",
        anchor="duty",
    )
