"""A snapshot of the store shows, under any view, what the store itself shows."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from integration.facts.desk import Desk, allegation, fresh
from integration.facts.random_histories import DAYS, KINDS, World
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.facts.exporting import take_snapshot
from onrecord.apps.facts.reading import facts_by
from onrecord.core.snapshots.reading import open_snapshot
from onrecord.core.timekeeping.views import View


def shown_by_snapshot(root: Path, view: View, kind: str) -> set[int]:
    with open_snapshot(root).reading(view, kinds=[kind]) as record:
        return {row[0] for row in record.con.sql(f"select fact_id from {kind}").fetchall()}


def shown_by_store(world: World, view: View, kind: str) -> set[int]:
    things = [thing for thing, of_kind in world.things() if of_kind == kind]
    return {fact.fact_id for fact in facts_by(view, kind, "lineage", things)}


@pytest.mark.parametrize("seed", range(4))
def test_store_and_snapshot_agree_under_any_view_whenever_the_snapshots_were_taken(
    store, tmp_path, seed
):
    rnd = Random(seed)  # noqa: S311
    world = World.of(Desk(), rnd, 6)
    for _ in range(14):
        world.step()
        if rnd.random() < 0.4:
            take_snapshot(tmp_path)
    take_snapshot(tmp_path)

    for _ in range(12):
        held = rnd.choice([None, None, [0], [1, 2]])
        view = world.desk.view(
            rnd.choice([None, *range(-1, DAYS + 1)]),
            held=held,
            position=rnd.randint(1, current_position()),
            includes_day=rnd.random() < 0.5,
        )
        for kind in KINDS:
            assert shown_by_snapshot(tmp_path, view, kind) == shown_by_store(world, view, kind)


def test_looking_at_the_record_makes_no_new_snapshot(store, tmp_path):
    desk = Desk()
    desk.write(allegation(fresh(), "Rudeness", 1))
    first = take_snapshot(tmp_path)
    from django.db import connection

    from onrecord.apps.audit.services import record_consultation, sequence_pending
    from onrecord.core.kernel.viewers import Viewer

    viewer = Viewer("a.reader", "person", "NSP", "reviewer", "a test", "a page")
    record_consultation(viewer, "person:read", object_kind="person", object_ref="P")
    connection.commit()
    sequence_pending()

    assert current_position() > first.position
    assert take_snapshot(tmp_path) == first


def test_a_second_snapshot_writes_only_what_came_after_the_first(store, tmp_path):
    desk = Desk()
    desk.write(*(allegation(fresh(), "Rudeness", 1) for _ in range(5)))
    first = take_snapshot(tmp_path)
    desk.write(allegation(fresh(), "Assault", 2))
    second = take_snapshot(tmp_path)

    assert second.parts[: len(first.parts)] == first.parts
    assert [part.rows for part in second.parts] == [5, 1]
    assert open_snapshot(tmp_path, first.snapshot_id, verify=True).manifest == first


def test_no_name_and_no_free_text_is_in_the_snapshot_proper(store, tmp_path):
    desk = Desk()
    desk.write(
        ("person_record", {"lineage": fresh(), "known": 1, "family_name": "Adair",
                           "source_ref": "Adair, B."}),
        ("narrative", {"lineage": fresh(), "known": 1, "body": "Adair did it."}),
    )  # fmt: skip
    manifest = take_snapshot(tmp_path)

    for part in manifest.parts:
        table = pq.read_table(tmp_path / part.path)
        assert "Adair" not in str(table.to_pylist())
        assert not {"family_name", "body", "source_ref", "salt", "leaf"} & set(table.column_names)
    beside = [str(pq.read_table(p).to_pylist()) for p in tmp_path.glob("linkage/*")]
    told = [str(pq.read_table(p).to_pylist()) for p in tmp_path.glob("narratives/*")]
    assert any("Adair, B." in text for text in beside)
    assert any("did it" in text for text in told)


def test_party_identities_and_intelligence_are_never_copied(store, tmp_path):
    desk = Desk()
    desk.write(
        ("party_identity", {"lineage": fresh(), "known": 1, "name": "Bell"}),
        ("intelligence_report", {"lineage": fresh(), "known": 1, "body": "graded"}),
        allegation(fresh(), "Rudeness", 1),
    )
    manifest = take_snapshot(tmp_path)

    assert {part.kind for part in manifest.parts} == {"allegation"}


def test_a_snapshot_of_another_store_in_the_same_folder_is_not_built_upon(store, tmp_path):
    Desk().write(allegation(fresh(), "Rudeness", 1))
    own = take_snapshot(tmp_path)
    of_another_store = replace(own, ledger_leaf="00" * 32)
    open_snapshot(tmp_path).folder.save(of_another_store)

    again = take_snapshot(tmp_path)

    assert [(part.after, part.rows) for part in again.parts] == [(0, 1)]
    assert again.ledger_leaf == own.ledger_leaf
