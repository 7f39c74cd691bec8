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
    """

    definition: Definition
    snapshot_id: str
    view: View
    counts: Counts
    universe: Counts
    excluded: tuple[Exclusion, ...]
    hash: str
    items: pa.Table

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
        }


def find_cohort(
    snapshot: Snapshot, definition: Definition, view: View | None = None, *, memory: str = "2GB"
) -> CohortResult:
    """Evaluate `definition` over `snapshot`, as `view` has it; everything when not said."""
    view = view or snapshot.view()
    with snapshot.reading(view, kinds=KINDS_READ, memory=memory) as record:
        evaluate(record, definition)
        items = _items(record)
        return CohortResult(
            definition=definition,
            snapshot_id=snapshot.snapshot_id,
            view=view,
            counts=_counts(record, "is_in"),
            universe=_counts(record, "true"),
            excluded=_excluded(record),
            hash=result_hash(definition, snapshot.snapshot_id, view, items),
            items=items,
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


def _counts(record: Record, condition: str) -> Counts:
    row = record.con.sql(f"""
    select count(distinct person), count(distinct incident), count(distinct case_lineage),
           coalesce(sum(len(allegations)), 0)::bigint, count(*)
    from item where {condition}
    """).fetchall()[0]
    return Counts(*row)


def _excluded(record: Record) -> tuple[Exclusion, ...]:
    rows = record.con.sql("""
    select reason, count(distinct person), count(distinct case_lineage), count(*)
    from item where not is_in group by reason
    """).fetchall()
    found = {Reason(reason): Exclusion(Reason(reason), *rest) for reason, *rest in rows}
    return tuple(found[reason] for reason in Reason if reason in found)


def items_in(result: CohortResult) -> pa.Table:
    """Return the items in scope."""
    return result.items.filter(result.items["is_in"])


def items_out(result: CohortResult, reason: Reason | None = None) -> pa.Table:
    """Return the items left out, all or those whose first reason is `reason`."""
    items = result.items
    if reason is None:
        return items.filter(pc.invert(items["is_in"]))
    return items.filter(pc.equal(items["reason"], reason.value))
