"""Write to the ledger: acts inside the transaction that makes them, and looks.

Every service opens `recording`, writes facts or accounts inside it, and leaves
one event behind. The database refuses the transaction if it wrote a fact that
the event does not count.
"""

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection, transaction

from onrecord.apps.audit.policies import require_reason
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor
from onrecord.core.ledger.merkle import Frontier
from onrecord.core.permissions.table import on_behalf_of


@dataclass(slots=True)
class Recording:
    """One act being recorded: its event's number, and what it has written so far."""

    event_id: int
    actor: Actor
    action: str
    object_kind: str
    object_ref: str
    reason: str
    stream: uuid.UUID
    batch: uuid.UUID | None = None
    counts: Counter[str] = field(default_factory=Counter)
    leaves: Frontier = field(default_factory=Frontier)
    body: str = ""

    def wrote(self, table: str, rows: int) -> None:
        """Count `rows` more written to `table` (its name without the schema)."""
        if rows:
            self.counts[table] += rows

    def merkle_root(self) -> bytes | None:
        """Return the root over the leaves of every fact written, in order; none if none was."""
        return self.leaves.root() if self.leaves.size else None

    def describe(self, **details: str | int | None) -> None:
        """Keep `details` with the event: references and codes, never personal values."""
        self.body = _written(details)


@contextmanager
def recording(
    actor: Actor,
    action: str,
    *,
    object_kind: str,
    object_ref: str,
    reason: str,
    stream: uuid.UUID | None = None,
    batch: uuid.UUID | None = None,
) -> Iterator[Recording]:
    """Open the transaction of one act and leave its event in the ledger.

    `action` is `resource:action`. `stream` is the lineage of the case, else of the
    person record, else a batch or other root; a new one is drawn if none is given.
    The event gets its position in the log once the transaction has committed.

    Raises:
        UsageError: no reason was given.
    """
    require_reason(reason)
    stream = stream or batch or uuid.uuid4()
    with transaction.atomic():
        _take_turn(stream)
        event_id = _next_event_id()
        record = Recording(
            event_id=event_id,
            actor=actor,
            action=action,
            object_kind=object_kind,
            object_ref=object_ref,
            reason=reason,
            stream=stream,
            batch=batch,
        )
        with _acting_under(event_id):
            yield record
        _note_acts(record)
        _note_for_whom(record)
        _insert_event(record)
    if not connection.in_atomic_block:
        sequence_pending()


@contextmanager
def _acting_under(event_id: int) -> Iterator[None]:
    """Tell the database under which event rows are changed; an act within an act has its own."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('onrecord.event', true), '')")
        outer = cursor.fetchone()[0]
        cursor.execute("select set_config('onrecord.event', %s, true)", [str(event_id)])
    yield
    with connection.cursor() as cursor:
        cursor.execute("select set_config('onrecord.event', %s, true)", [outer])


def _note_acts(record: Recording) -> None:
    """Put into the event which rows of guarded tables were changed under it."""
    with connection.cursor() as cursor:
        cursor.execute("select counts, digest from ledger.acts_so_far(%s)", [record.event_id])
        counts, digest = cursor.fetchone()
    if digest is None:
        return
    record.counts.update(json.loads(counts) if isinstance(counts, str) else counts)
    said = json.loads(record.body) if record.body else {}
    record.body = _written({**said, "rows": digest})


def _note_for_whom(record: Recording) -> None:
    """Put into the event in whose stead it was done, where that counted on what somebody lent."""
    actor = record.actor
    givers = on_behalf_of(record.action, actor.role, actor.lent) if actor.lent else ()
    if givers:
        said = json.loads(record.body) if record.body else {}
        record.body = _written({**said, "for": ", ".join(givers)})


def _written(details: dict[str, str | int | None]) -> str:
    return json.dumps(details, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def is_recording() -> bool:
    """Tell whether an act is being recorded in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('onrecord.event', true), '') <> ''")
        return bool(cursor.fetchone()[0])


@contextmanager
def within_an_act(
    action: str, *, object_kind: str, object_ref: str, actor: Actor, reason: str
) -> Iterator[None]:
    """Change rows under the act that is being recorded, or under one of their own if none is."""
    if connection.in_atomic_block and is_recording():
        yield
        return
    with recording(actor, action, object_kind=object_kind, object_ref=object_ref, reason=reason):
        yield


def sequence_pending() -> int:
    """Give a position to everything that has committed without one; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("select ledger.sequence_pending()")
        return int(cursor.fetchone()[0])


def record_consultation(
    viewer: Viewer,
    action: str,
    *,
    object_kind: str,
    object_ref: str,
    view: str = "",
    position: int = 0,
    payload_hash: bytes | None = None,
    was_refused: bool = False,
    typed: str = "",
) -> None:
    """Record that `viewer` looked, in the same transaction as the read itself.

    `typed` is what a search was for. It may be a name, so it is no part of the look: it lies for
    a month where only the question whether it reached something sealed is answered.
    """
    _looks.set(_looks.get() + 1)
    givers = on_behalf_of(action, viewer.role, viewer.lent) if viewer.lent else ()
    stead = f" (for {', '.join(givers)})" if givers else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into ledger.consultation (actor, actor_kind, actor_organisation, action, object_kind,"
            " object_ref, page, reason, view, position, payload_hash, was_refused)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                viewer.name,
                viewer.kind,
                viewer.organisation_code,
                action,
                object_kind,
                object_ref,
                viewer.page,
                viewer.reason + stead,
                view,
                position,
                payload_hash,
                was_refused,
            ],
        )
        if typed.strip():
            cursor.execute(
                "insert into ledger.searched (consultation_id, words)"
                " values (currval('ledger.consultation_id_seq'), %s)",
                [typed[:MOST_TYPED]],
            )


MOST_TYPED = 500
"""How many letters of what was typed are kept for the month."""

_looks: ContextVar[int] = ContextVar("onrecord_looks", default=0)


def forget_searches() -> int:
    """Forget what was typed to search more than a month ago; return how many searches that was."""
    with connection.cursor() as cursor:
        cursor.execute("select ledger.forget_searches()")
        return int(cursor.fetchone()[0])


def looks_so_far() -> int:
    """Return how many looks this thread of work has recorded: asked before and after a page is made."""
    return _looks.get()


def _take_turn(stream: uuid.UUID) -> None:
    """Wait until nobody else is writing to this stream, and hold it until the end.

    The application may not lock ledger rows (it may not change them), so the turn is
    an advisory lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(stream)])


def _next_event_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('ledger.event_id_seq')")
        return int(cursor.fetchone()[0])


def _insert_event(record: Recording) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into ledger.event (event_id, actor, actor_kind, actor_organisation, action, object_kind,"
            " object_ref, reason, stream, batch, counts, merkle_root, body)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s)",
            [
                record.event_id,
                record.actor.name,
                record.actor.kind,
                record.actor.organisation_code,
                record.action,
                record.object_kind,
                record.object_ref,
                record.reason,
                record.stream,
                record.batch,
                json.dumps(record.counts),
                record.merkle_root(),
                record.body,
            ],
        )
