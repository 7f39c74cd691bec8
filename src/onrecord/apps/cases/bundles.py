"""Make a case bundle: one case as a view shows it, with proof of every version of its facts."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from onrecord.apps.audit import proof_rows
from onrecord.apps.audit.selectors import checkpoint_now
from onrecord.apps.audit.services import recording
from onrecord.apps.cases.proofs import Proofs, event_proofs, fact_proofs
from onrecord.apps.cases.selectors import CasePage, case_page
from onrecord.apps.facts.reading import HIDDEN, seen_sql
from onrecord.apps.facts.seeing import seeing
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor, ActorKind
from onrecord.core.ledger.bundles import FORMAT, canonical_of
from onrecord.core.ledger.canonical import VERSION_FIELDS
from onrecord.core.ledger.checkpoints import Checkpoint
from onrecord.core.ledger.fact_checking import FactRow
from onrecord.core.timekeeping.views import View

LEFT_OUT = tuple(kind.name for kind in KINDS.values() if not kind.is_readable)
"""Kinds never in a bundle: victims' and reporters' identities, and sealed intelligence."""

_OF_THE_CASE = "f.lineage in (select v.lineage from {table} v where v.case_lineage = %(case)s)"
_BY_KIND = {
    "case_reported": "f.lineage = %(case)s",
    "incident": "f.lineage = any(%(incidents)s)",
    "person_record": "f.lineage = any(%(subjects)s)",
    "incident_judgement": "%(case)s in (f.case_a, f.case_b)",
}
_ELSEWHERE = frozenset({"identity_judgement", "holding"})


def disclose_case(viewer: Viewer, view: View, reference: str) -> dict[str, Any]:
    """Return the bundle of a case, and record that it was disclosed, to whom and why.

    Raises:
        NotFoundError: no such case, or none this viewer may see.
        UsageError: the viewer gave no reason.
        VerificationFailedError: the record no longer holds what it committed to.
    """
    page = case_page(viewer, view, reference)
    actor = Actor(viewer.name, ActorKind(viewer.kind), viewer.organisation_code)
    with recording(
        actor,
        "case:disclose",
        object_kind="case",
        object_ref=page.reference,
        reason=viewer.reason,
        stream=page.lineage,
    ) as rec:
        checkpoint = replace(checkpoint_now(), at=now().isoformat(timespec="seconds"))
        bundle = _bundle(viewer, page, checkpoint) | {"disclosed_by_event": rec.event_id}
        rec.describe(bundle_sha256=bundle_hash(bundle), log_size=checkpoint.size)
    return bundle


def bundle_hash(bundle: Mapping[str, Any]) -> str:
    """Return the hash by which the ledger knows this bundle."""
    text = json.dumps(bundle, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _bundle(viewer: Viewer, page: CasePage, checkpoint: Checkpoint) -> dict[str, Any]:
    rows = _every_version(page, checkpoint.size)
    events = event_proofs({row.event_id for row in rows}, checkpoint)
    proofs = fact_proofs(rows, events)
    return {
        "format": FORMAT,
        "case": page.reference,
        "lineage": str(page.lineage),
        "view": _view(page),
        "made_for": viewer.name,
        "reason": viewer.reason,
        "left_out": list(LEFT_OUT),
        "shown": sorted(_shown(page)),
        "undone_events": _undone(page.view.position),
        "facts": [_fact(row, proofs) for row in rows],
        "events": [event.as_json(proofs.sizes[number]) for number, event in sorted(events.items())],
        "checkpoint": {"size": checkpoint.size, "root": checkpoint.root, "log": checkpoint.log,
                       "at": checkpoint.at},
    }  # fmt: skip


def _view(page: CasePage) -> dict[str, Any]:
    view = page.view
    held_by = None
    if view.held_by is not None:
        held_by = sorted(page.holders[number].code for number in view.held_by)
    return {
        "known_on": view.on.isoformat() if view.on else None,
        "includes_day": view.includes_day,
        "recorded_by": view.position,
        "held_by": held_by,
    }


def _shown(page: CasePage) -> set[int]:
    shown = {fact.fact_id for fact in page.facts}
    shown |= {subject[1].fact_id for subject in page.subjects.values()}
    return shown | ({page.incident.fact_id} if page.incident else set())


def _undone(position: int) -> list[int]:
    """Return the events whose batches had been taken back by `position`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select b.undone_event from ledger.batch_undo b join ledger.entry n"
            " on n.source = 'event' and n.source_id = b.event_id where n.position <= %s order by 1",
            [position],
        )
        return [row[0] for row in cursor.fetchall()]


def _every_version(page: CasePage, size: int) -> list[FactRow]:
    """Return every version recorded up to `size` of every fact that any version puts in the case."""
    values: dict[str, Any] = {
        "case": page.lineage,
        "incidents": [page.incident.lineage] if page.incident else [],
        "subjects": list(page.subjects),
    }
    kinds = [kind for kind in KINDS.values() if kind.is_readable and kind.name not in _ELSEWHERE]
    conditions = {
        kind.name: _BY_KIND.get(kind.name) or _OF_THE_CASE.format(table=kind.table)
        for kind in kinds
    }
    found = _read(page.view, [kind.name for kind in kinds], conditions, values)
    lineage_at = {kind.name: proof_rows.fact_names(kind).index("lineage") for kind in kinds}
    lineages = {(row.texts or ())[lineage_at[row.kind]] for row in found}
    held = _read(
        page.view,
        ["holding"],
        {"holding": "f.held_lineage = any(%(held)s::uuid[])"},
        {"held": list(lineages)},
    )
    positions = _positions({row.event_id for row in (*found, *held)})
    rows = [row for row in (*found, *held) if positions.get(row.event_id, size + 1) <= size]
    return sorted(rows, key=lambda row: row.fact_id)


def _read(
    view: View, names: Sequence[str], conditions: Mapping[str, str], values: Mapping[str, Any]
) -> list[FactRow]:
    """Return the versions that meet the conditions; what is walled for the view's eyes is in no bundle."""
    kinds = [KINDS[name] for name in names]
    seen = {k.name: f"({conditions[k.name]}) {seen_sql(view, k)}" for k in kinds}
    holders = proof_rows.holder_codes()
    with seeing(view.eyes), connection.cursor() as cursor:
        cursor.execute(
            f"with {HIDDEN} {proof_rows.facts_sql(kinds, seen)}", {**values, "eyes": view.eyes}
        )
        return list(proof_rows.as_fact_rows(cursor.fetchall(), kinds, holders))


def _positions(events: Iterable[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select source_id, position from ledger.entry where source = 'event' and source_id = any(%s)",
            [list(events)],
        )
        return dict(cursor.fetchall())


def _fact(row: FactRow, proofs: Proofs) -> dict[str, Any]:
    names = proof_rows.fact_names(KINDS[row.kind])
    texts = {n: t for n, t in zip(names, row.texts or (), strict=False) if t is not None}
    version = {name: text for name, text in texts.items() if name in VERSION_FIELDS}
    content = {name: text for name, text in texts.items() if name not in VERSION_FIELDS}
    index = proofs.indexes[row.fact_id]
    return {
        "fact_id": row.fact_id,
        "event_id": row.event_id,
        "version": version,
        "content": content,
        "canonical": canonical_of(version, content),
        "salt": row.salt.hex(),
        "leaf": row.leaf.hex(),
        "index": index,
        "proof": [node.hex() for node in proofs.paths[row.fact_id]],
    }
