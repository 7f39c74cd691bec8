"""Random histories of the record, and a model of views so plain that it is plainly right."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pyarrow as pa
from hypothesis import strategies as st

from onrecord.core.kernel.kinds import KINDS
from onrecord.core.snapshots.columns import Destination, arrow_schema, columns_for
from onrecord.core.timekeeping.views import View

FIRST_DAY = date(2020, 1, 1)
HOLDERS = (1, 2, 3)


@dataclass(frozen=True)
class Version:
    """One version of a thing: an allegation, or a holding of one."""

    kind: str
    fact_id: int
    event_id: int
    position: int
    lineage: UUID
    change: str
    gone: bool
    known_on: date
    holder_id: int
    held_lineage: UUID | None = None


@dataclass(frozen=True)
class History:
    """Everything written, and which events were undone from which position."""

    versions: tuple[Version, ...]
    undone: tuple[tuple[int, int], ...]
    end: int


def lineage(number: int, kind: str = "allegation") -> UUID:
    return UUID(int=number if kind == "allegation" else (1 << 100) + number)


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


@st.composite
def histories(draw: Any) -> History:
    """Draw events in ledger order; event numbers are not in that order, as in the store."""
    count = draw(st.integers(1, 7))
    events = draw(st.permutations(range(10, 10 + count)))
    versions: list[Version] = []
    undone: list[tuple[int, int]] = []
    position = 0
    for place, event in enumerate(events):
        position += draw(st.integers(1, 2))
        if place and draw(st.integers(0, 3)) == 0:
            undone.append((draw(st.sampled_from(events[:place])), position))
            continue
        versions += draw(_batch(event, position, len(versions)))
    return History(tuple(versions), tuple(undone), position)


@st.composite
def _batch(draw: Any, event: int, position: int, written: int) -> list[Version]:
    things = draw(
        st.lists(
            st.tuples(st.sampled_from(("allegation", "holding")), st.integers(0, 3)),
            min_size=1,
            max_size=6,
            unique=True,
        )
    )
    return [
        Version(
            kind=kind,
            fact_id=1000 - written - place,
            event_id=event,
            position=position,
            lineage=lineage(number, kind),
            change=draw(st.sampled_from(("first", "later", "mistake"))),
            gone=draw(st.integers(0, 3)) == 0,
            known_on=day(draw(st.integers(0, 4))),
            holder_id=draw(st.sampled_from(HOLDERS)),
            held_lineage=lineage(draw(st.integers(0, 3))) if kind == "holding" else None,
        )
        for place, (kind, number) in enumerate(things)
    ]


@st.composite
def views(draw: Any, end: int) -> View:
    return View(
        position=draw(st.integers(0, end)),
        on=draw(st.none() | st.integers(-1, 5).map(day)),
        includes_day=draw(st.booleans()),
        held_by=draw(st.none() | st.frozensets(st.sampled_from(HOLDERS))),
    )


def seen(history: History, kind: str, view: View) -> set[int]:
    """Return the numbers of the versions that the view shows, worked out one by one."""
    undone = {event for event, position in history.undone if position <= view.position}
    told = _told(history, view) if view.held_by is not None and kind != "holding" else set()
    newest: dict[UUID, Version] = {}
    for version in history.versions:
        if (
            version.kind == kind
            and version.position <= view.position
            and view.admits_known_on(version.known_on)
            and version.event_id not in undone
            and (
                view.held_by is None
                or version.holder_id in view.held_by
                or (
                    kind != "holding"
                    and any(a == version.lineage and on >= version.known_on for a, on in told)
                )
            )
        ):
            rival = newest.get(version.lineage)
            if rival is None or _age(version) > _age(rival):
                newest[version.lineage] = version
    return {version.fact_id for version in newest.values() if not version.gone}


def _told(history: History, view: View) -> set[tuple[UUID | None, date]]:
    shown = seen(history, "holding", view)
    return {(v.held_lineage, v.known_on) for v in history.versions if v.fact_id in shown}


def _age(version: Version) -> tuple[date, int, int]:
    return version.known_on, version.position, version.fact_id


def batch_of(kind: str, rows: list[dict[str, Any]]) -> pa.RecordBatch:
    """Return rows as the store would hand them over, every column present."""
    columns: dict[str, str] = {}
    for destination in Destination:
        columns |= columns_for(KINDS[kind], destination)
    schema = arrow_schema(columns)
    arrays = [_array([row.get(f.name) for row in rows], f.type) for f in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: list[Any], type_: pa.DataType) -> pa.Array:
    if type_ == pa.uuid():
        storage = pa.array([v and v.bytes for v in values], pa.binary(16))
        return pa.ExtensionArray.from_storage(type_, storage)
    return pa.array(values, type_)
