"""Check a ledger against itself: what was written, in what order, and that nothing left.

Everything here is handed rows and hands back findings. It opens nothing, so
that somebody who does not trust the program can read these few pages, feed
them a dump of the tables and come to their own answer.

Values arrive as the text of the canonical form (`core.ledger.canonical`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.core.ledger.canonical import leaf_hash
from onrecord.core.ledger.merkle import Frontier

EVENT_FIELDS = (
    "action", "actor", "actor_kind", "actor_organisation", "at", "batch", "body", "counts",
    "event_id", "merkle_root", "object_kind", "object_ref", "previous_hash", "reason", "stream",
)  # fmt: skip
"""What the hash of an event covers, in canonical order."""

CONSULTATION_FIELDS = (
    "action", "actor", "actor_kind", "actor_organisation", "at", "consultation_id", "object_kind",
    "object_ref", "page", "payload_hash", "position", "reason", "view", "was_refused",
)  # fmt: skip
"""What the hash of a look covers, in canonical order."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was recorded.

    Attributes:
        what: event, consultation, position, checkpoint, stream or fact.
        ref: its number (or, for a stream, its lineage).
        says: one sentence, without any personal value.
        kind: the kind of fact, for a fact.
        event: the ledger event concerned, where there is one.
    """

    what: str
    ref: str
    says: str
    kind: str | None = None
    event: int | None = None

    def as_json(self) -> dict[str, str | int]:
        """Return what a script reads."""
        told = {"what": self.what, "ref": self.ref, "kind": self.kind, "event": self.event}
        return {name: value for name, value in told.items() if value is not None} | {
            "says": self.says
        }


def canonical_texts(names: Iterable[bytes], texts: Iterable[str | None]) -> bytes:
    """Return the canonical form of values that are text already, in the order given."""
    parts = []
    for name, text in zip(names, texts, strict=False):
        if text is not None:
            octets = text.encode()
            parts.append(b"%s=%d:%s\n" % (name, len(octets), octets))
    return b"".join(parts)


_EVENT_NAMES = tuple(name.encode() for name in EVENT_FIELDS)
_CONSULTATION_NAMES = tuple(name.encode() for name in CONSULTATION_FIELDS)


def event_hash(texts: Iterable[str | None]) -> bytes:
    """Return the hash of an event, given the texts of `EVENT_FIELDS`."""
    return hashlib.sha256(canonical_texts(_EVENT_NAMES, texts)).digest()


def consultation_hash(texts: Iterable[str | None]) -> bytes:
    """Return the hash of a look, given the texts of `CONSULTATION_FIELDS`."""
    return hashlib.sha256(canonical_texts(_CONSULTATION_NAMES, texts)).digest()


def altered_events(rows: Iterable[tuple[int, bytes, tuple[str | None, ...]]]) -> Iterator[Finding]:
    """Find events that do not hash to what was written with them."""
    for event_id, stored, texts in rows:
        if event_hash(texts) != stored:
            says = f"Event {event_id} was altered: it does not hash to what was recorded with it."
            yield Finding("event", str(event_id), says, event=event_id)


def altered_consultations(
    rows: Iterable[tuple[int, bytes, tuple[str | None, ...]]],
) -> Iterator[Finding]:
    """Find looks that do not hash to what was written with them."""
    for number, stored, texts in rows:
        if consultation_hash(texts) != stored:
            says = (
                f"Consultation {number} was altered: it does not hash to what was recorded with it."
            )
            yield Finding("consultation", str(number), says)


def broken_streams(
    rows: Iterable[tuple[str, int, bytes | None, bytes, bytes | None]],
) -> Iterator[Finding]:
    """Find streams whose events do not follow one another from the first to the head.

    `rows` are (stream, event number, previous hash, hash, hash that the stream's head
    names), grouped by stream. Within one stream events follow their links, not their
    numbers: numbers are drawn before a writer's turn comes.
    """
    stream, head = "", None
    links: _Links = {}
    for name, event_id, previous, own, stored_head in rows:
        if name != stream:
            yield from _broken_stream(stream, links, head)
            stream, head, links = name, stored_head, {}
        if previous in links:
            says = f"Event {event_id} follows an event that another one follows already."
            yield Finding("stream", name, says, event=event_id)
        links[previous] = (event_id, own)
    yield from _broken_stream(stream, links, head)


type _Links = dict[bytes | None, tuple[int, bytes]]


def _broken_stream(stream: str, links: _Links, head: bytes | None) -> Iterator[Finding]:
    if not links:
        return
    end: bytes | None = None
    while (found := links.pop(end, None)) is not None:
        end = found[1]
    if links:
        event_id = min(number for number, _ in links.values())
        says = f"Event {event_id} follows an event that is not in its stream."
        yield Finding("stream", stream, says, event=event_id)
    elif head != end:
        says = f"Stream {stream} does not end with the event that its head names."
        yield Finding("stream", stream, says)


@dataclass(frozen=True, slots=True)
class LogRow:
    """One position of the log beside what stands in the tables it points to."""

    position: int
    source: str
    source_id: int
    leaf: bytes
    source_hash: bytes | None
    checkpoint: bytes | None


@dataclass(slots=True)
class LogCheck:
    """Walks the log from the first position and recomputes its tree.

    Attributes:
        witnessed: checkpoints kept somewhere else: size of the log and its root then.
        frontier: the tree over what has been walked, up to the first gap.
        gap: the first missing position, or zero.
    """

    witnessed: Mapping[int, bytes] = field(default_factory=dict)
    frontier: Frontier = field(default_factory=Frontier)
    gap: int = 0

    def over(self, rows: Iterable[LogRow]) -> Iterator[Finding]:
        """Find what is wrong at each position, in order."""
        for row in rows:
            yield from _at_position(row)
            if self.gap:
                continue
            if row.position != self.frontier.size + 1:
                self.gap = self.frontier.size + 1
                yield _at(
                    self.gap,
                    f"Position {self.gap} is missing from the log; the next is {row.position}.",
                )
                continue
            self.frontier.append(row.leaf)
            yield from self._at_checkpoint(row)

    def ends_as(self, size: int, root: bytes, last_checkpoint: int) -> Iterator[Finding]:
        """Find whether the log ends where the tree's edge and the checkpoints say."""
        if self.gap:
            return
        ends = self.frontier.size
        furthest = max(size, last_checkpoint, *self.witnessed, 0)
        if ends < furthest:
            yield _at(ends + 1, f"The log ends at position {ends}, but it once reached {furthest}.")
        elif ends > size or self.frontier.root() != root:
            yield _at(ends, "The edge of the tree is not the edge of this log.")

    def _at_checkpoint(self, row: LogRow) -> Iterator[Finding]:
        witnessed = self.witnessed.get(row.position)
        if row.checkpoint is None and witnessed is None:
            return
        root = self.frontier.root()
        if row.checkpoint not in (None, root):
            yield Finding(
                "checkpoint",
                str(row.position),
                f"The checkpoint at {row.position} is not the root of the log up to there.",
            )
        if witnessed not in (None, root):
            yield Finding(
                "checkpoint",
                str(row.position),
                f"The log up to {row.position} is not the one that a checkpoint kept elsewhere saw.",
            )


def _at_position(row: LogRow) -> Iterator[Finding]:
    event = row.source_id if row.source == "event" else None
    named = f"{row.source.capitalize()} {row.source_id}"
    if row.source_hash is None:
        says = f"{named} is missing; position {row.position} of the log names it."
        yield Finding(row.source, str(row.source_id), says, event=event)
    elif leaf_hash(row.source_hash) != row.leaf:
        says = f"{named} is not the one that was logged at position {row.position}."
        yield Finding(row.source, str(row.source_id), says, event=event)


def _at(position: int, says: str) -> Finding:
    return Finding("position", str(position), says)
