"""The verbs `import` and `health`: what scripts are promised."""

import json
import shutil

import pytest
from click.testing import CliRunner

from integration.intake.importing import EXAMPLE
from onrecord.cli.command import onrecord
from onrecord.cli.errors import Exit, run_to_exit_code


@pytest.fixture(autouse=True)
def _no_data_is_named(monkeypatch):
    """The example's own files are imported, whatever real data a run of the tests was told of."""
    monkeypatch.delenv("ONRECORD_DATA", raising=False)


def run(*arguments):
    done = CliRunner().invoke(onrecord, [*arguments, "--json"], catch_exceptions=False)
    return json.loads(done.stdout)


def exit_code(*arguments):
    return run_to_exit_code(lambda: onrecord(list(arguments), standalone_mode=False))


def test_the_keys_that_scripts_are_promised_are_there(store):
    result = run("import", "example_force")
    assert {"batch", "tables", "rejects_path", "rows_per_second"} <= set(result)
    assert set(result["tables"][0]) >= {
        "table",
        "read",
        "added",
        "changed",
        "unchanged",
        "gone",
        "rejected",
    }
    assert result["batch"].startswith("B-")


def test_the_data_folder_is_taken_from_the_environment_or_the_option(store, tmp_path, monkeypatch):
    named = tmp_path / "data"
    shutil.copytree(EXAMPLE, named / "example_force")
    (named / "example_force" / "officers.csv").write_text(
        "collar_id,surname,forenames,born,joined,left_on\n7,A,B,1970,01/02/1990,\n"
    )
    monkeypatch.setenv("ONRECORD_DATA", str(named))
    officers = [
        one
        for one in run("import", "example_force", "--dry-run")["tables"]
        if one["table"] == "officers"
    ]
    assert officers[0]["read"] == 1
    assert run("import", "example_force", "--dry-run", "--data", str(EXAMPLE))["tables"] != officers


def test_a_refused_batch_ends_with_the_code_for_rejected_data(store, tmp_path, capsys):
    bad = shutil.copytree(EXAMPLE, tmp_path / "bad")
    (bad / "complaints.csv").write_text("case,received\n")
    assert exit_code("import", "example_force", "--data", str(bad)) == Exit.DATA_REJECTED
    said = capsys.readouterr().err
    assert "no column 'case_ref'" in said
    assert "Nothing was written" in said


def test_a_batch_is_listed_and_taken_back_by_its_reference(store):
    batch = run("import", "example_force")["batch"]
    assert run("import", "--list")["batches"][0]["batch"] == batch
    undone = run("import", "--undo", batch)
    assert undone["undone"] is True
    assert undone["decisions"] == []
    assert run("import", "--list")["batches"][0]["undone"] is True


def test_what_does_not_exist_is_a_wrong_use(store):
    assert exit_code("import", "no_such_source") == Exit.USAGE
    assert exit_code("import") == Exit.USAGE
    assert exit_code("import", "--undo", "B-00000-00000-0") == Exit.USAGE
    assert exit_code("health", "no_such_source") == Exit.USAGE


def test_health_says_what_each_hole_does_to_a_cohort(store):
    run("import", "example_force")
    report = run("health", "example_force")["sources"][0]

    sentences = " ".join(report["sentences"])
    assert "1 of 5 (20.0%) allegations name nobody" in sentences
    assert "1 of 5 (20.0%) allegations have no ending on record" in sentences
    assert report["placeholders"] == [{"note": "officer not identified", "allegations": 1}]
    assert {
        "year": 2012,
        "cases": 1,
        "allegations": 1,
        "unnamed": 1,
        "without_ending": 1,
        "ending_unresolved": 0,
    } in report["years"]
    factors = next(
        one
        for one in report["completeness"]
        if (one["kind"], one["field"]) == ("allegation", "factors")
    )
    assert (factors["filled"], factors["of"], factors["years"]["2014"]) == (
        1,
        5,
        {"of": 2, "filled": 1},
    )
