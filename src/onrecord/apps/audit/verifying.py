"""Verify the whole record: every event, look, position and fact against its commitments.

Rows are streamed out of one snapshot of the database and judged outside it
(`core.ledger.verifying`, `core.ledger.fact_checking`). Each kind of fact is read by
the role that may read it; a kind that no role may read is checked by its leaves.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from heapq import merge
from operator import attrgetter

from django.db import connections, transaction

from onrecord.apps.audit import proof_rows as rows
from onrecord.apps.audit.act_proof import unaccounted_rows
from onrecord.core.ledger.fact_checking import FactsCheck
from onrecord.core.ledger.verifying import (
    Finding,
    LogCheck,
    altered_consultations,
    altered_events,
    broken_streams,
)

FINDINGS_KEPT = 100
_WHOLE_RECORD = "select set_config('onrecord.hidden', '{}', true), set_config('onrecord.hidden_holders', '{}', true)"
_ALIASES = ("default", "sequencer", "reader", "compartment")
_TICK = 5000

type Tick = Callable[[int], None]


@dataclass(slots=True)
class Verification:
    """What verifying the record came to.

    Attributes:
        events: ledger events there are; likewise `consultations`, `positions`, `facts`.
        root: of the log, as recomputed; with `positions`, what to keep elsewhere.
        by_leaf_only: kinds whose values no role may read, checked by commitment alone.
        pending: acts and looks that wait for their place in the log.
        bad: how many things were found wrong; `findings` keeps the first of them.
    """

    events: int = 0
    consultations: int = 0
    positions: int = 0
    root: str = ""
    facts: int = 0
    by_leaf_only: tuple[str, ...] = ()
    pending: int = 0
    bad: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Tell whether everything is as it was recorded."""
        return self.bad == 0

    @property
    def first_bad(self) -> Finding | None:
        """Return the first thing found wrong: log, then events, looks, streams, facts."""
        return self.findings[0] if self.findings else None

    def note(self, found: Iterable[Finding]) -> None:
        """Count what was found, and keep the first of it."""
        for finding in found:
            self.bad += 1
            if len(self.findings) < FINDINGS_KEPT:
                self.findings.append(finding)


def work_to_do() -> int:
    """Return how many rows `verify_record` will read, for a progress bar."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select (select size from ledger.frontier) * 2"
            " + coalesce((select sum(n.value::bigint) from ledger.event e, jsonb_each_text(e.counts) n), 0)"
        )
        return int(cursor.fetchone()[0])


def verify_record(
    *, witnessed: Mapping[int, bytes] | None = None, tick: Tick | None = None
) -> Verification:
    """Recompute everything the ledger commits to, and say what does not agree.

    `witnessed` are checkpoints kept outside this store: size of the log and its root.
    A chain alone shows clumsy tampering only; whoever owns the database can make it
    anew. A checkpoint kept elsewhere is what they cannot reach.
    """
    result = Verification()
    with ExitStack() as stack:
        _share_one_snapshot(stack)
        stack.callback(rows.close_streams)
        counting = _Counting(tick)
        _verify_log(result, witnessed or {}, counting)
        _verify_acts_and_looks(result, counting)
        result.note(rows.missing_guards())
        result.note(unaccounted_rows())
        result.note(rows.miscounted_rows())
        result.note(rows.misdirected_undoings())
        result.note(rows.misplaced_roots())
        _verify_facts(result, counting)
    return result


class _Counting:
    """Passes rows on and reports how many went by."""

    def __init__(self, tick: Tick | None) -> None:
        self._tick = tick

    def over[T](self, stream: Iterable[T], count: Callable[[], None] | None = None) -> Iterator[T]:
        for number, row in enumerate(stream, 1):
            if count is not None:
                count()
            if self._tick is not None and number % _TICK == 0:
                self._tick(_TICK)
            yield row


def _share_one_snapshot(stack: ExitStack) -> None:
    """Have every role read the very same state, however long it takes and whoever writes."""
    snapshot = ""
    for alias in _ALIASES:
        stack.enter_context(transaction.atomic(using=alias))
        with connections[alias].cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            if snapshot:
                cursor.execute("set transaction snapshot %s", [snapshot])
            else:
                cursor.execute("select pg_export_snapshot()")
                snapshot = str(cursor.fetchone()[0])
            # Everything is checked, what is walled included.
            cursor.execute(_WHOLE_RECORD)
            # Facts come by their number from an index; sorting them would fill the disk.
            cursor.execute("set local enable_sort = off")


def _verify_log(result: Verification, witnessed: Mapping[int, bytes], counting: _Counting) -> None:
    check = LogCheck(witnessed)
    result.note(check.over(counting.over(rows.log_rows())))
    result.note(check.ends_as(*rows.edge_of_log()))
    result.note(rows.never_logged())
    result.positions, result.root = check.frontier.size, check.frontier.root().hex()
    result.pending = rows.pending()


def _verify_acts_and_looks(result: Verification, counting: _Counting) -> None:
    def one_event() -> None:
        result.events += 1

    def one_look() -> None:
        result.consultations += 1

    result.note(altered_events(counting.over(rows.event_rows(), one_event)))
    result.note(altered_consultations(counting.over(rows.consultation_rows(), one_look)))
    result.note(broken_streams(rows.stream_rows()))
    result.note(rows.heads_of_nothing())


def _verify_facts(result: Verification, counting: _Counting) -> None:
    reach = rows.readers_of_kinds()
    holders = rows.holder_codes()
    streams = [
        rows.fact_rows(alias, kinds, holders) for alias, kinds in reach.by_alias.items() if kinds
    ]
    if reach.by_leaf_only:
        streams.append(rows.leaf_rows(reach.by_leaf_only))
    check = FactsCheck(rows.canonical_names(), rows.expected_of_events())
    result.note(check.over(counting.over(merge(*streams, key=attrgetter("fact_id")))))
    result.facts = check.checked.total()
    result.by_leaf_only = tuple(kind for kind in reach.by_leaf_only if check.checked[kind])


def unguarded_tables() -> list[str]:
    """Return the append-only tables whose guarding triggers are gone or switched off."""
    return [finding.ref for finding in rows.missing_guards()]
