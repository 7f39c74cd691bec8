"""Any other dated record: use of force, pay, settlements, awards."""

from onrecord.core.kernel.facts import Fact
from onrecord.web.components.data_table.component import Cell, Column, Row, columns, short
from onrecord.web.record.sheet import FactSheet, day_of
from onrecord.web.wording.codes import RECORD_TYPE, joined, readable, worded
from onrecord.web.wording.dates import short_date

RECORD_COLUMNS: tuple[Column, ...] = columns(
    "Date", "What", "Detail", "#Amount", "Held by", "Known"
)


def record_rows(sheet: FactSheet) -> tuple[Row, ...]:
    """Return one line a record, newest first."""
    return tuple(_row(fact, sheet) for fact in reversed(sheet.of("record")))


def _row(fact: Fact, sheet: FactSheet) -> Row:
    amount = fact["amount"]
    detail = joined(fact["category"], fact["code"], fact["rank"], fact["unit"])
    return Row(
        (
            short(short_date(day_of(fact))),
            Cell(worded(RECORD_TYPE, fact["record_type"])),
            Cell(
                detail or "No detail",
                note=joined(*(readable(code) for code in fact["attributes"] or ())),
            ),
            Cell("" if amount is None else f"{float(amount):,.2f}"),
            Cell(sheet.organisation(fact), note=sheet.system(fact)),
            short(short_date(fact.known_on)),
        )
    )
