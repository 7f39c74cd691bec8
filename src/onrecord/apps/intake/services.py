"""Import a batch, whole or not at all; take a batch back."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from onrecord.apps.audit.services import Recording, recording, sequence_pending
from onrecord.apps.facts.writing import FactCopier
from onrecord.apps.intake.folders import working_folder
from onrecord.apps.intake.models import Batch
from onrecord.apps.intake.policies import may_import, require
from onrecord.apps.intake.projections import finish_projections
from onrecord.apps.intake.pseudonyms import keep_pseudonym_key, pseudonym_key
from onrecord.apps.intake.queries import fetch
from onrecord.apps.intake.recorded import load_holders, load_recorded, those_on_record
from onrecord.apps.intake.rejects import write_rejects
from onrecord.apps.intake.results import ImportResult, kind_rows, table_rows
from onrecord.apps.intake.selectors import events_of, latest_batch
from onrecord.apps.organisations.services import ensure_holder, ensure_organisation
from onrecord.core.kernel.clock import now, today
from onrecord.core.kernel.errors import DataRejectedError, UsageError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor
from onrecord.core.sources.candidates import kinds_made
from onrecord.core.sources.comparing import (
    compare,
    kind_counts,
    notes_of_gone,
    refuse_changes_out_of_order,
    table_counts,
    to_write_sql,
)
from onrecord.core.sources.describing import Description
from onrecord.core.sources.fingerprints import code_version, fingerprints
from onrecord.core.sources.health import health_report
from onrecord.core.sources.joining import make_joins, needed_columns
from onrecord.core.sources.judging import judge
from onrecord.core.sources.rejecting import refuse_too_many
from onrecord.core.sources.staging import Staged, files_of, stage
from onrecord.core.sources.workbench import Workbench, open_workbench

IMPORT_LOCK = 7002
"""One import at a time."""

type Told = Callable[[str], None]
"""Told what is being done now, for a progress bar."""


@dataclass(slots=True)
class _Import:
    """One import on its way."""

    viewer: Viewer
    actor: Actor
    description: Description
    description_text: str
    extract_date: date
    imports: Path
    folder: Path
    files: dict[str, list[Path]]
    prints: list[dict[str, Any]]
    told: Told
    started: float
    staged: dict[str, Staged] = field(default_factory=dict)
    batch_id: uuid.UUID = field(default_factory=uuid.uuid4)
    pseudonym_key: str = field(default_factory=pseudonym_key)

    @property
    def reference(self) -> str:
        return public_reference("B", self.batch_id)


def import_source(
    viewer: Viewer,
    *,
    actor: Actor,
    description: Description,
    description_text: str,
    data: Path,
    imports: Path,
    extract_date: date | None = None,
    is_dry_run: bool = False,
    told: Told = lambda _: None,
) -> ImportResult:
    """Import the files of a source under `data` as one batch, or write nothing.

    `imports` is the installation's folder for what imports leave. The same files
    again, in any order of rows, write nothing.

    Raises:
        DataRejectedError: the batch is refused; the message says why and what to do.
        UsageError: there is no extract date or it is yet to come, or another import is running.
    """
    require(may_import(viewer))
    started = time.monotonic()
    day = extract_date or description.extract_date
    if day is None:
        raise UsageError(
            "It is not known when the source was written out.",
            next_step="Give --extract-date YYYY-MM-DD, or extract_date in the description.",
        )
    if day > today():
        raise UsageError(
            f"The extract date {day.isoformat()} is yet to come.",
            next_step="Give the day on which the source was written out: today, or a day before.",
        )
    finish_projections()
    with working_folder(imports) as folder:
        told("reading and hashing the files")
        files = _files(description, data, folder)
        running = _Import(
            viewer, actor, description, description_text, day, imports, folder, files,
            fingerprints(files), told, started,
        )  # fmt: skip
        return _unchanged(running) or _import(running, is_dry_run=is_dry_run)


def undo_batch(viewer: Viewer, *, actor: Actor, batch: Batch) -> Batch:
    """Take a batch back: what it wrote stays on record as undone, and no view shows it.

    Raises:
        UsageError: it was taken back before.
    """
    require(may_import(viewer))
    with transaction.atomic():
        row = Batch.objects.select_for_update().get(pk=batch.pk)
        if row.undone_event is not None:
            raise UsageError(
                f"Batch {row.reference} was taken back before.", next_step="Nothing needs doing."
            )
        with recording(
            actor,
            "batch:undo",
            object_kind="batch",
            object_ref=row.reference,
            reason=viewer.reason,
            stream=row.batch_id,
        ) as rec:
            with connection.cursor() as cursor:
                cursor.execute(
                    "insert into ledger.batch_undo (undone_event, event_id) values (%s, %s)",
                    [row.event_id, rec.event_id],
                )
            rec.wrote("batch_undo", 1)
            row.undone_event, row.undone_by, row.undone_at = rec.event_id, actor.name, now()
            row.is_projected = False
            row.save(update_fields=["undone_event", "undone_by", "undone_at", "is_projected"])
    sequence_pending()
    finish_projections()
    row.refresh_from_db()
    return row


def _files(description: Description, data: Path, folder: Path) -> dict[str, list[Path]]:
    found = files_of(description, data)
    for name, table in description.tables.items():
        if table.query is not None:
            found[name] = [fetch(table, folder)]
    return {name: found[name] for name in description.tables}


def _unchanged(running: _Import) -> ImportResult | None:
    """Return the result of importing exactly what was imported last, without looking inside."""
    last = latest_batch(running.description.name)
    if last is None or (last.description_sha256, last.code_version, last.extract_date, last.files) != (
        running.description.sha256, code_version(), running.extract_date, running.prints,
    ):  # fmt: skip
        return None
    tables = [
        {
            **one,
            "added": 0,
            "changed": 0,
            "gone": 0,
            "unchanged": one["added"] + one["changed"] + one["unchanged"],
        }
        for one in last.tables
    ]
    kinds = [
        {
            **one,
            "added": 0,
            "changed": 0,
            "gone": 0,
            "unchanged": one["added"] + one["changed"] + one["unchanged"],
        }
        for one in last.kinds
    ]
    rejects = running.imports / last.rejects_file if last.rejects_file else None
    return _result(running, last.reference, tables, kinds, last.health, rejects, wrote=False)


def _import(running: _Import, *, is_dry_run: bool) -> ImportResult:
    bench = open_workbench(
        running.description, running.extract_date, running.folder, pepper=running.pseudonym_key
    )
    try:
        needed = needed_columns(running.description)
        running.told("staging")
        running.staged = stage(bench, running.files, needed)
        make_joins(bench, needed)
        running.told("judging")
        judge(bench, running.staged)
        _check_limit(running, bench)
        with transaction.atomic():
            _take_turn()
            result = _compare_and_write(running, bench, is_dry_run=is_dry_run)
            if is_dry_run:
                transaction.set_rollback(True)
    finally:
        bench.close()
    if result.wrote:
        sequence_pending()
        running.told("refreshing what people are found by")
        finish_projections()
    return result


def _compare_and_write(running: _Import, bench: Workbench, *, is_dry_run: bool) -> ImportResult:
    running.told("comparing with what is on record")
    _ensure_holders(running.description, bench)
    load_holders(bench)
    events = events_of(running.description.name)
    for kind in kinds_made(bench):
        load_recorded(bench, kind, events, running.folder)
        compare(bench, kind, running.staged)
        refuse_changes_out_of_order(bench, kind)
    _check_limit(running, bench)
    tables, kinds = table_rows(table_counts(bench, running.staged)), kind_rows(kind_counts(bench))
    health = health_report(
        bench,
        running.staged,
        notes=notes_of_gone(bench, running.staged),
        is_on_record=those_on_record,
    )
    has_news = any(one["added"] + one["changed"] + one["gone"] for one in kinds)
    rejects = write_rejects(bench, running.staged, running.imports, running.reference)
    if is_dry_run or not has_news:
        last = None if is_dry_run else latest_batch(running.description.name)
        return _result(
            running,
            last.reference if last else None,
            tables,
            kinds,
            health,
            rejects,
            wrote=False,
            is_dry_run=is_dry_run,
        )
    with recording(
        running.actor, "batch:import", object_kind="batch", object_ref=running.reference, reason=running.viewer.reason,
        stream=running.batch_id, batch=running.batch_id,
    ) as rec:  # fmt: skip
        keep_pseudonym_key(running.pseudonym_key)
        _copy(running, bench, rec)
        rec.describe(
            source=running.description.name,
            description=running.description.sha256,
            extract_date=running.extract_date.isoformat(),
        )
        result = _result(running, running.reference, tables, kinds, health, rejects, wrote=True)
        _keep_batch(running, rec, result)
    return result


def _copy(running: _Import, bench: Workbench, rec: Recording) -> None:
    copier = FactCopier(rec)
    for kind in kinds_made(bench):
        running.told(f"writing: {kind.name.replace('_', ' ')}")
        copier.copy(kind.name, bench.stream(to_write_sql(kind)))


def _keep_batch(running: _Import, rec: Recording, result: ImportResult) -> None:
    description = running.description
    Batch.objects.create(
        batch_id=running.batch_id, reference=running.reference, source=description.name, title=description.title,
        description_sha256=description.sha256, description_text=running.description_text, code_version=code_version(),
        files=running.prints, event_id=rec.event_id, coverage="full" if description.is_full else "delta",
        is_live=description.is_live, extract_date=running.extract_date, actor=running.actor.name,
        tables=result.tables, kinds=result.facts, health=result.health,
        rejects_file=result.rejects_path.name if result.rejects_path else "", seconds=result.seconds,
    )  # fmt: skip


def _result(  # noqa: PLR0917 - what a result is made of
    running: _Import, reference: str | None, tables: list[dict[str, Any]], kinds: list[dict[str, Any]],
    health: dict[str, Any], rejects: Path | None, *, wrote: bool, is_dry_run: bool = False,
) -> ImportResult:  # fmt: skip
    return ImportResult(
        batch=reference, source=running.description.name, extract_date=running.extract_date.isoformat(),
        tables=tables, facts=kinds, health=health, rejects_path=rejects,
        rows=sum(one["read"] for one in tables), seconds=time.monotonic() - running.started,
        wrote=wrote, is_dry_run=is_dry_run,
    )  # fmt: skip


def _check_limit(running: _Import, bench: Workbench) -> None:
    """Refuse a batch with too many rejected rows, leaving the list of them for its owner."""
    try:
        refuse_too_many(bench, running.staged)
    except DataRejectedError as problem:
        path = write_rejects(bench, running.staged, running.imports, running.reference)
        raise DataRejectedError(
            problem.message, next_step=f"{problem.next_step} Every row is listed in {path}."
        ) from None


def _take_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [IMPORT_LOCK])
        if not cursor.fetchone()[0]:
            raise UsageError(
                "Another import is running.",
                next_step="Wait until it has finished, then try again.",
            )


def _ensure_holders(description: Description, bench: Workbench) -> None:
    for code, (name, kind) in description.organisations.items():
        ensure_organisation(code, name=name, kind=kind)
    for code, name in description.systems.items():
        ensure_holder(code, name=name)
    codes = {
        row[0]
        for kind in kinds_made(bench)
        for row in bench.run(f"select distinct holder from facts_{kind.name}")
    }
    for code in sorted(codes):
        ensure_holder(
            code,
            organisation_name=description.organisations.get(code.partition(":")[0], ("", ""))[0],
        )
