"""What imports add to the morning: what came in lately, and what was refused of it."""

from collections.abc import Iterator
from datetime import date

from onrecord.apps.access.policies import may
from onrecord.apps.intake.models import Batch
from onrecord.apps.intake.policies import may_look_at_imports
from onrecord.apps.intake.selectors import batches
from onrecord.apps.settings.declared import NEW_DAYS
from onrecord.apps.settings.selectors import days
from onrecord.apps.work.morning import SHOWN, Item, Line, register
from onrecord.core.kernel.clock import UK_TIME
from onrecord.core.kernel.viewers import Viewer


def join() -> None:
    """Add these lines to everybody's morning."""
    register("batches", batch_lines, after=80)


def batch_lines(viewer: Viewer, on: date) -> Iterator[Line]:
    """Tell of the batches of the last days that stand, and of those with rejected rows."""
    if not may_look_at_imports(viewer):
        return
    new_for = days(NEW_DAYS)
    new = [
        batch
        for batch in batches(viewer, limit=50)
        if batch.undone_at is None
        and on - new_for <= batch.imported_at.astimezone(UK_TIME).date() <= on
    ]
    yield Line("Imported lately", "imported", len(new), _items(new), "list:imports")
    if may(viewer, "batch:rejects"):
        holed = [batch for batch in new if batch.rejects_file]
        yield Line("Imports with rejected rows", "with rejected rows", len(holed), _items(holed),
                   "list:imports")  # fmt: skip


def _items(found: list[Batch]) -> tuple[Item, ...]:
    return tuple(
        Item(
            f"{batch.imported_at.astimezone(UK_TIME):%a %H:%M}", batch.title, "batch",
            batch.reference, f"By {batch.actor}",
        )
        for batch in found[:SHOWN]
    )  # fmt: skip
