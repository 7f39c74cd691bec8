"""Inclusion proofs for a case: of its facts under their events, of those events in the log."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection

from onrecord.apps.audit.proof_rows import event_rows, packed_leaves
from onrecord.core.kernel.errors import VerificationFailedError
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.ledger.checkpoints import Checkpoint
from onrecord.core.ledger.fact_checking import FactRow
from onrecord.core.ledger.packed import packed_proofs
from onrecord.core.ledger.verifying import EVENT_FIELDS

_LEAF = "V32"


@dataclass(frozen=True, slots=True)
class ProvedEvent:
    """A ledger event with its place in the log and the proof of it."""

    fields: Mapping[str, str]
    event_hash: bytes
    position: int
    proof: Sequence[bytes]

    @property
    def root(self) -> bytes:
        """Return the root over the facts that the event wrote."""
        return bytes.fromhex(self.fields.get("merkle_root", ""))

    def as_json(self, leaves: int) -> dict[str, Any]:
        """Return the event as a bundle holds it; `leaves` is how many facts it wrote."""
        return {
            "fields": dict(self.fields),
            "event_hash": self.event_hash.hex(),
            "leaves": leaves,
            "position": self.position,
            "proof": [node.hex() for node in self.proof],
        }


@dataclass(slots=True)
class Proofs:
    """For facts, by number: their place among what their event wrote, and the proof of it."""

    indexes: dict[int, int] = field(default_factory=dict)
    paths: dict[int, list[bytes]] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)


def event_proofs(events: Collection[int], checkpoint: Checkpoint) -> dict[int, ProvedEvent]:
    """Return these events, each with the proof that it is in the log at `checkpoint`.

    Raises:
        VerificationFailedError: the log is not what it was.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select source_id, position from ledger.entry where source = 'event' and source_id = any(%s)",
            [list(events)],
        )
        positions: dict[int, int] = dict(cursor.fetchall())
    log = packed_leaves(
        f"select leaf from ledger.entry where position <= {int(checkpoint.size)} order by position",  # noqa: S608 - a number
        [("leaf", _LEAF)],
    )
    root, paths = packed_proofs(log["leaf"].tobytes(), [at - 1 for at in positions.values()])
    if root.hex() != checkpoint.root:
        raise _broken("The log")
    return {
        number: ProvedEvent(
            fields={n: t for n, t in zip(EVENT_FIELDS, texts, strict=True) if t is not None},
            event_hash=stored,
            position=positions[number],
            proof=paths[positions[number] - 1],
        )
        for number, stored, texts in event_rows(events)
    }


def fact_proofs(rows: Sequence[FactRow], events: Mapping[int, ProvedEvent]) -> Proofs:
    """Return, for each fact, the proof that it is among what its event wrote.

    Raises:
        VerificationFailedError: what an event wrote is not what it was.
    """
    proofs = Proofs()
    if not events:
        return proofs
    numbers = ", ".join(str(int(number)) for number in sorted(events))
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    leaves = packed_leaves(
        f"select event_id, fact_id, leaf from ledger.commitments(array[{kinds}], array[{numbers}]::bigint[])"  # noqa: S608 - the register and numbers
        " order by event_id, fact_id",
        [("event", ">i8"), ("fact", ">i8"), ("leaf", _LEAF)],
    )
    wanted: dict[int, list[int]] = {}
    for row in rows:
        wanted.setdefault(row.event_id, []).append(row.fact_id)
    for number, event in events.items():
        low, high = np.searchsorted(leaves["event"], [number, number + 1])
        _prove(proofs, number, event, leaves[low:high], wanted[number])
    return proofs


def _prove(
    proofs: Proofs, number: int, event: ProvedEvent, leaves: Any, wanted: Sequence[int]
) -> None:
    indexes = [int(at) for at in np.searchsorted(leaves["fact"], wanted)]
    root, paths = packed_proofs(leaves["leaf"].tobytes(), indexes)
    if root != event.root:
        raise _broken(f"What event {number} wrote")
    proofs.sizes[number] = len(leaves)
    for fact_id, index in zip(wanted, indexes, strict=True):
        proofs.indexes[fact_id], proofs.paths[fact_id] = index, paths[index]


def _broken(what: str) -> VerificationFailedError:
    return VerificationFailedError(
        f"{what} is not what it was when it was recorded; no proof can be given.",
        next_step="Type: onrecord audit verify",
    )
