"""The verbs that look after a store say what they did, to a person and to a script."""

import json

import psycopg
import pytest

from onrecord.core.kernel.ids import public_reference
from worlds.building import World
from worlds.commands import answered, typed
from worlds.tampering import as_superuser, populated, the_allegation


@pytest.fixture
def world(store):
    return populated()


def test_verify_says_that_all_is_as_recorded_and_exits_0(store, world, capsys):
    code, told = answered(capsys, "audit", "verify")
    assert code == 0
    assert (told["ok"], told["first_bad"], told["bad"]) == (True, None, 0)
    assert told["events"] > 0
    assert told["by_leaf_only"] == ["intelligence_report"]
    _, said = typed(capsys, "audit", "verify")
    assert "Everything is as it was recorded." in said
    assert "By commitment alone, because no role may read them: intelligence_report." in said


def test_verify_names_the_first_bad_thing_and_exits_5(store, world, capsys):
    with as_superuser(store) as connection:
        fact = the_allegation(connection, world["event"])
        connection.execute("update facts.allegation set category = 'x' where fact_id = %s", [fact])
    code, told = answered(capsys, "audit", "verify")
    assert code == 5
    assert told["first_bad"]["ref"] == str(fact)
    code, said = typed(capsys, "audit", "verify")
    assert code == 5
    assert f"Fact {fact} (allegation) was altered" in said


def test_a_checkpoint_kept_elsewhere_is_compared_and_one_of_another_store_is_not(
    store, world, capsys, tmp_path
):
    typed(capsys, "audit", "checkpoint", "--out", tmp_path / "kept.json")
    stranger = json.loads((tmp_path / "kept.json").read_text()) | {"log": "00", "root": "00"}
    (tmp_path / "stranger.json").write_text(json.dumps(stranger))
    code, told = answered(capsys, "audit", "verify", "--checkpoint", tmp_path / "kept.json",
                          "--checkpoint", tmp_path / "stranger.json")  # fmt: skip
    assert (code, told["checkpoints_compared"]) == (0, 1)
    forged = json.loads((tmp_path / "kept.json").read_text()) | {"root": "00" * 32}
    (tmp_path / "forged.json").write_text(json.dumps(forged))
    code, told = answered(capsys, "audit", "verify", "--checkpoint", tmp_path / "forged.json")
    assert (code, told["first_bad"]["what"]) == (5, "checkpoint")


def test_a_bundle_is_written_and_verifies_until_it_is_changed(store, world, capsys, tmp_path):
    reference = public_reference("C", world["case"])
    out = tmp_path / "case.json"
    code, told = answered(capsys, "bundle", reference, "--out", out, "--reason", "disclosure")
    assert (code, told["case"]) == (0, reference)
    assert answered(capsys, "audit", "verify-bundle", out)[0] == 0
    out.write_text(out.read_text().replace("Rudeness", "Courtesy"))
    code, told = answered(capsys, "audit", "verify-bundle", out)
    assert code == 5
    assert any("(allegation) does not" in one for one in told["wrong"])


@pytest.mark.parametrize("arguments", [("C-00000-00000-0",), ("nonsense",)])
def test_a_bundle_of_nothing_is_refused_and_writes_nothing(store, capsys, tmp_path, arguments):
    out = tmp_path / "case.json"
    assert typed(capsys, "bundle", *arguments, "--out", out, "--reason", "x")[0] == 2
    assert not out.exists()


def test_a_bundle_needs_a_reason_and_overwrites_nothing(store, world, capsys, tmp_path):
    out = tmp_path / "case.json"
    reference = public_reference("C", world["case"])
    assert typed(capsys, "bundle", reference, "--out", out)[0] == 2
    out.write_text("mine")
    assert typed(capsys, "bundle", reference, "--out", out, "--reason", "x")[0] == 2
    assert out.read_text() == "mine"


def test_holders_are_listed_as_held_by_takes_them(store, world, capsys):
    _, told = answered(capsys, "holders")
    codes = [holder["code"] for holder in told["holders"]]
    assert codes == sorted(codes)
    assert {"NSP:HR", "WMP:CRIME"} <= set(codes)
    assert "NSP:HR" in typed(capsys, "holders")[1]


def projections(store):
    with psycopg.connect(store.admin.dsn()) as connection:
        return {
            table: sorted(
                connection.execute(f"select t::text from projection.{table} t").fetchall()
            )
            for table in ("person", "person_search", "case_search", "mention")
        }


def test_rebuild_makes_again_what_was_lost_and_says_how_much(store, world, capsys):
    before = projections(store)
    with as_superuser(store) as connection:
        connection.execute("delete from projection.person")
        connection.execute("update projection.person_search set names = 'wrong'")
    code, told = answered(capsys, "rebuild")
    assert code == 0
    assert projections(store) == before
    made = {table: len(rows) for table, rows in before.items()}
    assert told["projections"].items() >= made.items()
    assert told["projections"].keys() == {*made, "fact_words"}


def test_rebuild_of_an_empty_store_is_no_error(store, capsys):
    World()
    assert answered(capsys, "rebuild")[1]["projections"] == {
        "person": 0,
        "person_search": 0,
        "case_search": 0,
        "mention": 0,
        "fact_words": 0,
    }
