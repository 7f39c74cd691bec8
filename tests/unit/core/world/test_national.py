"""The national world is written as a snapshot, the same for the same seed."""

from onrecord.core.snapshots.reading import open_snapshot
from onrecord.core.world.national import FORCES, write_national


def test_the_same_seed_gives_the_same_snapshot_and_another_seed_another(tmp_path):
    first = write_national(4, tmp_path / "a", allegations=3_000)
    again = write_national(4, tmp_path / "b", allegations=3_000)
    other = write_national(5, tmp_path / "c", allegations=3_000)

    names = [open_snapshot(root, verify=True).snapshot_id for root in (first, again, other)]

    assert names[0] == names[1] != names[2]


def test_every_force_is_there_and_every_link_leads_somewhere(tmp_path):
    snapshot = open_snapshot(write_national(1, tmp_path, allegations=30_000))
    with snapshot.reading() as record:
        ask = record.con.execute
        forces = ask("select count(distinct employer) from service_spell").fetchone()
        lost = ask(
            "select count(*) from allegation a "
            "where a.case_lineage not in (select case_lineage from case_reported) "
            "or a.record_lineage not in (select lineage from person_record)"
        ).fetchone()
        count = ask("select count(*) from allegation").fetchone()
        ended = ask(
            "select count(*) from disposition d where d.allegation not in (select lineage from allegation)"
        ).fetchone()

    assert (forces, lost, count, ended) == ((FORCES,), (0,), (30_000,), (0,))
