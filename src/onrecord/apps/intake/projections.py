"""Bring projections up to date after a batch, however the last attempt ended."""

from collections.abc import Callable

from onrecord.apps.audit.services import sequence_pending, within_an_act
from onrecord.apps.facts.writing import refresh_statistics
from onrecord.apps.intake.models import Batch
from onrecord.apps.people.services import refresh_projections
from onrecord.core.ledger.actors import Actor, ActorKind

after_import: list[Callable[[Batch], None]] = []
"""What upper apps want done once a batch is on record, or taken back; told the batch."""


def finish_projections() -> None:
    """Refresh what depends on batches that were written or undone and not followed up.

    A batch whose importer was killed after its commit is followed up by the next.
    """
    waiting = list(Batch.objects.filter(is_projected=False))
    if not waiting:
        return
    sequence_pending()
    refresh_statistics({one["kind"] for batch in waiting for one in batch.kinds})
    refresh_projections([batch.event_id for batch in waiting])
    for batch in waiting:
        for follow_up in after_import:
            follow_up(batch)
        batch.is_projected = True
        with within_an_act(
            "projection:refresh",
            object_kind="batch",
            object_ref=batch.reference,
            actor=Actor("onrecord", ActorKind.SYSTEM),
            reason="what is found by search follows the batch",
        ):
            batch.save(update_fields=["is_projected"])
