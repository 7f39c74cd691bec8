"""Read the ledger."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from onrecord.core.kernel.clock import now
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.checkpoints import Checkpoint
from onrecord.core.ledger.merkle import Frontier


@dataclass(frozen=True, slots=True)
class Look:
    """One look at somebody or something, as the ledger has it."""

    at: datetime
    actor: str
    page: str
    reason: str
    view: str


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done, as the ledger has it."""

    event_id: int
    at: datetime
    actor: str
    action: str
    object_kind: str
    object_ref: str
    reason: str


def current_position() -> int:
    """Return the ledger position up to which everything is settled: the end of the record."""
    with connection.cursor() as cursor:
        cursor.execute("select size from ledger.frontier")
        return int(cursor.fetchone()[0])


def recent_acts(viewer: Viewer, *, actions: tuple[str, ...], limit: int = 10) -> list[Act]:
    """Return the newest acts of these kinds, newest first."""
    del viewer  # every signed-in account may see that work was done; walls arrive in part 2
    with connection.cursor() as cursor:
        cursor.execute(
            "select event_id, at, actor, action, object_kind, object_ref, reason from ledger.event"
            " where action = any(%s) order by event_id desc limit %s",
            [list(actions), limit],
        )
        return [Act(*row) for row in cursor.fetchall()]


def looks_at(viewer: Viewer, *, object_kind: str, object_ref: str, limit: int = 50) -> list[Look]:
    """Return the newest looks at one object, newest first."""
    del viewer
    with connection.cursor() as cursor:
        cursor.execute(
            "select at, actor, page, reason, view from ledger.consultation"
            " where object_kind = %s and object_ref = %s and not was_refused"
            " order by consultation_id desc limit %s",
            [object_kind, object_ref, limit],
        )
        return [Look(*row) for row in cursor.fetchall()]


def looked_last_but(actor: str, many: int) -> datetime | None:
    """Return when an account looked last but `many` looks, refused ones too; nothing if it never did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select at from ledger.consultation where actor = %s"
            " order by consultation_id desc offset %s limit 1",
            [actor, many],
        )
        row = cursor.fetchone()
        return row[0] if row else None


def checkpoint_now() -> Checkpoint:
    """Return how far the log goes now, and the root of its tree."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select f.size, f.peaks, (select leaf from ledger.entry where position = 1)"
            " from ledger.frontier f"
        )
        size, peaks, first = cursor.fetchone()
    edge = Frontier(size, [None if peak is None else bytes(peak) for peak in peaks])
    log = bytes(first).hex() if first is not None else ""
    return Checkpoint(log, int(size), edge.root().hex(), now().isoformat(timespec="seconds"))


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log goes, and what waits to be put into it."""

    size: int
    pending: int
    oldest_wait_seconds: float
    checkpoint_at: datetime | None


def log_state() -> LogState:
    """Return how far the log goes and how long the oldest act has waited for its place in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select size from ledger.frontier), count(*),"
            " coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float,"
            " (select at from ledger.checkpoint order by size desc limit 1) from ledger.pending"
        )
        return LogState(*cursor.fetchone())
