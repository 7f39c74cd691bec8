"""Answer "why in, why out" for any case, incident or person, whether judged or not."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.core.cohorts.conditions import quoted
from onrecord.core.cohorts.evaluating import KINDS_READ
from onrecord.core.cohorts.references import lineages_of
from onrecord.core.cohorts.results import CohortResult
from onrecord.core.cohorts.sentences import item_sentences
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import lineage_of, public_reference
from onrecord.core.snapshots.clusters import episode_sql, member_sql
from onrecord.core.snapshots.reading import Record, Snapshot

_ITEM_COLUMNS = {
    "P": ("person_reference", "person"),
    "C": ("case_reference", "case_lineage"),
    "I": ("incident_reference", "incident"),
}
"""For each prefix, the columns of an item that hold the reference and the lineage."""

_MEMBER = member_sql("t.incident", "t.lineage")
_WAYS = {
    "P": (
        (
            "select coalesce(k.cluster, t.lineage) from person_record t "
            "left join person_cluster k on k.member = t.lineage where t.lineage {}"
        ),
    ),
    "C": ("select t.lineage from case_reported t where t.lineage {}",),
    "I": (
        (
            "select coalesce(k.cluster, t.lineage) from incident t "
            "left join incident_cluster k on k.member = t.lineage where t.lineage {}"
        ),
        (
            f"select {episode_sql('k.cluster', 't.incident', 't.lineage')} from case_reported t "
            f"left join incident_cluster k on k.member = {_MEMBER} where {_MEMBER} {{}}"
        ),
    ),
}
"""How a thing is found by its lineage, and by which lineage a cohort knows it."""

_KINDS = {"P": "person_record", "C": "case_reported", "I": "incident"}
_HOLDER_KEY_PARTS = 3


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something is in or out.

    Attributes:
        reference: public reference of the person, case or incident asked about.
        is_in: whether any of its items is in scope.
        sentences: the answer, a sentence each, most telling first.
        items: the item ids it rests on; none where it is not in the universe.
    """

    reference: str
    is_in: bool
    sentences: tuple[str, ...]
    items: tuple[str, ...]


def why(snapshot: Snapshot, result: CohortResult, reference: str) -> Explanation:
    """Say why the thing called `reference` is in the cohort, or out, or was never looked at.

    `reference` is a public one (`P-…`, `C-…`, `I-…`) or `ORGANISATION:SYSTEM:KEY`.

    Raises:
        NotFoundError: nothing by that reference is on record in the result's view.
    """
    with snapshot.reading(result.view, kinds=KINDS_READ) as record:
        prefix, lineage = _resolve(record, reference)
        items = _items_about(result, prefix, lineage)
        shown = public_reference(prefix, lineage)
        if not items:
            absent = _ABSENT[prefix](record, shown, lineage)
            return Explanation(shown, is_in=False, sentences=(absent,), items=())
    rows = sorted(items, key=lambda row: (not row["is_in"], row["item_id"]))
    sentences = (line for row in rows for line in item_sentences(result.definition, row))
    return Explanation(
        reference=shown,
        is_in=any(row["is_in"] for row in rows),
        sentences=tuple(sentences),
        items=tuple(row["item_id"] for row in rows),
    )


def _items_about(result: CohortResult, prefix: str, lineage: uuid.UUID) -> list[Mapping[str, Any]]:
    reference, column = _ITEM_COLUMNS[prefix]
    same = pa.scalar(public_reference(prefix, lineage))
    near = result.items.filter(pc.equal(result.items[reference], same))
    return [row for row in near.to_pylist() if row[column] == lineage]


def _resolve(record: Record, reference: str) -> tuple[str, uuid.UUID]:
    """Return what sort of thing is meant, and the lineage it goes by in a cohort."""
    for prefix, condition in _meanings(reference):
        for way in _WAYS[prefix]:
            sql = f"{way.format(condition)} order by 1 limit 1"
            if found := record.con.sql(sql).fetchall():
                return prefix, found[0][0]
    raise NotFoundError(
        "There is nothing by that reference in the snapshot.",
        next_step="Give a P-…, C-… or I-… reference, or ORGANISATION:SYSTEM:KEY.",
    )


def _meanings(reference: str) -> list[tuple[str, str]]:
    """Return what a reference may mean: a prefix, and a condition on the lineage."""
    if bounds := lineages_of(reference):
        first, last = quoted(str(bounds.first)), quoted(str(bounds.last))
        known = bounds.prefix in _WAYS
        return [(bounds.prefix, f"between {first}::uuid and {last}::uuid")] if known else []
    parts = reference.split(":", _HOLDER_KEY_PARTS - 1)
    if len(parts) < _HOLDER_KEY_PARTS:
        return []
    holder, key = ":".join(parts[:2]), parts[2]
    lineages = ((prefix, lineage_of(holder, kind, key)) for prefix, kind in _KINDS.items())
    return [(prefix, f"= {quoted(str(lineage))}::uuid") for prefix, lineage in lineages]


def _absent_case(record: Record, reference: str, lineage: uuid.UUID) -> str:
    alleged = record.con.sql(
        "select category, factors from allegation "
        f"where case_lineage = {quoted(str(lineage))}::uuid order by all"
    ).fetchall()
    if not alleged:
        return (
            f"{reference} is not in the universe: it makes no allegation, and it is not a case "
            "of a kind that counts without one."
        )
    said = "; ".join(sorted({category or "no category" for category, _ in alleged}))
    factors = sorted({f for _, codes in alleged if codes for f in codes.split(",")})
    return (
        f"{reference} is not in the universe: none of its {len(alleged)} allegations is of the "
        f"kinds asked for (categories: {said}; factors: {', '.join(factors) or 'none'})."
    )


def _absent_person(record: Record, reference: str, lineage: uuid.UUID) -> str:
    count = record.con.sql(
        "select count(*) from allegation a "
        "left join person_cluster k on k.member = a.record_lineage "
        f"where coalesce(k.cluster, a.record_lineage) = {quoted(str(lineage))}::uuid"
    ).fetchall()[0][0]
    if not count:
        return (
            f"{reference} is not in the universe: the person is the subject of no allegation "
            "that the view shows, and only subjects count."
        )
    return (
        f"{reference} is not in the universe: none of the {count} allegations of which the "
        "person is the subject is of the kinds asked for."
    )


def _absent_incident(_record: Record, reference: str, _lineage: uuid.UUID) -> str:
    return f"{reference} is not in the universe: no case about it is of the kinds asked for."


_ABSENT = {"P": _absent_person, "C": _absent_case, "I": _absent_incident}
