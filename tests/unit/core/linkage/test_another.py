"""Another linker stands beside ours where it is installed, on what it can manage; nothing needs it."""

from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.core.linkage import another
from onrecord.core.linkage.evaluating import _baselines


@pytest.fixture
def run(tmp_path):
    path = tmp_path / "mentions.parquet"
    pq.write_table(pa.table({
        "mention": ["a", "b"], "family": ["x", "x"], "given": ["y", "y"],
        "birth_date": pa.array([None, None], pa.string()), "appointed": pa.array([None, None], pa.string()),
    }), path)  # fmt: skip
    candidates = pa.table({"one": ["a"], "other": ["b"], "weight": [9.0]})
    return SimpleNamespace(
        known=SimpleNamespace(pairs=lambda people: people["mention"].to_pylist()),
        linked=SimpleNamespace(candidates=candidates, mentions=2), mentions=path,
    )  # fmt: skip


def test_it_is_asked_where_it_is_installed_and_of_no_more_than_it_manages(run, monkeypatch):
    monkeypatch.setattr(
        another, "people_of", lambda _: pa.table({"mention": ["a"], "person": ["a"]})
    )
    monkeypatch.setattr(another, "is_there", lambda: True)
    assert _baselines(run)[another.NAME] == ["a"]
    run.linked.mentions = another.MANAGES + 1
    assert another.NAME not in _baselines(run)
    run.linked.mentions = 2
    monkeypatch.setattr(another, "is_there", lambda: False)
    assert another.NAME not in _baselines(run)


def test_it_is_handed_columns_that_hold_something(run):
    if not another.is_there():
        assert "recordlinkage" not in _installed()
        return
    assert another.people_of(run.mentions).num_rows == 2


def _installed():
    from importlib.metadata import distributions

    return {each.metadata["Name"] for each in distributions()}
