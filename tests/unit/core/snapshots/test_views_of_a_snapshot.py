"""What a view of a snapshot shows is what a plain model says it shows."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.core.kernel.errors import UsageError
from onrecord.core.snapshots.manifests import HolderRow, Manifest, Undone
from onrecord.core.snapshots.reading import open_snapshot
from onrecord.core.snapshots.writing import writing_snapshot
from onrecord.core.timekeeping.views import View
from unit.core.snapshots.histories import (
    HOLDERS,
    History,
    batch_of,
    histories,
    seen,
    views,
)

KINDS_USED = ("allegation", "holding")


def write(root: Path, history: History, *, stops: list[int]) -> Manifest:
    """Write the history as a chain of snapshots, one at each stop."""
    manifest: Manifest | None = None
    for stop in [*stops, history.end]:
        after = manifest.position if manifest else 0
        with writing_snapshot(root, through=stop, base=manifest) as writer:
            for kind in KINDS_USED:
                rows = [
                    asdict(v)
                    for v in history.versions
                    if v.kind == kind and after < v.position <= stop
                ]
                writer.write(kind, [batch_of(kind, rows)] if rows else [])
            undone = [Undone(e, p) for e, p in history.undone if p <= stop]
            manifest = writer.finish(
                holders=[HolderRow(n, f"ORG{n}", "SYS") for n in HOLDERS], undone=undone
            )
    assert manifest is not None
    return manifest


def shown(root: Path, manifest: Manifest, view: View, kind: str) -> set[int]:
    with open_snapshot(root, manifest.snapshot_id).reading(view, kinds=[kind], threads=1) as record:
        rows = record.con.sql(f"select fact_id from {kind}").fetchall()
    return {row[0] for row in rows}


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_view_of_any_history_agrees_with_the_plain_model(data: Any):
    history = data.draw(histories())
    stops = sorted(data.draw(st.sets(st.integers(1, history.end), max_size=2)) - {history.end})
    with TemporaryDirectory() as folder:
        manifest = write(Path(folder), history, stops=stops)
        for _ in range(3):
            view = data.draw(views(history.end))
            for kind in KINDS_USED:
                assert shown(Path(folder), manifest, view, kind) == seen(history, kind, view)


def test_a_view_past_the_end_of_the_snapshot_is_refused(tmp_path: Path):
    manifest = write(tmp_path, History((), (), 4), stops=[])

    with (
        pytest.raises(UsageError, match="cannot show position 5"),
        open_snapshot(tmp_path, manifest.snapshot_id).reading(View(5, date(2020, 1, 1))),
    ):
        pass
