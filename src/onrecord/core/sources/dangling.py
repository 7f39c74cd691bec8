"""Find facts that name something which is neither in the batch nor on record.

Such a fact is kept: what it names may come in a later file, or from another
source. Until then it has no effect on what it was meant for, and nobody would
notice; so it is counted, and the effect is said. Not every link is looked at,
only those on which a cohort turns.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from onrecord.core.sources.candidates import kinds_made
from onrecord.core.sources.formula_sql import identifier
from onrecord.core.sources.workbench import Workbench

type OnRecord = Callable[[str, Collection[UUID]], set[UUID]]
"""Given a kind and lineages, return those of them that are on record, from any source."""

_AT_A_TIME = 50_000


@dataclass(frozen=True, slots=True)
class _Link:
    """A column by which one kind of fact names another, and what is lost when nothing is there."""

    kind: str
    column: str
    parent: str
    named: str
    effect: str


_LINKS = (
    _Link(
        "spell_end", "spell", "service_spell", "a spell",
        "whoever left still counts as serving",
    ),
    _Link(
        "disposition", "allegation", "allegation", "an allegation",
        "how it ended counts for no cohort",
    ),
    _Link(
        "case_finalised", "case_lineage", "case_reported", "a case",
        "choosing by the case's type or dates of report misses it",
    ),
    _Link(
        "allegation", "case_lineage", "case_reported", "a case",
        "choosing by the case's type or dates misses it",
    ),
    _Link(
        "allegation", "record_lineage", "person_record", "a person record",
        "nothing says who it is about",
    ),
)  # fmt: skip


def nothing_on_record(_kind: str, _lineages: Collection[UUID]) -> set[UUID]:
    """Say that nothing is on record yet: a batch judged by itself."""
    return set()


def dangling(bench: Workbench, is_on_record: OnRecord) -> list[dict[str, Any]]:
    """Return, by link, how many facts of the batch name what is nowhere, and the sentence of it."""
    made = {kind.name for kind in kinds_made(bench)}
    return [
        {"kind": link.kind, "link": link.column, "facts": count, "sentence": _said(link, count)}
        for link in _LINKS
        if link.kind in made and (count := _count(bench, link, made, is_on_record))
    ]


def _count(bench: Workbench, link: _Link, made: set[str], is_on_record: OnRecord) -> int:
    column = identifier(link.column)
    absent = ""
    if link.parent in made:
        absent = f"and {column} not in (select lineage from facts_{link.parent})"
    named = (
        f"select {column} as lineage, count(*) as n from facts_{link.kind}"
        f" where {column} is not null {absent} group by 1"
    )
    return sum(_facts_without(bench, named, link.parent, is_on_record))


def _facts_without(
    bench: Workbench, named: str, parent: str, is_on_record: OnRecord
) -> Iterator[int]:
    """Yield how many facts name something nowhere on record, some lineages at a time."""
    counts: dict[UUID, int] = {}
    for batch in bench.stream(f"select cast(lineage as varchar), n from ({named})"):
        lineages, numbers = (column.to_pylist() for column in batch.columns)
        counts.update(zip(map(UUID, lineages), numbers, strict=True))
        if len(counts) >= _AT_A_TIME:
            yield _nowhere(counts, parent, is_on_record)
            counts = {}
    if counts:
        yield _nowhere(counts, parent, is_on_record)


def _nowhere(counts: dict[UUID, int], parent: str, is_on_record: OnRecord) -> int:
    there = is_on_record(parent, counts.keys())
    return sum(number for lineage, number in counts.items() if lineage not in there)


def _said(link: _Link, count: int) -> str:
    facts = "1 fact" if count == 1 else f"{count:,} facts"
    names = "names" if count == 1 else "name"
    spoken = link.kind.replace("_", " ")
    return f"{facts} ({spoken}) {names} {link.named} that is not on record: {link.effect}."
