"""The demonstration world goes through the ordinary importer and says the same there."""

import json

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


def _person(shown, what):
    return next(key for key, said in shown["look_at"].items() if what in said)


def test_every_source_is_imported_without_a_rejected_row(demonstrated):
    _, shown = demonstrated
    from onrecord.apps.intake.models import Batch

    batches = list(Batch.objects.all())

    assert len(batches) == len(BUNDLES)
    assert [one for batch in batches for one in batch.tables if one["rejected"]] == []
    assert {"people", "incidents", "cases", "allegations", "seconds"} <= shown.keys()


def test_the_cohort_code_and_the_oracle_count_the_same(demonstrated, run):
    store, _ = demonstrated
    found = run("cohort", "reported-review", *REASON)
    people, cases, items, allegations = _oracle(store)

    assert (found["people"], found["cases"]) == (people, cases)
    assert (found["items"], found["allegations"]) == (items, allegations)


def test_an_officer_who_was_the_victim_five_times_has_nothing_on_record_as_subject(
    demonstrated, run
):
    _, shown = demonstrated
    found = run("known-then", _person(shown, "victim"), "--on", "2026-06-30", *REASON)
    kinds = {fact["kind"] for fact in found["facts"]}

    assert kinds
    assert kinds.isdisjoint({"allegation", "party_role", "case_reported", "disposition"})


def test_the_told_story_is_joined_up_and_grows_with_what_was_known(demonstrated, run):
    _, shown = demonstrated
    adair = _person(shown, "four forces")
    early = run("known-then", adair, "--on", "2010-01-01", *REASON)
    late = run("known-then", adair, "--on", "2026-06-30", *REASON)

    def alleged(found):
        return [fact for fact in found["facts"] if fact["kind"] == "allegation"]

    assert 0 < len(alleged(early)) < len(alleged(late))
    assert len({fact["holder"].split(":")[0] for fact in alleged(late)}) >= 3


def test_a_case_elsewhere_is_not_seen_by_the_own_force_until_it_is_told(demonstrated, run):
    _, shown = demonstrated
    adair = _person(shown, "four forces")
    own = run("known-then", adair, "--on", "2017-01-01", "--held-by", "NSP", *REASON)
    later = run("known-then", adair, "--on", "2026-06-30", "--held-by", "NSP", *REASON)

    def elsewhere(found):
        return {
            fact["holder"]
            for fact in found["visible"]
            if fact["kind"] == "allegation" and not fact["holder"].startswith("NSP")
        }

    assert elsewhere(own) == set()
    assert elsewhere(later) == {"WMK:CRIME", "EHP:CRIME"}


def test_what_the_verb_prints_is_json(demonstrated):
    _, shown = demonstrated
    assert json.loads(json.dumps(shown))["scale"] == "small"


def test_every_account_of_the_desk_has_work_on_its_morning_page(demonstrated):
    from onrecord.apps.access.selectors import user_named, viewer_for_user
    from onrecord.apps.work.morning import morning
    from onrecord.cli.demonstration_desk import PEOPLE
    from onrecord.core.kernel.clock import today

    for name in ("demo", "demo.reviewer", "demo.investigator", "demo.authority", "demo.counter"):
        viewer = viewer_for_user(user_named(name), reason="a test", page="a test")
        assert any(line.items for line in morning(viewer, today())), name
    assert all(user_named(name).has_usable_password() for name in PEOPLE)


def test_a_sealed_case_of_the_desk_is_there_for_counter_corruption_alone(demonstrated):
    from onrecord.apps.access.selectors import hidden_from
    from onrecord.apps.sealing.models import Wall

    (wall,) = Wall.objects.filter(title="Operation Kestrel")
    (thing,) = wall.things.all()
    assert thing.lineage in hidden_from("demo")
    assert thing.lineage not in hidden_from("demo.counter")
