"""What the pages of the file desk say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.documents.file_reads import PAGE, FilePage
from onrecord.core.kernel.clock import UK_TIME, today
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.pagination.component import Pagination
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag, Tone
from onrecord.web.components.ways.component import Way
from onrecord.web.file_desk.acts import ACTS
from onrecord.web.wording.dates import short_date, uk_date, uk_moment
from onrecord.web.wording.numbers import counted

LISTS = {
    "outstanding": ("Outstanding", "No file is sought."),
    "settled": ("Settled", "No file was scanned, not found or destroyed."),
}
STEPS = {
    "opened": "Sought", "located": "Located", "requested": "Requested", "chased": "Chased",
    "received": "Received", "scanned": "Scanned", "not_found": "Not found",
    "destroyed": "Confirmed destroyed", "note": "Note",
}  # fmt: skip
_TONES: dict[str, Tone] = {
    "sought": "yellow", "located": "blue", "requested": "blue", "received": "blue",
    "scanned": "green", "not_found": "red", "destroyed": "grey",
}  # fmt: skip


class FileSeen(Protocol):
    """What a page needs of a file."""

    reference: str
    title: str
    state: str
    asked_of: str
    due_on: date | None
    chased: int
    opened_by: str
    opened_at: datetime
    case_lineage: Any
    record_lineage: Any
    document: Any


class StepSeen(Protocol):
    """What a page needs of a step."""

    kind: str
    by: str
    at: datetime
    words: str
    asked_of: str
    due_on: date | None
    schedule: str
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class ListShown:
    """Everything that the list's template writes."""

    label: str
    tabs: tuple[Way, ...]
    sentence: str
    table: DataTable
    may_seek: bool


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step, as it is read."""

    what: str
    who: str
    words: str
    more: str


@dataclass(frozen=True, slots=True)
class FileShown:
    """Everything that the file's template writes."""

    title: str
    reference: str
    tags: tuple[Tag, ...]
    about: tuple[Line, ...]
    acts: tuple[Way, ...]
    steps: tuple[StepShown, ...]
    upload_href: str


def list_shown(name: str, page: FilePage, viewer: Viewer) -> ListShown:
    """Return one of the two lists."""
    label, empty = LISTS[name]
    late = (
        f", {counted(page.overdue, 'of them overdue', 'of them overdue')}" if page.overdue else ""
    )
    return ListShown(
        label=label,
        tabs=tuple(
            Way(other, f"{reverse('file_desk:list')}?list={key}", key == name)
            for key, (other, _) in LISTS.items()
        ),
        sentence=f"{counted(page.total, 'file')}{late}." if page.total else "",
        table=DataTable(
            caption=f"{label}: what is overdue comes first"
            if name == "outstanding"
            else f"{label}: the last sought first",
            columns=columns("File", "For", "Asked of", "Due", "State", "#Age in days"),
            rows=tuple(_row(file) for file in page.files),
            empty=empty,
            pagination=_pagination(name, label, page),
        ),
        may_seek=may(viewer, "file:seek"),
    )


def file_shown(file: FileSeen, steps: Sequence[StepSeen], viewer: Viewer) -> FileShown:
    """Return one file with its steps, and the acts that follow from its state."""
    may_step = may(viewer, "file:step")
    thing, _ = _thing(file)
    upload = f"{reverse('documents:upload')}?about={thing}"
    return FileShown(
        title=file.title,
        reference=file.reference,
        tags=tuple(filter(None, (_state(file), _late(file)))),
        about=tuple(_about(file)),
        acts=tuple(
            Way(act.heading, reverse(f"file_desk:{name}", args=[file.reference]))
            for name, act in ACTS.items()
            if may_step and file.state in act.states
        ),
        steps=tuple(_step(step) for step in steps),
        upload_href=upload if file.state == "received" and may(viewer, "document:upload") else "",
    )


def _row(file: FileSeen) -> Row:
    thing, href = _thing(file)
    chased = counted(file.chased, "time") if file.chased else ""
    return Row(
        (
            Cell(file.title, href=reverse("file_desk:file", args=[file.reference]),
                 note=file.reference),
            Cell(thing, href=href, is_short=True),
            Cell(file.asked_of or "Nobody yet", note=f"chased {chased}" if chased else ""),
            Cell(short_date(file.due_on) if file.due_on else "No day set", tag=_late(file),
                 is_short=True),
            Cell("", tag=_state(file)),
            short(str(_age(file))),
        )
    )  # fmt: skip


def _age(file: FileSeen) -> int:
    return (today() - file.opened_at.astimezone(UK_TIME).date()).days


def _ago(file: FileSeen) -> str:
    age = _age(file)
    return f"{counted(age, 'day')} ago" if age else "today"


def _thing(file: FileSeen) -> tuple[str, str]:
    if file.case_lineage is not None:
        reference = public_reference("C", file.case_lineage)
        return reference, reverse("cases:case", args=[reference])
    reference = public_reference("P", file.record_lineage)
    return reference, reverse("people:person", args=[reference])


def _state(file: FileSeen) -> Tag:
    return Tag(file.state.replace("_", " ").capitalize(), _TONES[file.state])


def _late(file: FileSeen) -> Tag | None:
    is_late = file.due_on is not None and file.due_on < today()
    return Tag("Overdue", "red") if is_late else None


def _about(file: FileSeen) -> list[Line]:
    thing, href = _thing(file)
    lines = [
        Line("Sought for", thing, href=href),
        Line("Asked of", file.asked_of or "Nobody yet",
             note=f"chased {counted(file.chased, 'time')}" if file.chased else ""),
        Line("Due", uk_date(file.due_on) if file.due_on else "No day set"),
        Line("Sought since", uk_moment(file.opened_at),
             note=f"by {file.opened_by}, {_ago(file)}"),
    ]  # fmt: skip
    if file.document is not None:
        document = file.document.reference
        lines.append(
            Line("Scanned as", document, href=reverse("documents:document", args=[document]))
        )
    return lines


def _step(step: StepSeen) -> StepShown:
    more = [
        f"Asked of: {step.asked_of}." if step.asked_of else "",
        f"Due {uk_date(step.due_on)}." if step.due_on else "",
        f"Retention schedule: {step.schedule}." if step.schedule else "",
        f"Confirmed by: {step.confirmed_by}." if step.confirmed_by else "",
    ]
    return StepShown(
        STEPS[step.kind], f"{step.by}, {uk_moment(step.at)}", step.words,
        " ".join(filter(None, more)),
    )  # fmt: skip


def _pagination(name: str, label: str, page: FilePage) -> Pagination:
    first = (page.number - 1) * PAGE
    shown = len(page.files)

    def href(number: int) -> str:
        is_there = number >= 1 and (number - 1) * PAGE < page.total
        return f"?list={name}&page={number}" if is_there else ""

    return Pagination(
        first + 1 if shown else 0, first + shown, page.total, href(page.number - 1),
        href(page.number + 1), label,
    )  # fmt: skip
