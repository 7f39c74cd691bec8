"""Batches of facts taken in from files: which, how healthy, what was rejected."""

import csv

from django.http import HttpRequest, HttpResponse

from onrecord.apps.audit.services import record_consultation
from onrecord.apps.intake import selectors
from onrecord.apps.intake.policies import may_import, require
from onrecord.core.cohorts.spreadsheets import harmless
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.frame import show
from onrecord.web.imports.presenters import REJECTS_SHOWN, batch_rows, present
from onrecord.web.places_kept import imports_folder
from onrecord.web.viewing import viewer_of, viewer_with_reason

MOST_REJECTS = 1_000_000


def all_imports(request: HttpRequest) -> HttpResponse:
    """List them, newest first."""
    viewer = viewer_of(request, page="imports")
    return show(request, "imports/list.jinja", table=batch_rows(selectors.batches(viewer)))


def one_import(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one batch: counts, health, and to those who import, the rejects."""
    viewer = viewer_of(request, page="import")
    batch = selectors.batch(viewer, reference)
    rejects = _rejects(viewer, reference, REJECTS_SHOWN) if may_import(viewer) else None
    return show(request, "imports/batch.jinja", page=present(batch, rejects))


def rejects_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Send every rejected row, for the person who can put the source right."""
    viewer = viewer_with_reason(request, page="rejects")
    require(may_import(viewer))
    batch = selectors.batch(viewer, reference)
    record_consultation(viewer, "batch:rejects", object_kind="batch", object_ref=batch.reference)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejects-{batch.reference}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(("table", "file", "row", "column", "value", "what to do", "result"))
    for row in _rejects(viewer, reference, MOST_REJECTS):
        cells = (row.table, row.file, row.row, row.column, row.value, row.sentence, row.result)
        writer.writerow(map(harmless, cells))
    return response


def _rejects(viewer: Viewer, reference: str, limit: int) -> list[selectors.RejectRow]:
    return selectors.rejects(viewer, reference, imports_folder(), limit=limit)
