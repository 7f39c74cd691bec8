"""Save cohort definitions and run them, each an act in the ledger."""

from dataclasses import replace
from datetime import date

from onrecord.apps.audit.services import Recording, recording
from onrecord.apps.facts.exporting import take_snapshot
from onrecord.apps.programmes.models import CohortDefinition
from onrecord.apps.programmes.models import CohortResult as ResultRow
from onrecord.apps.programmes.policies import may_run_cohorts, require
from onrecord.apps.programmes.shelves import Shelves
from onrecord.apps.programmes.walls import (
    AT_THE_TIME,
    result_as_seen,
    walled_for,
    walled_for_nobody,
)
from onrecord.core.cohorts.definition import Definition
from onrecord.core.cohorts.freezing import freeze
from onrecord.core.cohorts.loading import parse_definition
from onrecord.core.cohorts.results import CohortResult, find_cohort
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor, ActorKind
from onrecord.core.snapshots.reading import Snapshot, Walled, open_snapshot
from onrecord.core.timekeeping.views import View


def save_definition(*, viewer: Viewer, yaml: str) -> Definition:
    """Keep a definition under its name and version; saving the same again changes nothing.

    Raises:
        DataRejectedError: it is not a definition, or its version already says something else.
    """
    require(may_run_cohorts(viewer))
    definition = parse_definition(yaml)
    if _kept(definition) is None:
        with recording(
            _actor(viewer),
            "cohort:define",
            object_kind="cohort_definition",
            object_ref=definition.label,
            reason=viewer.reason,
        ) as record:
            _keep(record, definition, yaml, viewer)
    return definition


def run_cohort(
    *,
    viewer: Viewer,
    shelves: Shelves,
    yaml: str,
    on: date | None = None,
    snapshot: Snapshot | None = None,
) -> CohortResult:
    """Run a definition over the record as it stands, or as known on a day; freeze the result.

    Takes a snapshot first, of what is new since the last, unless a `snapshot` is
    given. The same definition on the same snapshot gives the same hash, and is kept once.

    Raises:
        DataRejectedError: `yaml` is not a definition, or its version already says something else.
    """
    require(may_run_cohorts(viewer))
    definition = parse_definition(yaml)
    kept = _kept(definition)
    walled = walled_for_nobody()
    snapshot = replace(snapshot or fresh_snapshot(shelves), walled=walled)
    view = View(position=snapshot.manifest.position, on=on)
    result = find_cohort(snapshot, definition, view)
    freeze(shelves.cohorts, result)
    with recording(
        _actor(viewer),
        "cohort:run",
        object_kind="cohort",
        object_ref=definition.label,
        reason=viewer.reason,
    ) as record:
        record.describe(hash=result.hash, snapshot=result.snapshot_id, view=view.describe())
        kept = kept or _keep(record, definition, yaml, viewer)
        row = _keep_result(record, kept, result, viewer, walled)
    return result_as_seen(row, shelves, walled_for(viewer))


def fresh_snapshot(shelves: Shelves) -> Snapshot:
    """Return a snapshot of everything now on record, writing only what is new."""
    manifest = take_snapshot(shelves.snapshots)
    return open_snapshot(shelves.snapshots, manifest.snapshot_id)


def _kept(definition: Definition) -> CohortDefinition | None:
    row = CohortDefinition.objects.filter(name=definition.name, version=definition.version).first()
    if row is not None and row.content_hash != definition.content_hash:
        raise DataRejectedError(
            f"{definition.label} is already saved and says something else.",
            next_step="Raise `version` in the file; the earlier one stays as it was.",
        )
    return row


def _keep(record: Recording, definition: Definition, yaml: str, viewer: Viewer) -> CohortDefinition:
    return CohortDefinition.objects.create(
        name=definition.name,
        version=definition.version,
        title=definition.title,
        yaml=yaml,
        content_hash=definition.content_hash,
        created_by=viewer.name,
        event_id=record.event_id,
    )


def _keep_result(
    record: Recording,
    kept: CohortDefinition,
    result: CohortResult,
    viewer: Viewer,
    walled: Walled,
) -> ResultRow:
    row, _ = ResultRow.objects.select_related("definition").get_or_create(
        hash=result.hash,
        defaults={
            "definition": kept,
            "snapshot_id": result.snapshot_id,
            "position": result.view.position,
            "known_on": result.view.on,
            "counts": result.as_json() | {AT_THE_TIME: walled.digest},
            "created_by": viewer.name,
            "event_id": record.event_id,
        },
    )
    return row


def _actor(viewer: Viewer) -> Actor:
    return Actor(viewer.name, ActorKind(viewer.kind), viewer.organisation_code)
