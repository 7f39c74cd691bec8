"""Reads of the file desk: which files are sought, what is overdue, and what was done for each."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, QuerySet, Value, When

from onrecord.apps.audit.services import record_consultation
from onrecord.apps.documents.models import OUTSTANDING, FileSought, FileStep
from onrecord.apps.documents.selectors import within
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import is_public_reference
from onrecord.core.kernel.viewers import Viewer

PAGE = 25
AT_HAND = "the file desk"
"""Why somebody looks at the desk who gave no reason of their own."""


@dataclass(frozen=True, slots=True)
class FilePage:
    """Some files out of many.

    Attributes:
        number: which page, from one.
        total: how many there are in all that this viewer may see.
        overdue: how many of those ought to have come already.
    """

    files: list[FileSought]
    number: int
    total: int
    overdue: int


def files_visible(viewer: Viewer, verb: str = "file:read") -> QuerySet[FileSought]:
    """Return every file sought that exists for this viewer and that `verb` reaches."""
    return FileSought.objects.select_related("document").filter(within(viewer, verb))


def outstanding(viewer: Viewer, *, on: date | None = None) -> QuerySet[FileSought]:
    """Return the files that something has still to be done about, what is overdue first."""
    is_late = Case(When(due_on__lt=on or today(), then=Value(0)), default=Value(1))
    return (
        files_visible(viewer)
        .filter(state__in=OUTSTANDING)
        .order_by(is_late, F("due_on").asc(nulls_last=True), "opened_at", "pk")
    )


def settled(viewer: Viewer) -> QuerySet[FileSought]:
    """Return the files that were scanned, were not found or are known to be destroyed."""
    return files_visible(viewer).exclude(state__in=OUTSTANDING).order_by("-opened_at", "-pk")


def files_about(viewer: Viewer, kind: str, lineage: uuid.UUID) -> QuerySet[FileSought]:
    """Return every file sought for a case, or about a person record, in any state."""
    about = Q(case_lineage=lineage) if kind == "case" else Q(record_lineage=lineage)
    return files_visible(viewer).filter(about).order_by("-opened_at", "-pk")


def overdue(files: QuerySet[FileSought], on: date) -> QuerySet[FileSought]:
    """Return those of these files that ought to have come before this day."""
    return files.filter(state__in=OUTSTANDING, due_on__lt=on)


def page_of(files: QuerySet[FileSought], number: int) -> FilePage:
    """Return one page of a list; the last where there are fewer."""
    total = files.count()
    number = min(max(1, number), max(1, -(-total // PAGE)))
    first = (number - 1) * PAGE
    late = overdue(files, today()).count()
    return FilePage(list(files[first : first + PAGE]), number, total, late)


def file_named(viewer: Viewer, reference: str, *, verb: str = "file:read") -> FileSought:
    """Return one file sought, and record the look, or that it was refused.

    Raises:
        NotFoundError: there is none, or none this viewer may see.
    """
    text = reference.strip().upper()
    is_reference = is_public_reference(text)
    found = files_visible(viewer, verb).filter(reference=text).first() if is_reference else None
    record_consultation(
        viewer.because(viewer.reason or AT_HAND), verb, object_kind="file",
        object_ref=text if is_reference else "malformed", was_refused=found is None,
    )  # fmt: skip
    if found is None:
        raise NotFoundError(
            "There is no file by that reference, or none you may see.", next_step="Check it."
        )
    return found


def steps_of_file(file: FileSought) -> list[FileStep]:
    """Return everything that was done about a file, oldest first."""
    return list(FileStep.objects.filter(file=file))
