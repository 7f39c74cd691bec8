"""What the pages of templates say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from onrecord.apps.settings.gaps import SAMPLES, filled
from onrecord.apps.settings.texts import USES
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag
from onrecord.web.wording.dates import uk_moment

if TYPE_CHECKING:
    from onrecord.apps.settings.models import TextVersion

_RETIRED = Tag("Retired", "grey")
_WHAT = {
    "made": "Made", "changed": "Changed", "retired": "Retired", "restored": "Offered again",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """A template as it would be filled in, with invented values."""

    title: str
    paragraphs: tuple[str, ...]


def preview(title: str, text: str) -> Preview:
    """Return a text as it would be filled in."""
    shown = filled(text, SAMPLES)
    return Preview(filled(title, SAMPLES), tuple(filter(str.strip, shown.splitlines())))


def templates(found: "Sequence[TextVersion]") -> DataTable:
    """Return the templates as a table."""
    return DataTable(
        "Templates, those that forms offer first", columns("Template", "For", "#Version", "Changed"),
        tuple(
            Row((
                Cell(row.name, href=reverse("administration:template", args=[row.code]),
                     tag=_RETIRED if row.is_retired else None),
                Cell(USES[row.use]), Cell(str(row.number)),
                short(uk_moment(row.at), note=f"by {row.by}"),
            ))
            for row in found
        ),
        empty="There is no template yet.",
    )  # fmt: skip


def about(row: "TextVersion") -> tuple[Line, ...]:
    """Return what a template is for, and how it stands."""
    state = "Retired: forms offer it no more" if row.is_retired else "Forms offer it"
    return Line("For", USES[row.use]), Line("State", state), Line("Version", str(row.number))


def about_version(row: "TextVersion") -> tuple[Line, ...]:
    """Return by whom a version was written, when and why."""
    return (
        Line("Written", uk_moment(row.at), note=f"by {row.by}"), Line("Why", row.reason),
        Line("Name", row.name), Line("Title", row.title or "None"),
    )  # fmt: skip


def versions(found: "Sequence[TextVersion]") -> DataTable:
    """Return everything that happened to a template as a table."""
    return DataTable(
        "Changes, newest first", columns("When", "What", "Version", "By", "Why"),
        tuple(
            Row((
                short(uk_moment(row.at)), Cell(_WHAT[row.what]),
                Cell(f"Version {row.number}", href=reverse(
                    "administration:template-version", args=[row.code, row.number])),
                Cell(row.by), Cell(row.reason),
            ))
            for row in found
        ),
    )  # fmt: skip
