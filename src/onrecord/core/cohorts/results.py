"""The result of a cohort: counted in five units, pinned by a hash, every row kept.

The hash covers what the definition says, the snapshot, the view and the sorted
items in scope, so a re-run on the same snapshot gives the same hash or something
has changed. Items left out are kept too: they answer "why out".
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.core.cohorts.definition import Definition
from onrecord.core.cohorts.evaluating import KINDS_READ, evaluate
from onrecord.core.cohorts.reasons import MEANINGS, Reason
from onrecord.core.cohorts.references import references_of
from onrecord.core.cohorts.unheard_of import warnings_of
from onrecord.core.snapshots.reading import Record, Snapshot
from onrecord.core.timekeeping.views import View


@dataclass(frozen=True, slots=True)
class Counts:
    """The five units, none of which may be mistaken for another."""

    people: int
    incidents: int
    cases: int
    allegations: int
    items: int


@dataclass(frozen=True, slots=True)
class Exclusion:
    """How much was left out, under the first reason that left it out."""

    reason: Reason
    people: int
    cases: int
    items: int

    @property
    def meaning(self) -> str:
        """Return the reason as a sentence."""
        return MEANINGS[self.reason]


@dataclass(frozen=True, slots=True)
class CohortResult:
    """A cohort as found: its definition, what it was found in, and every row judged.

    Attributes:
        items: one row per person and case of the universe, in the order of `item_id`.
        hash: pins definition, snapshot, view and the items in scope.
        warnings: what the definition names that is nowhere on record, a sentence each; not hashed.
    """

    definition: Definition
    snapshot_id: str
    view: View
    counts: Counts
    universe: Counts
    excluded: tuple[Exclusion, ...]
    hash: str
    items: pa.Table
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the result as scripts read it (`design.md` §9)."""
        return {
            "people": self.counts.people,
            "incidents": self.counts.incidents,
            "cases": self.counts.cases,
            "allegations": self.counts.allegations,
            "items": self.counts.items,
            "excluded": [
                {"reason": e.reason, "people": e.people, "cases": e.cases, "items": e.items}
                for e in self.excluded
            ],
            "snapshot": self.snapshot_id,
            "hash": self.hash,
            "definition": self.definition.name,
            "version": self.definition.version,
            "view": self.view.describe(),
            "warnings": list(self.warnings),
        }


def find_cohort(
    snapshot: Snapshot, definition: Definition, view: View | None = None, *, memory: str = "2GB"
) -> CohortResult:
    """Evaluate `definition` over `snapshot`, as `view` has it; everything when not said."""
    view = view or snapshot.view()
    with snapshot.reading(view, kinds=KINDS_READ, memory=memory) as record:
        evaluate(record, definition)
        items = _items(record)
        warnings = warnings_of(record, definition)
    return result_from_items(definition, snapshot.snapshot_id, view, items, warnings=warnings)


def result_from_items(
    definition: Definition,
    snapshot_id: str,
    view: View,
    items: pa.Table,
    *,
    warnings: tuple[str, ...] = (),
) -> CohortResult:
    """Return the result that these judged items are: counted, and pinned by its hash."""
    return CohortResult(
        definition=definition,
        snapshot_id=snapshot_id,
        view=view,
        counts=_counts(items.filter(items["is_in"])),
        universe=_counts(items),
        excluded=_excluded(items),
        hash=result_hash(definition, snapshot_id, view, items),
        items=items,
        warnings=warnings,
    )


def result_hash(definition: Definition, snapshot_id: str, view: View, items: pa.Table) -> str:
    """Return the hash that pins a result: definition, snapshot, view, sorted item ids."""
    digest = hashlib.sha256()
    for line in (definition.content_hash, snapshot_id, view.describe()):
        digest.update(line.encode() + b"\n")
    inside = items.filter(items["is_in"])["item_id"].to_pylist()
    digest.update("\n".join(sorted(inside)).encode())
    return digest.hexdigest()


def _items(record: Record) -> pa.Table:
    record.con.execute("set arrow_lossless_conversion = true").fetchall()
    items = record.con.sql("select * from item order by item_id").to_arrow_table()
    # Lossless Arrow hands lineages over as 16 bytes, but booleans as bytes too.
    is_in = items.schema.get_field_index("is_in")
    items = items.set_column(is_in, "is_in", items["is_in"].cast(pa.bool_())).combine_chunks()
    for prefix, column, name in (
        ("P", "person", "person_reference"),
        ("C", "case_lineage", "case_reference"),
        ("I", "incident", "incident_reference"),
    ):
        lineages = pa.concat_arrays(items[column].chunks) if len(items) else pa.nulls(0, pa.uuid())
        items = items.append_column(name, references_of(prefix, lineages))
    return items


def _counts(items: pa.Table) -> Counts:
    return Counts(
        people=_distinct(items["person"]),
        incidents=_distinct(items["incident"]),
        cases=_distinct(items["case_lineage"]),
        allegations=pc.sum(pc.list_value_length(items["allegations"])).as_py() or 0,
        items=items.num_rows,
    )


def _distinct(lineages: pa.ChunkedArray) -> int:
    """Count different lineages; a person not identified is nobody and not counted."""
    count: int = pc.count_distinct(lineages.cast(pa.binary(16)), mode="only_valid").as_py()
    return count


def _excluded(items: pa.Table) -> tuple[Exclusion, ...]:
    counted = []
    for reason in Reason:
        out = items.filter(pc.equal(items["reason"], reason.value))
        if out.num_rows:
            people, cases = _distinct(out["person"]), _distinct(out["case_lineage"])
            counted.append(Exclusion(reason, people, cases, out.num_rows))
    return tuple(counted)


def items_in(result: CohortResult) -> pa.Table:
    """Return the items in scope."""
    return result.items.filter(result.items["is_in"])


def items_out(result: CohortResult, reason: Reason | None = None) -> pa.Table:
    """Return the items left out, all or those whose first reason is `reason`."""
    items = result.items
    if reason is None:
        return items.filter(pc.invert(items["is_in"]))
    return items.filter(pc.equal(items["reason"], reason.value))
