"""Take back one act, of whoever judged: what was said before it stands again, exactly."""

import uuid

from django.db import connection

from onrecord.apps.audit.services import recording, sequence_pending
from onrecord.core.ledger.actors import Actor


def take_back_act(
    *, actor: Actor, verb: str, undone: int, about: tuple[str, str], reason: str,
    stream: uuid.UUID | None = None, **told: str | int,
) -> None:  # fmt: skip
    """Undo what one act wrote; `about` is the kind and the reference of what it was about.

    Raises:
        UsageError: no reason was given.
    """
    kind, reference = about
    with recording(
        actor, verb, object_kind=kind, object_ref=reference, reason=reason, stream=stream
    ) as rec:
        rec.describe(**told)
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into ledger.batch_undo (undone_event, event_id) values (%s, %s)",
                [undone, rec.event_id],
            )
        rec.wrote("batch_undo", 1)
    sequence_pending()
