"""The only writers of the file desk: each act leaves a step that nobody can change, and an event."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from onrecord.apps.access.policies import require
from onrecord.apps.audit.services import recording
from onrecord.apps.documents.file_reads import AT_HAND, file_named
from onrecord.apps.documents.models import (
    DESTROYED,
    LOCATED,
    NOT_FOUND,
    RECEIVED,
    REQUESTED,
    SCANNED,
    SOUGHT,
    FileSought,
    FileStep,
)
from onrecord.apps.documents.selectors import document_named, no_document
from onrecord.apps.people.reaching import reaches_case, reaches_person
from onrecord.apps.work.policies import require_plain_title
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.ids import new_lineage, public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

_COMING = (SOUGHT, LOCATED, REQUESTED)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that somebody needs.

    Attributes:
        title: what it is, in words that name nobody.
        words: all that is known of it, and why it is needed; kept for good.
        case_lineage, record_lineage: the case, or the person record, it is needed for.
    """

    title: str
    words: str
    case_lineage: uuid.UUID | None = None
    record_lineage: uuid.UUID | None = None


def seek(*, viewer: Viewer, new: NewFile) -> FileSought:
    """Put a paper or missing file on the desk.

    Raises:
        DataRejectedError: its title gives somebody away, nothing is said, or it is about nothing.
        NotFoundError: what it is about is not there for this viewer.
    """
    require(viewer, "file:seek")
    require_plain_title(new.title)
    _require_reach(viewer, new)
    lineage = new_lineage()
    file = FileSought(
        lineage=lineage, reference=public_reference("F", lineage), title=new.title.strip(),
        organisation_code=viewer.organisation_code, case_lineage=new.case_lineage,
        record_lineage=new.record_lineage, opened_by=viewer.name,
    )  # fmt: skip
    with recording(
        actor_of(viewer), "file:seek", object_kind="file", object_ref=file.reference,
        reason=viewer.reason or AT_HAND, stream=new.case_lineage or new.record_lineage,
    ):  # fmt: skip
        file.save(force_insert=True)
        _step(file, "opened", viewer, new.words)
    return file


def locate(*, viewer: Viewer, reference: str, words: str) -> None:
    """Say where a file is, or is thought to be."""
    with _acting(viewer, reference, "located", (SOUGHT, LOCATED, NOT_FOUND)) as file:
        _to(file, LOCATED)
        _step(file, "located", viewer, words)


def request(*, viewer: Viewer, reference: str, of: str, due_on: date, words: str) -> None:
    """Say of whom a file was asked, and by when it is to come."""
    _require_day_to_come(due_on)
    with _acting(viewer, reference, "requested", _COMING) as file:
        file.asked_of, file.due_on = of.strip(), due_on
        _to(file, REQUESTED)
        _step(file, "requested", viewer, words, asked_of=file.asked_of, due_on=due_on)


def chase(*, viewer: Viewer, reference: str, due_on: date, words: str) -> None:
    """Ask once more for what was requested, and set another day."""
    _require_day_to_come(due_on)
    with _acting(viewer, reference, "chased", (REQUESTED,)) as file:
        file.due_on, file.chased = due_on, file.chased + 1
        _to(file, REQUESTED)
        _step(file, "chased", viewer, words, asked_of=file.asked_of, due_on=due_on)


def receive(*, viewer: Viewer, reference: str, words: str) -> None:
    """Say that a file came, and where it is kept until it is scanned."""
    with _acting(viewer, reference, "received", _COMING) as file:
        file.due_on = None
        _to(file, RECEIVED)
        _step(file, "received", viewer, words)


def scanned(*, viewer: Viewer, reference: str, document: str, words: str) -> None:
    """Say as which document a file that came was scanned.

    Raises:
        NotFoundError: there is no such document for this viewer.
        DataRejectedError: the document is about something else.
    """
    found = document_named(viewer.because(viewer.reason or AT_HAND), document)
    with _acting(viewer, reference, "scanned", (RECEIVED,)) as file:
        about = (file.case_lineage, file.record_lineage)
        if (found.case_lineage, found.record_lineage) != about:
            raise DataRejectedError(
                "That document is kept with something else.",
                next_step="Upload the scan to what the file is sought for.",
            )
        file.document = found
        _to(file, SCANNED)
        _step(file, "scanned", viewer, words)


def not_found(*, viewer: Viewer, reference: str, words: str) -> None:
    """Say that a file was looked for and is not there, and where it was looked for."""
    with _acting(viewer, reference, "not_found", _COMING) as file:
        file.due_on = None
        _to(file, NOT_FOUND)
        _step(file, "not_found", viewer, words)


def destroyed(
    *, viewer: Viewer, reference: str, schedule: str, confirmed_by: str, words: str
) -> None:
    """Say that a file is confirmed to be destroyed, under which schedule and by whose word."""
    if not schedule.strip() or not confirmed_by.strip():
        raise DataRejectedError(
            "Destruction needs a retention schedule and the name of who confirmed it.",
            next_step="Ask for both; until then say that it was not found.",
        )
    with _acting(viewer, reference, "destroyed", (*_COMING, NOT_FOUND)) as file:
        file.due_on = None
        _to(file, DESTROYED)
        _step(file, "destroyed", viewer, words, schedule=schedule, confirmed_by=confirmed_by)


def note(*, viewer: Viewer, reference: str, words: str) -> None:
    """Write something down with a file. It stays."""
    with _acting(viewer, reference, "note", ()) as file:
        _step(file, "note", viewer, words)


@contextmanager
def _acting(
    viewer: Viewer, reference: str, kind: str, states: tuple[str, ...]
) -> Iterator[FileSought]:
    """Hold a file that the viewer may see, in a state the step follows from, for one recorded act."""
    require(viewer, "file:step")
    seen = file_named(viewer, reference, verb="file:step")
    with recording(
        actor_of(viewer), "file:step", object_kind="file", object_ref=seen.reference,
        reason=viewer.reason or AT_HAND, stream=seen.case_lineage or seen.record_lineage,
    ) as rec:  # fmt: skip
        rec.describe(step=kind)
        file = FileSought.objects.select_for_update().get(pk=seen.pk)
        if states and file.state not in states:
            raise DataRejectedError(
                f"This file is {file.get_state_display().lower()}: that step does not follow.",
                next_step="Look at what was done about it since.",
            )
        yield file


def _to(file: FileSought, state: str) -> None:
    file.state = state
    file.save()


def _require_reach(viewer: Viewer, new: NewFile) -> None:
    case, record = new.case_lineage, new.record_lineage
    if (case, record) == (None, None):
        raise DataRejectedError(
            "A file is sought for a case or a person.", next_step="Enter the reference of one."
        )
    if not (
        (case is None or reaches_case(viewer, "file:seek", case))
        and (record is None or reaches_person(viewer, "file:seek", [record]))
    ):
        raise no_document()


def _require_day_to_come(day: date) -> None:
    if day < today():
        raise DataRejectedError("That day has gone by.", next_step="Enter today or a day to come.")


def _step(
    file: FileSought, kind: str, viewer: Viewer, words: str, *, asked_of: str = "",
    due_on: date | None = None, schedule: str = "", confirmed_by: str = "",
) -> None:  # fmt: skip
    if not words.strip():
        raise DataRejectedError("Nothing was written.", next_step="Say it in a sentence.")
    FileStep.objects.create(
        file=file, kind=kind, by=viewer.name, words=words.strip(), asked_of=asked_of,
        due_on=due_on, schedule=schedule.strip(), confirmed_by=confirmed_by.strip(),
    )  # fmt: skip
