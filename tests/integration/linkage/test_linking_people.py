"""The model's links on record: each with why, outvoted by people, taken back by a further row."""

import uuid
from dataclasses import replace

import pytest
from django.db import connection
from tests.integration.linkage.recorded import ADA, PEOPLE, record, write_people
from tests.worlds.building import BUILDER, REVIEWER, day

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import recording, sequence_pending
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.linking import modelling
from onrecord.apps.linking.modelling import undo_run
from onrecord.apps.linking.services import judge_identity
from onrecord.apps.organisations.services import ensure_holder
from onrecord.apps.people.changing import judgements_since
from onrecord.apps.people.finding import person_lineage
from onrecord.apps.people.services import rebuild_projections
from onrecord.core.kernel.errors import NotFoundError, UsageError
from onrecord.core.kernel.ids import lineage_of, public_reference
from onrecord.core.linkage.specs import shipped_spec
from onrecord.core.linkage.training import TrainingError
from onrecord.core.snapshots.reading import open_snapshot


@pytest.fixture
def first(run):
    write_people()
    return run()


def people():
    with connection.cursor() as cursor:
        cursor.execute("select record_lineage, person_lineage from projection.person")
        return dict(cursor.fetchall())


def are_one(number):
    found = people()
    return found[record("NSP:HR", number)] == found[record("NSP:PSD", number)]


def judgements():
    with connection.cursor() as cursor:
        cursor.execute(
            "select judgement, method, judged_by, reason from facts.identity_judgement order by fact_id"
        )
        return cursor.fetchall()


def test_people_come_to_be_one_each_with_why_and_by_which_model(first):
    assert first.automatic > 0.95 * PEOPLE
    assert first.people == 2 * PEOPLE - first.automatic
    assert sum(map(are_one, range(PEOPLE))) == first.automatic
    judgement, method, by, reason = judgements()[0]
    assert (judgement, method) == ("same", f"model {first.model}")
    assert by == first.model
    assert "Born: the same (+" in reason
    assert reason.endswith("joined from 6 on with nobody asked.")


def test_linking_again_says_nothing_new(first, run):
    again = run()
    assert (again.written, again.model) == (0, first.model)
    assert again.automatic == first.automatic


def test_a_trial_writes_nothing(run, models):
    write_people()
    before = sorted(models.iterdir())
    found = run(is_trial=True, learns=True)
    assert found.automatic > 0
    assert found.written == 0
    assert judgements() == []
    assert sorted(models.iterdir()) == before


def test_what_a_person_judged_different_is_not_joined_again_while_that_stands(first, run):
    assert are_one(1)
    one, other = record("NSP:HR", 1), record("NSP:PSD", 1)
    judge_identity(
        actor=ADA, record_a=one, record_b=other, judgement="not_same", reason="Two people."
    )
    assert not are_one(1)
    run()
    assert not are_one(1)
    judge_identity(
        actor=ADA, record_a=one, record_b=other, judgement="same", reason="One after all."
    )
    assert are_one(1)


def test_a_person_outvotes_a_sources_own_list_in_the_store_and_in_a_snapshot(first, run, tmp_path):
    one, other = sorted((record("NSP:HR", 6), record("NSP:HR", 7)))
    with recording(BUILDER, "world:build", object_kind="world", object_ref="people", reason="a list",
                   batch=uuid.uuid4()) as rec:  # fmt: skip
        append_fact(rec, "identity_judgement", {
            "lineage": lineage_of("NSP:HR", "identity_judgement", "6 7"), "known_on": day("2016-01-01"),
            "holder_id": ensure_holder("NSP:HR").pk, "record_a": one, "record_b": other,
            "judgement": "same", "method": "source crosswalk", "judged_by": "NSP:HR",
        })  # fmt: skip
    rebuild_projections()
    assert people()[one] == people()[other]
    judge_identity(
        actor=ADA, record_a=one, record_b=other, judgement="not_same", reason="Brothers."
    )
    assert people()[one] != people()[other]
    run()
    rebuild_projections()
    assert people()[one] != people()[other]
    with open_snapshot(tmp_path / "snapshots").reading(
        kinds=("person_record", "identity_judgement")
    ) as found:
        clusters = dict(found.con.execute("select member, cluster from person_cluster").fetchall())
    assert clusters[one] != clusters[other]


def test_what_a_person_judged_the_same_is_kept_though_the_model_sees_two(first, run):
    one, other = record("NSP:HR", 2), record("NSP:HR", 3)
    judge_identity(
        actor=ADA, record_a=one, record_b=other, judgement="same", reason="Changed their name."
    )
    run()
    found = people()
    assert found[one] == found[other]


def test_what_the_model_says_no_more_is_taken_back_by_a_further_row(first, run):
    with recording(BUILDER, "world:build", object_kind="world", object_ref="people", reason="put right",
                   batch=uuid.uuid4()) as rec:  # fmt: skip
        append_fact(rec, "person_record", {
            "lineage": record("NSP:PSD", 4), "source_ref": "4", "change": "later",
            "holder_id": ensure_holder("NSP:PSD").pk, "known_on": day("2016-01-01"),
            "family_name": "Zzyzx", "given_names": "Quentin", "birth_date": day("1931-05-06"),
        })  # fmt: skip
    assert are_one(4)
    found = run()
    assert found.written == 1
    assert not are_one(4)
    assert judgements()[-1][0] == "undecided"


def test_a_record_behind_a_wall_is_linked_with_nobody(first, run):
    from onrecord.apps.access.models import Wall, WallThing

    before = len(judgements())
    with recording(BUILDER, "world:build", object_kind="world", object_ref="wall", reason="a test"):
        wall = Wall.objects.create(kind="seal", title="x", reason="x", handling_conditions="x")
        WallThing.objects.create(
            wall=wall, thing_kind="person", lineage=record("NSP:PSD", 5), added_by="x"
        )
    found = run(is_trial=True)
    assert found.records == 2 * PEOPLE - 1
    assert len(judgements()) == before


def test_nothing_to_link_and_too_little_to_learn_from_are_said(run):
    with pytest.raises(UsageError, match="no person records"):
        run()
    write_people(3)
    with pytest.raises(TrainingError):
        run(learns=True)


def test_a_chain_by_a_third_record_comes_apart_at_once(first):
    ends = record("NSP:HR", 20), record("NSP:HR", 21)
    between = record("NSP:PSD", 20)
    judge_identity(
        actor=ADA, record_a=between, record_b=ends[1], judgement="same", reason="One, it seems."
    )
    assert len({people()[each] for each in (*ends, between)}) == 1
    judge_identity(actor=ADA, record_a=ends[0], record_b=ends[1], judgement="not_same",
                   reason="Cousins.")  # fmt: skip
    now = people()
    assert now[ends[0]] != now[ends[1]]
    assert now[between] == now[ends[1]], (
        "what a person joined holds; what the model joined gives way"
    )
    rebuild_projections()
    assert people() == now


def test_every_reference_ever_given_leads_to_a_person(first):
    for number in (1, 2):
        references = {
            public_reference("P", record(holder, number)) for holder in ("NSP:HR", "NSP:PSD")
        }
        assert len(references) == 2
        assert len({person_lineage(REVIEWER, each) for each in references}) == 1
    one, other = record("NSP:HR", 1), record("NSP:PSD", 1)
    judge_identity(actor=ADA, record_a=one, record_b=other, judgement="not_same", reason="Two.")
    assert person_lineage(REVIEWER, public_reference("P", one)) == one
    assert person_lineage(REVIEWER, public_reference("P", other)) == other


def test_only_what_is_new_is_looked_at_and_comes_to_the_same(first, run):
    assert run(only_new=True).written == 0
    before = people()
    write_people(PEOPLE + 6)
    found = run(only_new=True)
    fresh = [number for number in range(PEOPLE, PEOPLE + 6) if are_one(number)]
    assert found.written >= len(fresh) > 3
    assert {each: person for each, person in people().items() if each in before} == before
    now = people()
    assert run().written <= 1, "a batch over all says nearly nothing new"
    assert sum(people()[each] != now[each] for each in now) <= 2


def test_only_what_is_new_needs_a_model(run, models):
    write_people(4)
    for each in models.iterdir():
        each.unlink()
    with pytest.raises(UsageError, match="No model was learned"):
        run(only_new=True)


def test_a_run_is_undone_as_a_whole_and_only_once(first, run):
    undo_run(actor=ADA, run=first.run, reason="The wrong model.")
    assert not any(are_one(number) for number in range(PEOPLE))
    with pytest.raises(UsageError, match="undone before"):
        undo_run(actor=ADA, run=first.run, reason="Again.")
    with pytest.raises(NotFoundError, match="No run"):
        undo_run(actor=ADA, run=10**9, reason="Nothing.")
    assert run().written == first.written
    assert are_one(1)


def test_whatever_was_counted_is_told_that_who_is_who_changed(first):
    then = current_position()
    assert judgements_since(REVIEWER, then) == 0
    one, other = record("NSP:HR", 2), record("NSP:PSD", 2)
    judge_identity(actor=ADA, record_a=one, record_b=other, judgement="not_same", reason="Two.")
    sequence_pending()
    assert judgements_since(REVIEWER, then) == 1
    assert judgements_since(REVIEWER, current_position()) == 0


def test_a_group_that_is_found_less_well_is_linked_by_people_alone(run, monkeypatch):
    spec = replace(shipped_spec("people"), asks_about={"sex": ("f",)})
    monkeypatch.setattr(modelling, "shipped_spec", lambda _: spec)
    write_people()
    found = run()
    assert found.automatic == 0
    assert found.for_review > 0.9 * PEOPLE
    assert not any(are_one(number) for number in range(PEOPLE))
    assert "automatic linking is off for this group" in judgements()[0][3]


def test_a_run_that_is_interrupted_leaves_nothing_half_done_and_is_simply_run_again(
    run, monkeypatch
):
    write_people()
    real = modelling.append_facts

    def cut_off(rec, kind, rows):
        real(rec, kind, list(rows)[:7])
        raise KeyboardInterrupt

    monkeypatch.setattr(modelling, "append_facts", cut_off)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert judgements() == []
    assert not any(are_one(number) for number in range(PEOPLE))
    monkeypatch.setattr(modelling, "append_facts", real)
    assert run().automatic > 0.95 * PEOPLE
    assert run().written == 0
