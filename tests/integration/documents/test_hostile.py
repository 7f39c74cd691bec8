"""Hostile files are handled as the table says, one of each variant; a full run is `onrecord assure`."""

from collections import Counter

import pytest

from onrecord.core.documents import hostile, measuring
from onrecord.core.documents.measuring import handle


def test_the_table_has_sixteen_kinds_and_two_hundred_files():
    rows = hostile.table()
    assert len({row.kind for row in rows}) == 16
    assert sum(row.files for row in rows) >= 200
    assert {row.outcome for row in rows} == {"refused", "quarantined", "kept", "viewable"}


@pytest.mark.parametrize("seed", [4])
def test_one_of_each_variant_is_handled_as_the_table_says(seed, tmp_path):
    handled = handle(seed, tmp_path, most=1)
    assert handled.failures == []
    assert handled.files == handled.as_told == len(hostile.table())
    assert handled.kept_whole == handled.files - handled.refused


def test_what_is_handled_otherwise_is_told(tmp_path, monkeypatch):
    row = hostile.Row("formulae", "csv", 1, "quarantined", "a test")
    monkeypatch.setattr(hostile, "table", lambda: [row])
    (failure,) = handle(1, tmp_path, most=1).failures
    assert "viewable, where the table says quarantined" in failure


def test_the_same_seed_makes_the_same_names_and_another_seed_other_bytes():
    def made(seed):
        few = (one for one in hostile.corpus(seed, most=1) if one.row.kind in {"eicar", "formulae"})
        return Counter((one.name, b"".join(one.pieces)) for one in few)

    assert made(1) == made(1)
    assert made(1) != made(2)
    assert measuring.Handled().files == 0
