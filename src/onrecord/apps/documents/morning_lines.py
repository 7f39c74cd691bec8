"""What the file desk adds to the morning: files that ought to have come, and scans to be made."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from onrecord.apps.access.policies import may
from onrecord.apps.documents.file_reads import files_visible, outstanding, overdue
from onrecord.apps.documents.models import RECEIVED, FileSought
from onrecord.apps.work.morning import SHOWN, Item, Line, register
from onrecord.apps.work.morning_lines import when_due
from onrecord.core.kernel.viewers import Viewer


def join() -> None:
    """Add these lines to everybody's morning."""
    register("files", file_lines, after=40)


def file_lines(viewer: Viewer, on: date) -> Iterator[Line]:
    """Tell of files that are overdue, and of those that came and are not scanned yet."""
    if not may(viewer, "file:step"):
        return
    late = overdue(outstanding(viewer, on=on), on)
    yield _line("Files overdue", "files overdue", late, on, is_late=True)
    came = files_visible(viewer).filter(state=RECEIVED).order_by("opened_at", "pk")
    yield _line("Files to scan", "files to scan", came, on)


def _line(
    heading: str, unit: str, files: QuerySet[FileSought], on: date, *, is_late: bool = False
) -> Line:
    items = tuple(
        Item(
            when_due(file.due_on, on) if is_late else "Came",
            file.title, "file", file.reference,
            f"Asked of {file.asked_of}" if file.asked_of else "",
        )
        for file in files[:SHOWN]
    )  # fmt: skip
    return Line(heading, unit, files.count(), items, "list:files", is_late=is_late)
