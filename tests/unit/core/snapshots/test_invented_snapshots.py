"""Invented snapshots for measuring have the size asked for, and later versions among the first."""

import pytest

from onrecord.core.snapshots.reading import open_snapshot
from onrecord.core.snapshots.synthesis import write_synthetic_snapshot


@pytest.mark.parametrize("size", [800, 2400])
def test_an_invented_snapshot_has_the_allegations_asked_for_and_some_have_two_versions(
    tmp_path, size
):
    write_synthetic_snapshot(tmp_path, allegations=size)

    with open_snapshot(tmp_path, verify=True).reading() as record:
        shown = record.con.sql("select count(*) from allegation").fetchall()
        kept = record.con.sql("select count(*) from raw_allegation").fetchall()
        joined = record.con.sql("select count(*) from person_cluster").fetchall()
    assert shown == [(size,)]
    assert kept[0][0] == size + size // 50
    assert joined[0][0] > 0
