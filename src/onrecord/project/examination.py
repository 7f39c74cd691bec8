"""What `onrecord doctor` looks at inside an opened store, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

from onrecord.apps.audit.selectors import LogState, log_state
from onrecord.apps.audit.verifying import unguarded_tables
from onrecord.apps.intake.models import Batch
from onrecord.apps.people.projections import projection_sizes
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import OnrecordError
from onrecord.core.snapshots.folders import SnapshotFolder
from onrecord.project.checks import excess_powers
from onrecord.project.home import Home

OLDEST_POSTGRESQL = 15
LONGEST_WAIT_SECONDS = 60.0
"""How long an act may wait for its place in the log before the sequencer is thought dead."""

_BACKUP_EVERY_DAYS = 7
_LIVING = ("default", "sequencer", "reader", "compartment")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen; with a remedy, it is something to see to."""

    says: str
    remedy: str = ""


def looks(home: Home) -> dict[str, Callable[[], Seen]]:
    """Return everything to look at in the opened store of `home`, by name."""
    return {
        "server": _server,
        "roles": _roles,
        "guards": _guards,
        "log": _log,
        "projections": _projections,
        "snapshot": lambda: _snapshot(home),
        "backup": _backup,
    }


def is_sequenced(state: LogState) -> bool:
    """Tell whether nothing has waited too long for its place in the log."""
    return state.oldest_wait_seconds <= LONGEST_WAIT_SECONDS


def _server() -> Seen:
    with connections["default"].cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int / 10000")
        major = int(cursor.fetchone()[0])
    if major < OLDEST_POSTGRESQL:
        raise OnrecordError(
            f"The server is PostgreSQL {major}.",
            next_step=f"{OLDEST_POSTGRESQL} or newer is needed.",
        )
    return Seen(f"PostgreSQL {major}")


def _roles() -> Seen:
    found = [f"{alias} {power}" for alias in _LIVING for power in excess_powers(alias)]
    if found:
        raise OnrecordError(
            f"Roles can do more than they should: {'; '.join(found)}.",
            next_step="Take that away before anything is served.",
        )
    return Seen(f"{len(_LIVING)} roles, none with more power than it needs")


def _guards() -> Seen:
    if unguarded := unguarded_tables():
        raise OnrecordError(
            f"Guarding triggers are gone or off: {', '.join(unguarded)}.",
            next_step="Type: onrecord audit verify   and restore a backup made before this.",
        )
    return Seen("every append-only table refuses change and counts what is written")


def _log() -> Seen:
    state = log_state()
    says = f"position {state.size:,}, last checkpoint {state.checkpoint_at or 'never'}"
    if not state.pending:
        return Seen(says)
    says += f"; {state.pending:,} wait for a place, the oldest {state.oldest_wait_seconds:.0f} s"
    is_late = not is_sequenced(state)
    return Seen(says, "Is the sequencer running? Type: onrecord serve" if is_late else "")


def _projections() -> Seen:
    waiting = Batch.objects.filter(is_projected=False).count()
    sizes = projection_sizes()
    says = ", ".join(f"{name} {rows:,}" for name, rows in sizes.items())
    is_stale = waiting or sizes["person"] != sizes["person_search"]
    return Seen(says, "They are behind the facts. Type: onrecord rebuild" if is_stale else "")


def _snapshot(home: Home) -> Seen:
    latest = SnapshotFolder(home.snapshots).latest()
    size = log_state().size
    if latest is None:
        return Seen("none yet", "For cohorts and counts. Type: onrecord snapshot" if size else "")
    return Seen(f"at position {latest.position:,}; the log is at {size:,}")


def _backup() -> Seen:
    with connections["default"].cursor() as cursor:
        cursor.execute("select max(at) from ledger.event where action = 'store:back_up'")
        last = cursor.fetchone()[0]
        cursor.execute("select exists (select from ledger.event where action <> 'store:back_up')")
        has_content = cursor.fetchone()[0]
    remedy = "Type: onrecord backup --out NAME.tar"
    if last is None:
        return Seen("never", remedy if has_content else "")
    days = (now() - last).days
    return Seen(f"{days} days ago", remedy if days >= _BACKUP_EVERY_DAYS else "")
