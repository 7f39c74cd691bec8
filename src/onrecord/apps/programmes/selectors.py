"""Read definitions and frozen results."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from onrecord.apps.audit.services import record_consultation
from onrecord.apps.programmes.models import CohortDefinition
from onrecord.apps.programmes.models import CohortResult as ResultRow
from onrecord.apps.programmes.policies import may_see_cohorts, require
from onrecord.apps.programmes.shelves import Shelves as Shelves
from onrecord.apps.programmes.walls import AT_THE_TIME, result_as_seen, walled_for
from onrecord.core.cohorts.definition import Definition
from onrecord.core.cohorts.explaining import Explanation, why
from onrecord.core.cohorts.loading import parse_definition, shipped_definitions, shipped_text
from onrecord.core.cohorts.reasons import Reason
from onrecord.core.cohorts.results import CohortResult
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.snapshots.reading import Walled, open_snapshot
from onrecord.core.timekeeping.views import View


@dataclass(frozen=True, slots=True)
class DefinitionRef:
    """A definition as lists show it."""

    name: str
    version: int
    title: str
    yaml: str
    is_shipped: bool


@dataclass(frozen=True, slots=True)
class ResultRef:
    """A frozen result as lists show it: who ran what, when, and what it counted."""

    hash: str
    name: str
    version: int
    title: str
    known_on: date | None
    snapshot_id: str
    counts: dict[str, Any]
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """Some of the items of a result, and how many there are altogether."""

    rows: list[dict[str, Any]]
    total: int
    page: int
    pages: int


def definitions(viewer: Viewer) -> list[DefinitionRef]:
    """Return the newest version of every definition, saved or shipped, by name."""
    require(may_see_cohorts(viewer))
    found = {name: _shipped(name) for name in shipped_definitions()}
    for row in CohortDefinition.objects.order_by("name", "version"):
        if row.name not in found or row.version >= found[row.name].version:
            shipped = row.name in shipped_definitions()
            found[row.name] = DefinitionRef(row.name, row.version, row.title, row.yaml, shipped)
    return [found[name] for name in sorted(found)]


def _shipped(name: str) -> DefinitionRef:
    text = shipped_text(name)
    definition = parse_definition(text)
    return DefinitionRef(name, definition.version, definition.title, text, is_shipped=True)


def definition_text(viewer: Viewer, name: str, version: int | None = None) -> str:
    """Return the YAML of a definition: a version of it, else the newest.

    Raises:
        NotFoundError: there is none by that name, or no such version.
    """
    require(may_see_cohorts(viewer))
    newest = next((ref for ref in definitions(viewer) if ref.name == name), None)
    if newest is None:
        return shipped_text(name)
    if version in {None, newest.version}:
        return newest.yaml
    row = CohortDefinition.objects.filter(name=name, version=version).first()
    if row is None:
        raise NotFoundError(f"There is no version {version} of '{name}'.")
    return row.yaml


def results(
    viewer: Viewer, shelves: Shelves, *, name: str | None = None, limit: int = 50
) -> list[ResultRef]:
    """Return frozen results, newest first: all, or those of one definition."""
    require(may_see_cohorts(viewer))
    rows = ResultRow.objects.select_related("definition")
    rows = rows.filter(definition__name=name) if name else rows
    walled = walled_for(viewer)
    return [_ref(row, _counts_as_seen(row, shelves, walled)) for row in rows[:limit]]


def _counts_as_seen(row: ResultRow, shelves: Shelves, walled: Walled) -> dict[str, Any]:
    if walled.digest == row.counts.get(AT_THE_TIME, ""):
        return dict(row.counts)
    return dict(row.counts) | asdict(result_as_seen(row, shelves, walled).counts)


def _ref(row: ResultRow, counts: dict[str, Any]) -> ResultRef:
    kept = row.definition
    return ResultRef(
        hash=row.hash,
        name=kept.name,
        version=kept.version,
        title=kept.title,
        known_on=row.known_on,
        snapshot_id=row.snapshot_id,
        counts=counts,
        created_by=row.created_by,
        created_at=row.created_at,
    )


def result_by_hash(viewer: Viewer, shelves: Shelves, result_hash: str) -> CohortResult:
    """Return a frozen result with all its rows, verified, and record the look.

    `result_hash` may be a beginning of at least eight characters.

    Raises:
        NotFoundError: there is no such result.
        VerificationFailedError: its rows are missing or were altered.
    """
    require(may_see_cohorts(viewer))
    with transaction.atomic():
        row = _row(result_hash)
        record_consultation(
            viewer,
            "cohort:read",
            object_kind="cohort",
            object_ref=row.hash,
            view=_view(row).describe(),
            position=row.position,
        )
    return result_as_seen(row, shelves, walled_for(viewer))


_SHORTEST = 8


def _row(result_hash: str) -> ResultRow:
    rows = ResultRow.objects.select_related("definition")
    found = list(rows.filter(hash__startswith=result_hash)[:2])
    if len(result_hash) < _SHORTEST or len(found) != 1:
        raise NotFoundError(
            f"There is no cohort result {result_hash}.",
            next_step="`onrecord cohort NAME` runs one and prints its hash.",
        )
    return found[0]


def _view(row: ResultRow) -> View:
    return View(position=row.position, on=row.known_on)


def items_page(
    result: CohortResult, *, reason: Reason | None = None, page: int = 1, size: int = 50
) -> ItemsPage:
    """Return a page of the items in scope or, given a `reason`, of those it left out."""
    items = result.items
    chosen = items["is_in"] if reason is None else pc.equal(items["reason"], reason.value)
    part: pa.Table = items.filter(chosen)
    pages = max(1, -(-part.num_rows // size))
    page = min(max(page, 1), pages)
    rows = part.slice((page - 1) * size, size).to_pylist()
    return ItemsPage(rows, part.num_rows, page, pages)


def explain(viewer: Viewer, shelves: Shelves, result: CohortResult, reference: str) -> Explanation:
    """Say why a person, case or incident is in a result or out of it, and record the look.

    Raises:
        NotFoundError: nothing by that reference is on record in the result's view.
    """
    require(may_see_cohorts(viewer))
    with transaction.atomic():
        snapshot = open_snapshot(shelves.snapshots, result.snapshot_id, walled=walled_for(viewer))
        explanation = why(snapshot, result, reference)
        record_consultation(
            viewer,
            "cohort:explain",
            object_kind="cohort",
            object_ref=f"{result.hash} {explanation.reference}",
            view=result.view.describe(),
            position=result.view.position,
        )
    return explanation


def as_definition(text: str) -> Definition:
    """Return what a definition's YAML says.

    Raises:
        DataRejectedError: it is not a definition; every fault is named.
    """
    return parse_definition(text)
