"""From facts in the store to a frozen cohort, through services and the command."""

import csv
import json

import pytest
from click.testing import CliRunner
from tests.worlds.building import REVIEWER, World, adair, day

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.programmes import selectors, services
from onrecord.apps.programmes.selectors import Shelves
from onrecord.cli.command import onrecord
from onrecord.core.cohorts.reasons import Reason
from onrecord.core.kernel.errors import (
    DataRejectedError,
    NotFoundError,
    NotPermittedError,
    VerificationFailedError,
)
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer

DEFINITION = """
name: domestic
version: 1
title: Domestic allegations finalised since 2010, serving
select: {allegations: [{factors: [domestic]}]}
dates: {date_basis: finalised, from: 2010-01-01}
completed_only: true
serving_on: {date: 2020-01-01, organisations: [NSP]}
not_dismissed: {}
"""


@pytest.fixture
def people(store):
    return adair()


@pytest.fixture
def shelves(tmp_path):
    return Shelves.of_home(tmp_path)


def finalise(people, on: str) -> None:
    people["world"].add(
        "case_finalised", "WMP:CRIME", on, case_lineage=people["report"], finalised_on=day(on)
    )


def run(shelves, **options):
    return services.run_cohort(viewer=REVIEWER, shelves=shelves, yaml=DEFINITION, **options)


def test_a_live_case_is_out_until_it_is_finalised_and_the_two_forces_records_are_one_person(
    people, shelves
):
    before = run(shelves)
    finalise(people, "2013-05-01")
    after = run(shelves)

    assert before.counts.items == 0
    assert [(e.reason, e.people) for e in before.excluded] == [(Reason.NOT_COMPLETED, 1)]
    assert (after.counts.people, after.counts.cases, after.counts.items) == (1, 1, 1)
    person = public_reference("P", min(people["own"], people["crime"]))
    assert after.items["person_reference"].to_pylist() == [person]


def test_the_same_record_gives_the_same_hash_and_is_frozen_once(people, shelves):
    finalise(people, "2013-05-01")
    first, second = run(shelves), run(shelves)

    assert first.hash == second.hash
    assert [row.hash for row in selectors.results(REVIEWER, shelves)] == [first.hash]
    assert len(list(shelves.cohorts.iterdir())) == 1


def test_a_run_is_an_act_in_the_ledger_and_reading_a_result_is_a_look(people, shelves):
    result = run(shelves)
    from onrecord.apps.audit.selectors import looks_at, recent_acts

    acts = recent_acts(REVIEWER, actions=("cohort:run",))
    assert [(act.actor, act.object_ref, act.reason) for act in acts] == [
        (REVIEWER.name, "domestic v1", REVIEWER.reason)
    ]
    selectors.result_by_hash(REVIEWER, shelves, result.hash)
    looks = looks_at(REVIEWER, object_kind="cohort", object_ref=result.hash)
    assert [look.actor for look in looks] == [REVIEWER.name]


def test_a_result_is_read_back_as_it_was_frozen_whatever_happened_since(people, shelves):
    before = run(shelves)
    finalise(people, "2013-05-01")

    again = selectors.result_by_hash(REVIEWER, shelves, before.hash[:12])

    assert again.as_json() == before.as_json()
    assert again.items.equals(before.items)


def test_altered_rows_are_noticed(people, shelves):
    finalise(people, "2013-05-01")
    result = run(shelves)
    file = shelves.cohorts / f"{result.hash}.parquet"
    import pyarrow.parquet as pq

    pq.write_table(pq.read_table(file).slice(0, 0), file)

    with pytest.raises(VerificationFailedError):
        selectors.result_by_hash(REVIEWER, shelves, result.hash)


def test_as_known_on_a_day_before_the_allegation_there_is_nothing(people, shelves):
    finalise(people, "2013-05-01")

    assert run(shelves, on=day("2012-10-01")).universe.items == 0
    assert run(shelves, on=day("2013-04-30")).excluded[0].reason == Reason.NOT_COMPLETED
    assert run(shelves, on=day("2013-05-01")).counts.items == 1


def test_a_version_says_one_thing_for_ever(people, shelves):
    services.save_definition(viewer=REVIEWER, yaml=DEFINITION)
    services.save_definition(viewer=REVIEWER, yaml=DEFINITION)

    with pytest.raises(DataRejectedError, match="already saved and says something else"):
        services.save_definition(viewer=REVIEWER, yaml=DEFINITION.replace("2010", "2011"))

    newer = DEFINITION.replace("version: 1", "version: 2").replace("2010", "2011")
    services.save_definition(viewer=REVIEWER, yaml=newer)
    saved = next(d for d in selectors.definitions(REVIEWER) if d.name == "domestic")
    assert (saved.version, saved.is_shipped) == (2, False)
    assert "2010" in selectors.definition_text(REVIEWER, "domestic", version=1)


def test_shipped_definitions_are_listed_without_being_saved(store):
    names = [ref.name for ref in selectors.definitions(REVIEWER)]

    assert names == ["reported-review", "sexual-or-domestic-2005-2015"]


def test_an_administrator_sees_no_cohort(people, shelves):
    administrator = Viewer("root", "person", "NSP", "administrator", "upkeep", "test")

    with pytest.raises(NotPermittedError):
        services.run_cohort(viewer=administrator, shelves=shelves, yaml=DEFINITION)
    with pytest.raises(NotPermittedError):
        selectors.definitions(administrator)


def test_why_is_answered_for_what_is_in_out_and_never_looked_at(people, shelves):
    finalise(people, "2013-05-01")
    result = run(shelves)

    def said(reference: str) -> str:
        return " ".join(selectors.explain(REVIEWER, shelves, result, reference).sentences)

    assert "is in scope" in said(public_reference("C", people["report"]))
    assert "is in scope" in said("NSP:HR:4471")
    assert "categories: Rudeness" in said("NSP:PSD:CO/1/06")
    with pytest.raises(NotFoundError):
        said("NSP:HR:9999")


def test_every_total_drills_to_its_items(people, shelves):
    finalise(people, "2013-05-01")
    World().add("case_finalised", "WMP:CRIME", "2014-01-01", case_lineage=people["complaint"])
    result = run(shelves)

    page = selectors.items_page(result)

    assert (page.total, page.pages, len(page.rows)) == (1, 1, 1)
    for exclusion in result.excluded:
        assert selectors.items_page(result, reason=exclusion.reason).total == exclusion.items


def cohort(*arguments):
    asked = ["cohort", *arguments, "--reason", "a review"]
    return CliRunner().invoke(onrecord, asked, catch_exceptions=False)


def test_the_command_prints_the_keys_that_scripts_read(people, tmp_path):
    finalise(people, "2013-05-01")
    file = tmp_path / "domestic.yaml"
    file.write_text(DEFINITION)

    first = json.loads(cohort(str(file), "--json").stdout)
    second = json.loads(cohort("domestic", "--json", "--ids").stdout)

    assert {
        "people", "incidents", "cases", "allegations", "items", "excluded", "snapshot", "hash",
    } <= first.keys()  # fmt: skip
    assert (first["people"], first["items"], first["hash"]) == (1, 1, second["hash"])
    assert [row["case_reference"] for row in second["ids"]] == [
        public_reference("C", people["report"])
    ]


def test_the_command_explains_exports_and_shows(people, tmp_path):
    finalise(people, "2013-05-01")
    file = tmp_path / "domestic.yaml"
    file.write_text(DEFINITION)
    reference = public_reference("C", people["report"])

    explained = cohort(str(file), "--why", reference, "--export", str(tmp_path / "out.csv"))
    shown = cohort(str(file), "--ids")

    assert "is in scope" in explained.stdout
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8-sig")))
    assert [row["case"] for row in rows] == [reference]
    assert reference in shown.stdout


def test_a_misspelt_cohort_says_so_wherever_it_is_read_and_is_still_kept(people, shelves, tmp_path):
    file = tmp_path / "domestic.yaml"
    file.write_text(DEFINITION.replace("[domestic]", "[domestc]"))
    said = "No allegation on record has the factor 'domestc'; there are: domestic."

    printed = cohort(str(file), "--json")
    ran = services.run_cohort(viewer=REVIEWER, shelves=shelves, yaml=file.read_text())

    assert json.loads(printed.stdout)["warnings"] == [said]
    assert said in printed.stderr
    assert selectors.result_by_hash(REVIEWER, shelves, ran.hash).warnings == (said,)


def test_the_command_selects_from_a_folder_of_snapshots_that_no_store_was_copied_to(
    store, tmp_path
):
    from onrecord.core.snapshots.synthesis import write_synthetic_snapshot

    write_synthetic_snapshot(tmp_path / "national", allegations=6000)
    asked = ["sexual-or-domestic-2005-2015", "--json", "--snapshots", str(tmp_path / "national")]

    counted = json.loads(cohort(*asked).stdout)

    assert counted["items"] > 0
    assert counted["hash"] == json.loads(cohort(*asked).stdout)["hash"]


def test_the_snapshot_command_says_what_it_copied_and_changes_nothing_the_second_time(people):
    runner = CliRunner()
    first = json.loads(runner.invoke(onrecord, ["snapshot", "--json", "--verify"]).stdout)
    second = json.loads(runner.invoke(onrecord, ["snapshot", "--json"]).stdout)

    assert first["snapshot"] == second["snapshot"]
    assert second["added"] == 0
    assert first["position"] == current_position()
    assert first["facts"] == first["added"] == len(people["world"].events)
