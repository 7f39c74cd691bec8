"""Check the facts against the ledger: each says what it said, none left, none was added."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.core.ledger.canonical import leaf_hash
from onrecord.core.ledger.merkle import Frontier
from onrecord.core.ledger.verifying import Finding, canonical_texts

_GAPS_NAMED = 3


@dataclass(frozen=True, slots=True)
class FactRow:
    """One stored fact: what it commits to, and the texts it was made of if they may be read."""

    fact_id: int
    event_id: int
    kind: str
    salt: bytes
    leaf: bytes
    texts: tuple[str | None, ...] | None


@dataclass(frozen=True, slots=True)
class Expected:
    """What an event says that it wrote: facts of each kind, and the root over them."""

    event_id: int
    counts: Mapping[str, int]
    root: bytes


@dataclass(slots=True)
class _Open:
    """An event some of whose facts have been met."""

    expected: Expected
    left: Counter[str]
    frontier: Frontier = field(default_factory=Frontier)
    last: int = 0
    gaps: list[tuple[int, int]] = field(default_factory=list)

    def meets(self, row: FactRow) -> None:
        if self.last and row.fact_id > self.last + 1:
            self.gaps.append((self.last + 1, row.fact_id - 1))
            del self.gaps[_GAPS_NAMED:]
        self.last = row.fact_id
        self.left[row.kind] -= 1
        if not self.left[row.kind]:
            del self.left[row.kind]
        self.frontier.append(row.leaf)


@dataclass(slots=True)
class FactsCheck:
    """Walks every fact in the order of its number, beside the events that wrote them.

    Holds only the events whose facts have not all been met, so its memory does not
    grow with the record.

    Attributes:
        names: for each kind, the field names of the canonical form, in order.
        events: what each event with facts wrote, by event number.
        checked: facts met, by kind.
    """

    names: Mapping[str, tuple[bytes, ...]]
    events: Iterator[Expected]
    checked: Counter[str] = field(default_factory=Counter)
    _open: dict[int, _Open] = field(default_factory=dict)
    _reached: int = 0

    def over(self, rows: Iterable[FactRow]) -> Iterator[Finding]:
        """Find what is wrong with each fact, then with events whose facts did not all turn up."""
        for row in rows:
            self.checked[row.kind] += 1
            if row.texts is not None and self._leaf(row, row.texts) != row.leaf:
                yield _fact(row, "was altered: its values are not those it was recorded with")
            yield from self._meet(row)
        for expected in self.events:
            self._expect(expected)
        for event_id in sorted(self._open):
            yield _incomplete(self._open[event_id])

    def _leaf(self, row: FactRow, texts: tuple[str | None, ...]) -> bytes:
        return leaf_hash(row.salt + canonical_texts(self.names[row.kind], texts))

    def _meet(self, row: FactRow) -> Iterator[Finding]:
        self._read_events_to(row.event_id)
        batch = self._open.get(row.event_id)
        if batch is None or row.kind not in batch.left:
            yield _fact(row, f"was added: event {row.event_id} did not write it")
            return
        batch.meets(row)
        if not batch.left:
            del self._open[row.event_id]
            if batch.frontier.root() != batch.expected.root:
                yield _changed(batch)

    def _read_events_to(self, event_id: int) -> None:
        while self._reached < event_id:
            expected = next(self.events, None)
            if expected is None:
                self._reached = event_id
                return
            self._expect(expected)

    def _expect(self, expected: Expected) -> None:
        self._reached = expected.event_id
        if expected.counts:
            self._open[expected.event_id] = _Open(expected, Counter(expected.counts))


def _fact(row: FactRow, says: str) -> Finding:
    says = f"Fact {row.fact_id} ({row.kind}) {says}."
    return Finding("fact", str(row.fact_id), says, kind=row.kind, event=row.event_id)


def _changed(batch: _Open) -> Finding:
    event_id = batch.expected.event_id
    says = (
        f"The facts of event {event_id} are not those it wrote: its {batch.frontier.size} facts,"
        " taken together, do not have the root that it recorded."
    )
    return Finding("facts", str(event_id), says, event=event_id)


def _incomplete(batch: _Open) -> Finding:
    event_id = batch.expected.event_id
    missing = ", ".join(f"{count} of {kind}" for kind, count in sorted(batch.left.items()))
    gaps = ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in batch.gaps)
    hint = f" Fact numbers absent between those that are there: {gaps}." if gaps else ""
    says = f"Facts that event {event_id} wrote are missing: {missing}.{hint}"
    kinds = sorted(batch.left)
    return Finding("facts", str(event_id), says, kind=kinds[0], event=event_id)
