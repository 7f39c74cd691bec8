"""Why these records are thought to be one person."""

from collections.abc import Sequence

from django.urls import reverse

from onrecord.core.conduct.judging import BY_HAND
from onrecord.core.conduct.standing import written_name
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.tag.component import Tag
from onrecord.web.record.sheet import FactSheet
from onrecord.web.wording.codes import JUDGEMENT, joined, readable, worded
from onrecord.web.wording.dates import short_date
from onrecord.web.wording.numbers import counted


def shown_judgements(judgements: Sequence[Fact], sheet: FactSheet) -> list[Fact]:
    """Return the judgements between records that this view shows.

    The rest would say that a record exists which was not yet known, or not to these eyes.
    """
    shown = {record.lineage for record in sheet.of("person_record")}
    return [fact for fact in judgements if {fact["record_a"], fact["record_b"]} <= shown]


def records_tag(sheet: FactSheet, judgements: Sequence[Fact]) -> Tag | None:
    """Return how many records this is, in how many systems, and how many links a person made."""
    records = sheet.of("person_record")
    if not records:
        return None
    holders = {record.holder_id for record in records}
    organisations = {sheet.organisation(record) for record in records}
    joins = [fact for fact in judgements if fact["judgement"] == "same"]
    words = (
        f"{counted(len(records), 'record')} in {counted(len(holders), 'system')}"
        f" of {counted(len(organisations), 'organisation')}"
    )
    by_hand = sum(_is_by_hand(fact) for fact in joins)
    made = f"; {counted(len(joins), 'link')}, {by_hand or 'none'} made by a person"
    links = made if joins else ""
    return Tag(words + links, "blue")


def records_table(sheet: FactSheet, *, hide_names: bool) -> DataTable:
    """Return every record that is this person, as its source writes it."""
    rows = tuple(
        Row(
            (
                Cell(sheet.organisation(record), note=sheet.system(record)),
                Cell(_name(record, hide_names=hide_names)),
                Cell(record["service_number"] or "None", note=record["warrant_number"] or ""),
                Cell(record.source_ref or "None"),
                short(short_date(record.known_on)),
            )
        )
        for record in sheet.of("person_record")
    )
    return DataTable(
        "Records that are this person",
        columns("Held by", "Name as written", "Number", "Source's reference", "Known"),
        rows,
        empty="No record of this person was known on this day.",
    )


def judgements_table(judgements: Sequence[Fact], sheet: FactSheet) -> DataTable:
    """Return today's judgements between these records, each with its date."""
    rows = tuple(
        Row(
            (
                Cell(
                    worded(JUDGEMENT, fact["judgement"]),
                    reverse("identity:link", args=[public_reference("L", fact.lineage)]),
                    hidden=f"of {_record(fact['record_a'], sheet)} and {_record(fact['record_b'], sheet)}",
                ),
                Cell(_record(fact["record_a"], sheet), note=_record(fact["record_b"], sheet)),
                Cell(readable(fact["method"] or "not recorded")),
                Cell(fact["judged_by"] or "Not recorded"),
                short(short_date(fact.happened_from or fact.known_on)),
            )
        )
        for fact in judgements
    )
    return DataTable(
        "Judgements about these records",
        columns("Judgement", "Records", "How", "By", "Judged on"),
        rows,
        empty="No judgement joins records here: one system's key makes one person.",
    )


def _is_by_hand(judgement: Fact) -> bool:
    return str(judgement["method"] or "").replace("-", " ").replace("_", " ").lower() == BY_HAND


def _name(record: Fact, *, hide_names: bool) -> str:
    if hide_names:
        return "Hidden"
    return joined(record["title"], written_name(record), by=" ") or "No name in the source"


def _record(lineage: object, sheet: FactSheet) -> str:
    record = next(r for r in sheet.of("person_record") if r.lineage == lineage)
    return joined(sheet.organisation(record), sheet.system(record), record.source_ref)
