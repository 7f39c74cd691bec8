"""Work conflicts out anew whenever lower apps say that ties may have changed."""

from onrecord.apps.access.barring import when_ties_change
from onrecord.apps.conflicts.morning_lines import conflict_lines
from onrecord.apps.conflicts.services import work_out
from onrecord.apps.intake.models import Batch
from onrecord.apps.intake.projections import after_import
from onrecord.apps.work.morning import register


def listen() -> None:
    """Ask to be told of batches, accounts of people on record and judgements; join the morning."""
    when_ties_change.append(_ties_changed)
    after_import.append(_batch_landed)
    register("conflicts", conflict_lines, after=40)


def _ties_changed(reason: str) -> None:
    work_out(reason=reason)


def _batch_landed(_: Batch) -> None:
    work_out(reason="a batch is on record, or was taken back")
