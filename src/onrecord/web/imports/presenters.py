"""What the pages of imports say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.urls import reverse

from onrecord.apps.intake.selectors import RejectRow
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag
from onrecord.web.wording.codes import readable
from onrecord.web.wording.dates import uk_date, uk_moment
from onrecord.web.wording.numbers import counted, grouped

REJECTS_SHOWN = 100
FIELDS_SHOWN = 60
ROW_COUNTS = ("read", "added", "changed", "unchanged", "gone", "rejected")
FACT_COUNTS = ("added", "changed", "unchanged", "gone")


class BatchSeen(Protocol):
    """What a page needs of a batch."""

    reference: str
    source: str
    title: str
    coverage: str
    extract_date: date
    actor: str
    imported_at: datetime
    tables: list[dict[str, Any]]
    kinds: list[dict[str, Any]]
    health: dict[str, Any]
    rejects_file: str
    undone_by: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class BatchShown:
    """Everything that the template writes."""

    title: str
    reference: str
    tag: Tag
    about: tuple[Line, ...]
    tables: DataTable
    kinds: DataTable
    sentences: tuple[str, ...]
    years: DataTable
    fields: DataTable
    rejects: DataTable | None
    rejects_words: str
    rejects_href: str


def batch_rows(batches: Sequence[BatchSeen]) -> DataTable:
    """Return the batches as a table."""
    return DataTable(
        "Imports, newest first",
        columns(
            "Import", "Extract of", "Imported", "#Added", "#Changed", "#Gone", "#Rejected", "State"
        ),
        tuple(_batch(batch) for batch in batches),
        empty="Nothing has been imported yet. `onrecord import` brings a source in.",
    )


def present(batch: BatchSeen, rejects: Sequence[RejectRow] | None) -> BatchShown:
    """Return one batch as words and tables. `rejects` is `None` for whom they are not for."""
    return BatchShown(
        title=batch.title,
        reference=batch.reference,
        tag=_state(batch),
        about=tuple(_about(batch)),
        tables=_counts("Rows of the source, by table", "table", batch.tables, ROW_COUNTS),
        kinds=_counts("Facts written, by kind", "kind", batch.kinds, FACT_COUNTS),
        sentences=tuple(batch.health.get("sentences", ())),
        years=_years(batch.health.get("years", [])),
        fields=_fields(batch.health.get("completeness", [])),
        rejects=None if rejects is None else _rejects(rejects),
        rejects_words=_rejects_words(batch, rejects),
        rejects_href=reverse("imports:rejects", args=[batch.reference]) if rejects else "",
    )


def _batch(batch: BatchSeen) -> Row:
    totals = [_total(batch.tables, name) for name in ("added", "changed", "gone", "rejected")]
    return Row(
        (
            Cell(
                batch.title,
                href=reverse("imports:batch", args=[batch.reference]),
                note=batch.reference,
            ),
            Cell(uk_date(batch.extract_date)),
            Cell(uk_moment(batch.imported_at), note=f"By {batch.actor}"),
            *(Cell(grouped(total)) for total in totals),
            Cell("", tag=_state(batch)),
        )
    )


def _state(batch: BatchSeen) -> Tag:
    return Tag("Taken back", "grey") if batch.undone_at else Tag("On record", "green")


def _about(batch: BatchSeen) -> list[Line]:
    lines = [
        Line("Source", batch.source),
        Line("Extract of", uk_date(batch.extract_date), note=f"A {batch.coverage} extract"),
        Line("Imported", uk_moment(batch.imported_at), note=f"By {batch.actor}"),
    ]
    if batch.undone_at:
        lines.append(Line("Taken back", uk_moment(batch.undone_at), note=f"By {batch.undone_by}"))
    return lines


def _counts(
    caption: str, key: str, rows: Sequence[dict[str, Any]], names: tuple[str, ...]
) -> DataTable:
    return DataTable(
        caption,
        columns(key.capitalize(), *(f"#{name.capitalize()}" for name in names)),
        tuple(
            Row((Cell(readable(row[key])), *(Cell(grouped(row.get(name, 0))) for name in names)))
            for row in rows
        ),
        empty="Nothing was counted.",
    )


def _years(rows: Sequence[dict[str, Any]]) -> DataTable:
    names = ("cases", "allegations", "unnamed", "without_ending", "ending_unresolved")
    labels = (
        "#Cases",
        "#Allegations",
        "#Naming nobody",
        "#Without an ending",
        "#Ending not resolved",
    )
    return DataTable(
        "By the year in which it became known",
        columns("Year", *labels),
        tuple(
            Row((Cell(str(row["year"])), *(Cell(grouped(row[name])) for name in names)))
            for row in rows
        ),
        empty="The source holds no case and no allegation.",
    )


def _fields(rows: Sequence[dict[str, Any]]) -> DataTable:
    emptiest = sorted(
        rows, key=lambda row: (row["filled"] / max(row["of"], 1), row["kind"], row["field"])
    )
    return DataTable(
        "How complete each field is, emptiest first",
        columns("Field", "#Filled", "#Of", "#Share"),
        tuple(
            Row(
                (
                    Cell(readable(row["field"]), note=readable(row["kind"])),
                    Cell(grouped(row["filled"])),
                    Cell(grouped(row["of"])),
                    Cell(f"{row['filled'] / max(row['of'], 1):.1%}"),
                )
            )
            for row in emptiest[:FIELDS_SHOWN]
        ),
        empty="No field was counted.",
    )


def _rejects(rejects: Sequence[RejectRow]) -> DataTable:
    return DataTable(
        "Rows rejected, and values left empty",
        columns("Where", "Column", "Value", "What to do"),
        tuple(
            Row(
                (
                    Cell(row.table, note=f"{row.file}, row {row.row}"),
                    Cell(row.column),
                    Cell(row.value),
                    Cell(row.sentence, note=readable(row.result)),
                )
            )
            for row in rejects
        ),
        empty="No row was rejected and no value was left empty.",
    )


def _rejects_words(batch: BatchSeen, rejects: Sequence[RejectRow] | None) -> str:
    total = counted(_total(batch.tables, "rejected"), "row").capitalize()
    if rejects is None:
        return f"{total} rejected. What is in them is shown to those who import."
    shown = f" The first {REJECTS_SHOWN} lines are shown." if len(rejects) == REJECTS_SHOWN else ""
    return f"{total} rejected.{shown}"


def _total(rows: Sequence[dict[str, Any]], name: str) -> int:
    return sum(row.get(name) or 0 for row in rows)
