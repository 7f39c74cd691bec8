"""What the pages of a case's notes, policy file, letters and tasks say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.urls import reverse

from onrecord.apps.settings.listing import labels
from onrecord.apps.settings.vocabularies import LETTER_KINDS, NOTE_KINDS, TASK_KINDS
from onrecord.apps.work.case_reads import LetterSeen
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag
from onrecord.web.wording.dates import short_date, uk_date, uk_moment
from onrecord.web.work.presenters import TaskSeen, task_tag

KINDS = {"out": "Sent", "in": "Received", "ended": "No reply waited for"}


class NoteSeen(Protocol):
    """What a page needs of a note."""

    kind: str | None
    by: str
    at: datetime
    words: str


class EntrySeen(Protocol):
    """What a page needs of an entry of the policy file."""

    number: int
    decision: str
    options_rejected: str
    reasons: str
    advice_taken: str
    by: str
    at: datetime

    @property
    def corrects(self) -> Any:
        """Return the entry that this one corrects, if it does."""

    @property
    def corrections(self) -> Any:
        """Return the entries that correct this one."""


@dataclass(frozen=True, slots=True)
class NoteShown:
    """One note, as it is read."""

    who: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry of the policy file, as it is read.

    Attributes:
        corrects, corrected_by: numbers of other entries; 0 and none if there is none.
        parts: each heading with its paragraphs.
    """

    number: int
    who: str
    corrects: int
    corrected_by: tuple[int, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text."""
    return tuple(part for part in text.splitlines() if part.strip())


def notes_shown(notes: Sequence[NoteSeen]) -> tuple[NoteShown, ...]:
    """Return notes as they are read."""
    called = labels(NOTE_KINDS) if notes else {}
    return tuple(
        NoteShown(
            f"{called[note.kind]}: {note.by}, {uk_moment(note.at)}"
            if note.kind
            else f"{note.by}, {uk_moment(note.at)}",
            paragraphs(note.words),
        )
        for note in notes
    )


def entries_shown(entries: Sequence[EntrySeen]) -> tuple[EntryShown, ...]:
    """Return a policy file as it is read."""
    return tuple(map(_entry, entries))


def _entry(entry: EntrySeen) -> EntryShown:
    parts = (
        ("Decision", entry.decision),
        ("Options rejected", entry.options_rejected),
        ("Reasons", entry.reasons),
        ("Advice taken", entry.advice_taken or "None."),
    )
    return EntryShown(
        number=entry.number,
        who=f"{entry.by}, {uk_moment(entry.at)}",
        corrects=entry.corrects.number if entry.corrects else 0,
        corrected_by=tuple(sorted(other.number for other in entry.corrections.all())),
        parts=tuple((heading, paragraphs(text)) for heading, text in parts),
    )


def tasks_table(tasks: Sequence[TaskSeen]) -> DataTable:
    """Return everything that was asked about a case."""
    called = labels(TASK_KINDS) if tasks else {}
    return DataTable(
        caption="Tasks of this case: what was due first comes first",
        columns=columns("What", "Owner", "Due"),
        rows=tuple(
            Row((
                Cell(task.title, href=reverse("work:task", args=[task.reference]),
                     note=f"{called[task.kind]} · {task.reference}"),
                Cell(task.owner.display_name if task.owner else "Nobody yet"),
                Cell(short_date(task.due_on) if task.due_on else "No day set",
                     tag=task_tag(task), is_short=True),
            ))
            for task in tasks
        ),
        empty="Nothing was asked about this case yet.",
    )  # fmt: skip


def letters_table(letters: Sequence[LetterSeen], reference: str, on: date) -> DataTable:
    """Return the register of correspondence."""
    called = labels(LETTER_KINDS) if letters else {}
    return DataTable(
        caption="Letters of this case, newest first",
        columns=columns("Letter", "To or from", "Dated", "Reply"),
        rows=tuple(
            Row((
                Cell(seen.letter.subject,
                     href=reverse("work:letter", args=[reference, seen.letter.reference]),
                     note=f"{_said(seen, called)} · {seen.letter.reference}"),
                Cell(seen.letter.correspondent),
                short(short_date(seen.letter.dated_on)),
                _reply(seen, on),
            ))
            for seen in letters
        ),
        empty="No letter is in the register of this case yet.",
    )  # fmt: skip


def letter_lines(seen: LetterSeen, reference: str, on: date) -> tuple[Line, ...]:
    """Return what is known of one letter, as names and values."""
    letter = seen.letter
    side = "To" if letter.kind == "out" else "From"
    lines = [
        Line(
            "Kind",
            _said(seen, labels(LETTER_KINDS)),
            note=f"entered by {letter.by}, {uk_moment(letter.at)}",
        ),
        Line(side, letter.correspondent),
        Line("Dated", uk_date(letter.dated_on)),
        Line("Reply", _reply(seen, on).text),
    ]
    if letter.answers is not None:
        asked = letter.answers
        href = reverse("work:letter", args=[reference, asked.reference])
        lines.append(Line("Answers", asked.reference, href=href))
    return tuple(lines)


def _said(seen: LetterSeen, called: dict[str, str]) -> str:
    """Return whether a letter was sent or came, and what sort it is where that is known."""
    way, form = KINDS[seen.letter.kind], seen.letter.form
    return f"{way}, {called[form]}" if form else way


def _reply(seen: LetterSeen, on: date) -> Cell:
    if seen.answer is not None:
        return Cell(f"{KINDS[seen.answer.kind]}, {short_date(seen.answer.dated_on)}")
    if seen.letter.reply_due_on is None:
        return Cell("None asked for")
    tag = Tag("Overdue", "red") if seen.is_overdue(on) else Tag("Waiting", "yellow")
    return Cell(f"Due {short_date(seen.letter.reply_due_on)}", tag=tag)
