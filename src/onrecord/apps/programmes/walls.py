"""What a cohort leaves out because it stands behind a wall.

A cohort is run and frozen with nobody's eyes: it is a paper for many readers. When a wall
has risen since, or a reader is barred from something in it, the result is worked out again
from its own snapshot, without that, and shown under the name that it has always had.
"""

from dataclasses import replace
from functools import lru_cache

from onrecord.apps.access.selectors import hidden_from, holders_hidden_from
from onrecord.apps.programmes.models import CohortResult as ResultRow
from onrecord.apps.programmes.shelves import Shelves
from onrecord.core.cohorts.freezing import frozen_items
from onrecord.core.cohorts.loading import parse_definition
from onrecord.core.cohorts.results import CohortResult, find_cohort, result_from_items
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.snapshots.reading import Walled, open_snapshot
from onrecord.core.timekeeping.views import View

NOBODY = ""
AT_THE_TIME = "walled"
"""Where a result's row keeps the digest of what was walled when it was run."""


def walled_for(viewer: Viewer) -> Walled:
    """Return what is walled for everybody who is not let behind, and for this viewer by name."""
    return walled_for_nobody() | Walled(hidden_from(viewer.eyes), holders_hidden_from(viewer.eyes))


def walled_for_nobody() -> Walled:
    """Return everything that stands behind any wall."""
    return Walled(hidden_from(NOBODY), holders_hidden_from(NOBODY))


def result_as_seen(row: ResultRow, shelves: Shelves, walled: Walled) -> CohortResult:
    """Return a frozen result without what is walled, under its own hash.

    Raises:
        VerificationFailedError: its rows are missing or were altered.
    """
    definition = parse_definition(row.definition.yaml)
    view = View(position=row.position, on=row.known_on)
    items = frozen_items(shelves.cohorts / f"{row.hash}.parquet", definition, row.snapshot_id, view)
    warnings = tuple(row.counts.get("warnings", ()))
    if walled.digest == row.counts.get(AT_THE_TIME, ""):
        return result_from_items(definition, row.snapshot_id, view, items, warnings=warnings)
    found = _worked_out_again(shelves, row.snapshot_id, row.definition.yaml, view, walled)
    return replace(found, hash=row.hash, warnings=warnings)


@lru_cache(maxsize=64)
def _worked_out_again(
    shelves: Shelves, snapshot_id: str, yaml: str, view: View, walled: Walled
) -> CohortResult:
    snapshot = open_snapshot(shelves.snapshots, snapshot_id, walled=walled)
    return find_cohort(snapshot, parse_definition(yaml), view)
