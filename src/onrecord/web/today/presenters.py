"""What the morning meeting says, and where each of its lines leads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from onrecord.apps.work.morning import Item, Line
from onrecord.web.components.figures.component import Figure
from onrecord.web.components.statement.component import DatedLine
from onrecord.web.components.tag.component import Tag
from onrecord.web.wording.dates import uk_date

PAGES: dict[str, str] = {
    "ask": "work:ask",
    "batch": "imports:batch",
    "case": "cases:case",
    "file": "file_desk:file",
    "conflicts": "conflicts:case",
    "letter": "work:letter",
    "notes": "work:case-notes",
    "task": "work:task",
}
"""The page of one thing, by the kind a line gives it."""

LISTS: dict[str, Callable[[], str]] = {
    "list:asks": lambda: reverse("work:agreements"),
    "list:files": lambda: reverse("file_desk:list"),
    "list:imports": lambda: reverse("imports:list"),
    "list:looks": lambda: reverse("looks:mine"),
    "list:mine": lambda: f"{reverse('work:list')}?list=mine",
    "list:notices": lambda: reverse("work:notices"),
    "list:unallocated": lambda: f"{reverse('work:list')}?list=unallocated",
}
"""The list behind a line, by the name the line gives it."""


@dataclass(frozen=True, slots=True)
class Section:
    """One sort of thing that waits."""

    anchor: str
    heading: str
    count: int
    lines: tuple[DatedLine, ...]
    more: str
    more_href: str
    tag: Tag | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Everything that the template writes."""

    day: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    quiet: str


def present(lines: Sequence[Line], on: date) -> Meeting:
    """Return the morning as a page: what has something in it, then in one sentence what has not."""
    full = [line for line in lines if line.count]
    return Meeting(
        day=f"{on:%A} {uk_date(on)}",
        figures=tuple(Figure(line.count, line.unit, f"#{_anchor(line)}") for line in full),
        sections=tuple(_section(line) for line in full),
        quiet=_sentence([line.heading.lower() for line in lines if not line.count]),
    )


def _section(line: Line) -> Section:
    left = line.count - len(line.items)
    return Section(
        anchor=_anchor(line),
        heading=line.heading,
        count=line.count,
        lines=tuple(map(_line, line.items)),
        more=f"and {left:,} more" if left else "The whole list",
        more_href=LISTS[line.place]() if line.place else "",
        tag=Tag("Late", "red") if line.is_late else None,
    )


def _line(item: Item) -> DatedLine:
    if item.kind == "list":
        href = LISTS[f"list:{item.reference}"]()
    else:
        href = reverse(PAGES[item.kind], args=item.reference.split("/")) if item.kind else ""
    if not href:
        return DatedLine(item.when, item.text, item.note)
    return DatedLine(item.when, "", item.note, href, item.text)


def _anchor(line: Line) -> str:
    return line.heading.lower().replace(" ", "-")


def _sentence(headings: Sequence[str]) -> str:
    if not headings:
        return ""
    *most, last = headings
    return f"Nothing under {', '.join(most)} or {last}." if most else f"Nothing under {last}."
