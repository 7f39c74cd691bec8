"""Files of a snapshot: whole or absent, hashed, shared, and erasable only beside it."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.core.kernel.errors import (
    DataRejectedError,
    NotFoundError,
    VerificationFailedError,
)
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.snapshots.columns import Destination, columns_for, snapshot_kinds
from onrecord.core.snapshots.manifests import HolderRow, Manifest, read_manifest
from onrecord.core.snapshots.merging import MOST_PARTS
from onrecord.core.snapshots.reading import open_snapshot
from onrecord.core.snapshots.sidecars import erase_beside, sidecar_files
from onrecord.core.snapshots.writing import write_snapshot, writing_snapshot
from unit.core.snapshots.histories import batch_of

HOLDER = HolderRow(1, "NSP", "HR")


def row(number: int, **values: Any) -> dict[str, Any]:
    return {
        "fact_id": number, "event_id": 1, "position": 1, "lineage": UUID(int=number),
        "change": "first", "gone": False, "known_on": date(2020, 1, 1), "holder_id": 1,
    } | values  # fmt: skip


def people(root: Path, *numbers: int, through: int = 1, base: Manifest | None = None) -> Manifest:
    with writing_snapshot(root, through=through, base=base) as writer:
        rows = [row(n, family_name=f"Name {n}", source_ref=f"key {n}") for n in numbers]
        writer.write("person_record", [batch_of("person_record", rows)])
        return writer.finish(holders=[HOLDER], undone=[])


def test_a_snapshot_is_called_by_the_hash_of_its_manifest(tmp_path):
    manifest = people(tmp_path, 1, 2)

    assert open_snapshot(tmp_path).snapshot_id == manifest.snapshot_id
    assert read_manifest(tmp_path / "manifests" / f"{manifest.snapshot_id}.json") == manifest


def test_a_later_snapshot_shares_the_earlier_ones_files_and_leaves_them_as_they_were(tmp_path):
    first = people(tmp_path, 1, 2)
    before = {p: p.read_bytes() for p in tmp_path.glob("parts/*")}
    second = people(tmp_path, 3, through=2, base=first)

    assert second.parts[:1] == first.parts
    assert all(path.read_bytes() == content for path, content in before.items())
    assert open_snapshot(tmp_path, first.snapshot_id, verify=True).manifest.rows == 2
    assert open_snapshot(tmp_path, verify=True).manifest.rows == 3


def test_an_altered_file_is_found_when_asked_for(tmp_path):
    manifest = people(tmp_path, 1, 2)
    path = tmp_path / manifest.parts[0].path
    path.write_bytes(path.read_bytes() + b"x")

    with pytest.raises(VerificationFailedError, match="missing or was altered"):
        open_snapshot(tmp_path, verify=True)


def test_an_altered_manifest_is_refused_at_once(tmp_path):
    manifest = people(tmp_path, 1)
    path = tmp_path / "manifests" / f"{manifest.snapshot_id}.json"
    path.write_text(path.read_text().replace('"position":1', '"position":9'))

    with pytest.raises(VerificationFailedError, match="does not hash to its name"):
        open_snapshot(tmp_path)


def test_a_snapshot_of_another_layout_says_to_take_a_new_one(tmp_path):
    manifest = people(tmp_path, 1)
    path = tmp_path / "manifests" / f"{manifest.snapshot_id}.json"
    path.write_text(path.read_text().replace(f'"format":{manifest.format}', '"format":1'))

    with pytest.raises(DataRejectedError, match="another version"):
        open_snapshot(tmp_path)


def test_where_there_is_no_snapshot_the_next_step_is_named(tmp_path):
    for missing in (None, "0" * 64, "../../etc/passwd"):
        with pytest.raises(NotFoundError, match="onrecord snapshot"):
            open_snapshot(tmp_path, missing)


def test_a_writer_that_dies_leaves_the_last_snapshot_and_the_next_one_clears_up(tmp_path):
    first = people(tmp_path, 1)

    def dying():
        yield batch_of("person_record", [row(2)])
        raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt),
        writing_snapshot(tmp_path, through=2, base=first) as writer,
    ):
        writer.write("person_record", dying())
    assert open_snapshot(tmp_path, verify=True).manifest == first

    second = people(tmp_path, 2, through=2, base=first)
    assert second.rows == 2
    assert list(tmp_path.glob("*/*unfinished")) == []


def test_compartments_and_sealed_kinds_are_refused(tmp_path):
    for kind in ("party_identity", "intelligence_report"):
        assert kind not in {k.name for k in snapshot_kinds()}
        with (
            pytest.raises(DataRejectedError),
            writing_snapshot(tmp_path, through=1) as writer,
        ):
            writer.write(kind, [])


def test_no_identity_and_no_text_is_among_the_columns_of_any_part():
    for kind in snapshot_kinds():
        inside = columns_for(kind, Destination.PARTS)
        beside = {c.name for c in KINDS[kind.name].columns if not c.in_snapshot}
        assert not inside.keys() & (beside | {"source_ref", "salt", "leaf"})


def test_many_small_batches_do_not_make_many_files_and_nothing_is_lost(tmp_path):
    manifests: list[Manifest] = []
    for number in range(1, MOST_PARTS + 4):
        base = manifests[-1] if manifests else None
        manifests.append(people(tmp_path, number, 99, through=number, base=base))

    assert max(len(manifest.parts) for manifest in manifests) == MOST_PARTS
    assert len(manifests[-1].parts) < MOST_PARTS
    for manifest in manifests[-5:]:
        with open_snapshot(tmp_path, manifest.snapshot_id, verify=True).reading() as record:
            found = record.con.sql("select count(*) from person_record").fetchall()
        assert found == [(manifest.position + 1,)]
    folder = open_snapshot(tmp_path).folder
    files = sidecar_files(folder, manifests[-1], "person_record", Destination.LINKAGE)
    assert sum(pq.read_table(file).num_rows for file in files) == manifests[-1].rows


def test_erasing_beside_a_snapshot_destroys_the_name_and_keeps_the_snapshots_id(tmp_path):
    manifest = people(tmp_path, 1, 2)
    snapshot = open_snapshot(tmp_path)
    files = sidecar_files(snapshot.folder, manifest, "person_record", Destination.LINKAGE)
    assert pq.read_table(files[0])["family_name"].to_pylist() == ["Name 1", "Name 2"]

    assert erase_beside(tmp_path, "person_record", {1}) == 1

    assert pq.read_table(files[0])["family_name"].to_pylist() == ["Name 2"]
    assert b"Name 1" not in files[0].read_bytes()
    assert open_snapshot(tmp_path, verify=True).manifest == manifest


def test_a_batch_may_leave_out_what_a_first_import_would_write_anyway(tmp_path):
    batch = pa.RecordBatch.from_pydict(
        {
            "fact_id": [1],
            "lineage": [str(UUID(int=7))],
            "known_on": [date(2020, 1, 1)],
            "holder_id": pa.array([1], pa.int32()),
            "factors": ["domestic"],
        }
    )
    write_snapshot(tmp_path, {"allegation": [batch]}, through=4, holders=[HOLDER])

    with open_snapshot(tmp_path).reading() as record:
        found = record.con.sql(
            "select lineage, factors, change, gone, position, category from allegation"
        ).fetchall()
    assert found == [(UUID(int=7), "domestic", "first", False, 4, None)]


def test_a_kind_without_files_is_an_empty_table_with_every_column(tmp_path):
    people(tmp_path, 1)

    with open_snapshot(tmp_path).reading() as record:
        for kind in snapshot_kinds():
            described = record.con.sql(f"describe {kind.name}").fetchall()
            assert [r[0] for r in described] == list(columns_for(kind, Destination.PARTS))
