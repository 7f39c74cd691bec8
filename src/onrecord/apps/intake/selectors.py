"""Read what was imported."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from onrecord.apps.facts.seeing import seeing
from onrecord.apps.intake.models import Batch
from onrecord.apps.intake.policies import may_look_at_imports, may_see_sealed_batches, require
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.fact_columns import SEALED_KINDS
from onrecord.core.kernel.viewers import Viewer


@dataclass(frozen=True, slots=True)
class RejectRow:
    """One line of a rejects file."""

    table: str
    file: str
    row: str
    column: str
    value: str
    sentence: str
    result: str


def batches(viewer: Viewer, *, source: str | None = None, limit: int = 200) -> list[Batch]:
    """Return the batches there have been, newest first, undone ones included."""
    require(may_look_at_imports(viewer))
    found = _open_to(viewer)
    return list((found.filter(source=source) if source else found)[:limit])


def batch(viewer: Viewer, reference: str) -> Batch:
    """Return the batch called `reference` (B-… or its full number).

    Raises:
        NotFoundError: there is none.
    """
    require(may_look_at_imports(viewer))
    wanted = reference.strip()
    open_to_them = _open_to(viewer)
    found = open_to_them.filter(reference=wanted.upper()).first() or _by_number(
        open_to_them, wanted
    )
    if found is None:
        raise NotFoundError(
            f"There is no batch '{wanted}'.", next_step="`onrecord import --list` shows them."
        )
    return found


def _open_to(viewer: Viewer) -> QuerySet[Batch]:
    """Return the batches that are there for this viewer: none that brought sealed material."""
    found = Batch.objects.all()
    if may_see_sealed_batches(viewer):
        return found
    for kind in sorted(SEALED_KINDS):
        found = found.exclude(kinds__contains=[{"kind": kind}])
    return found


def _by_number(open_to_them: QuerySet[Batch], wanted: str) -> Batch | None:
    try:
        return open_to_them.filter(batch_id=UUID(wanted)).first()
    except ValueError:
        return None


def latest_batch(source: str) -> Batch | None:
    """Return the newest batch of `source` that has not been undone."""
    return Batch.objects.filter(source=source, undone_event__isnull=True).first()


def events_of(source: str) -> list[int]:
    """Return the ledger events of the batches of `source` that have not been undone."""
    return list(
        Batch.objects.filter(source=source, undone_event__isnull=True).values_list(
            "event_id", flat=True
        )
    )


def health_reports(viewer: Viewer, *, source: str | None = None) -> list[Batch]:
    """Return the newest batch of each source, whose `health` says what is missing in it."""
    newest: dict[str, Batch] = {}
    for one in batches(viewer, source=source, limit=10_000):
        if one.undone_event is None:
            newest.setdefault(one.source, one)
    return sorted(newest.values(), key=lambda one: one.source)


def rejects(viewer: Viewer, reference: str, imports: Path, *, limit: int = 1000) -> list[RejectRow]:
    """Return the first rows that a batch rejected or left a value of empty, with what to do.

    `imports` is the folder of this installation in which rejects files lie.
    """
    name = batch(viewer, reference).rejects_file
    path = imports / name
    if not name or not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [RejectRow(**row) for row, _ in zip(rows, range(limit), strict=False)]


def decisions_citing(viewer: Viewer, of: Batch) -> list[dict[str, Any]]:
    """Return the reported decisions, from other batches, on what this batch brought.

    Undoing a batch never undoes a decision: whoever answers for each has to look at it.
    """
    require(may_look_at_imports(viewer))
    with seeing(viewer.eyes), connection.cursor() as cursor:
        cursor.execute(
            """select distinct d.lineage, d.decided_on, d.event_id from facts.reported_decision d
                where d.event_id <> %(event)s and not d.gone
                  and not exists (select from ledger.batch_undo u where u.undone_event = d.event_id)
                  and (d.case_lineage in (select lineage from facts.case_reported where event_id = %(event)s)
                    or d.allegation in (select lineage from facts.allegation where event_id = %(event)s)
                    or d.record_lineage in (select lineage from facts.person_record where event_id = %(event)s))
                order by d.decided_on nulls last, d.lineage""",
            {"event": of.event_id},
        )
        return [
            {"decision": str(row[0]), "decided_on": row[1], "event": row[2]}
            for row in cursor.fetchall()
        ]
