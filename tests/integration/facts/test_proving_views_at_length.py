"""The proof that `onrecord assure views` runs at a million rows, small enough for every push."""

from dataclasses import replace
from datetime import timedelta

from onrecord.apps.facts import proving


def test_no_answer_changes_when_later_facts_are_written_and_undone(store):
    proof = proving.prove_views(seed=1, rows=4000, histories=12)
    assert proof.failures == []
    assert proof.histories == 12
    assert proof.answers == 12 * 4
    assert proof.later_facts > 12
    assert 3500 < proof.rows < 4500


def test_the_same_seed_writes_the_same_facts(store):
    filling = proving._filling(7, 1000, 3)
    one, other = (
        [b.to_pylist() for b in filling.batches_of("allegation", 2)] for _ in range(2)
    )  # fmt: skip
    assert one == other
    assert one != [b.to_pylist() for b in filling.batches_of("allegation", 3)]


def test_the_proof_notices_a_view_that_reaches_a_day_too_far(store, monkeypatch):
    """A proof that cannot fail proves nothing."""
    from onrecord.apps.facts import reading

    def too_far(view):
        return replace(view, on=view.on and view.on + timedelta(days=1000), includes_day=True)

    parameters = reading.parameters
    monkeypatch.setattr(reading, "parameters", lambda view: parameters(too_far(view)))
    proof = proving.prove_views(seed=1, rows=2000, histories=6)
    assert proof.failures
