"""What a second run, another world and a case that is gone do to the record."""

import gzip

import duckdb

from onrecord.core.world.extracts import BUNDLES
from onrecord.core.world.oracle import _SQL

REASON = ("--reason", "test of the demonstration")


def _oracle(store):
    truth = store.home.root / "demo" / "world" / "truth"
    with duckdb.connect() as con:
        for name in ("employed", "cases", "allegations"):
            con.execute(f"create view {name} as from '{truth}/{name}.parquet'")
        return con.execute(_SQL).fetchone()


def test_a_second_run_writes_nothing(store, run):
    from onrecord.apps.intake.models import Batch

    first = run("demo", "--scale", "small", "--no-serve")
    again = run("demo", "--scale", "small", "--no-serve")

    assert Batch.objects.count() == len(BUNDLES)
    assert again["cases"] == first["cases"]


def test_another_world_replaces_the_first(store, run):
    from onrecord.apps.intake.models import Batch

    run("demo", "--scale", "small", "--no-serve")
    run("demo", "--scale", "small", "--seed", "5", "--no-serve")
    found = run("cohort", "reported-review", *REASON)

    assert Batch.objects.filter(undone_event=None).count() == len(BUNDLES)
    assert (found["people"], found["cases"]) == _oracle(store)[:2]


def test_one_case_gone_from_a_later_extract_is_one_fewer_in_the_review(store, run):
    run("demo", "--scale", "small", "--no-serve")
    before = run("cohort", "reported-review", *REASON)
    extracts = store.home.root / "demo" / "world" / "extracts"
    _without_a_reviewed_case(extracts / "northshire" / "standards", _reviewed_case(store))
    _import_standards(store, extracts)
    run("snapshot")

    after = run("cohort", "reported-review", *REASON)

    assert after["cases"] == before["cases"] - 1


def _reviewed_case(store):
    truth = store.home.root / "demo" / "world" / "truth"
    with duckdb.connect() as con:
        for name in ("employed", "cases", "allegations"):
            con.execute(f"create view {name} as from '{truth}/{name}.parquet'")
        start, _, _ = _SQL.partition("select count(distinct a.person)")
        return con.execute(
            f"{start} select a.ref from about a join completed c using (org, system, ref) "
            "join serving s using (person) where c.case_type = 'conduct_matter' and org = 'NSP' "
            "order by 1 limit 1"
        ).fetchone()[0]


def _without_a_reviewed_case(folder, ref):
    for name in ("conduct_cases.csv.gz", "conduct_allegations.csv.gz"):
        lines = gzip.decompress((folder / name).read_bytes()).decode().splitlines(keepends=True)
        kept = [line for line in lines if ref not in line]
        assert len(kept) < len(lines)
        (folder / name).write_bytes(gzip.compress("".join(kept).encode()))
    for name in ("victims.csv", "decisions.csv", "referrals.csv", "files.csv"):
        lines = (folder / name).read_text().splitlines(keepends=True)
        (folder / name).write_text("".join(line for line in lines if ref not in line))


def _import_standards(store, extracts):
    from datetime import date

    from onrecord.apps.intake.services import import_source
    from onrecord.cli.session import acting_as
    from onrecord.cli.viewing import viewer_for
    from onrecord.core.sources.loading import load
    from onrecord.core.world.catalogue import descriptions

    text = descriptions()["northshire_standards"]
    import_source(
        viewer_for("import", reason="test"),
        actor=acting_as(reason="test").actor,
        description=load(text),
        description_text=text,
        data=extracts,
        imports=store.home.imports,
        extract_date=date(2026, 7, 1),
    )
