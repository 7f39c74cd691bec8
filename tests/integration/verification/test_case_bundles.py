"""A case bundle proves itself, and shows when anything in it was changed."""

import copy
import hashlib
import json

import pytest

from onrecord.apps.cases.bundles import LEFT_OUT, bundle_hash, disclose_case
from onrecord.core.kernel.errors import UsageError, VerificationFailedError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.ledger.bundles import verify_bundle
from worlds.building import REVIEWER
from worlds.tampering import as_superuser, one, the_allegation


@pytest.fixture
def bundle(world):
    made = disclose_case(REVIEWER, world["world"].view(), public_reference("C", world["case"]))
    return json.loads(json.dumps(made))


def test_a_bundle_of_an_untouched_case_proves_itself(bundle):
    assert verify_bundle(bundle) == []
    kinds = {fact["content"]["kind"] for fact in bundle["facts"]}
    assert kinds >= {"case_reported", "allegation", "disposition", "person_record", "party_role"}
    assert set(bundle["shown"]) == {fact["fact_id"] for fact in bundle["facts"]}


def test_a_bundle_never_holds_a_protected_identity_or_sealed_intelligence(bundle):
    text = json.dumps(bundle)
    assert "Somebody" not in text
    assert "graded" not in text
    assert set(bundle["left_out"]) == {"party_identity", "intelligence_report"} == set(LEFT_OUT)
    assert not {fact["content"]["kind"] for fact in bundle["facts"]} & set(LEFT_OUT)


def test_a_view_shows_less_but_every_version_is_proved(world):
    reference = public_reference("C", world["case"])
    early = disclose_case(REVIEWER, world["world"].view("2006-12-31"), reference)
    later = disclose_case(REVIEWER, world["world"].view(), reference)
    assert set(early["shown"]) < set(later["shown"])
    assert [fact["fact_id"] for fact in early["facts"]] == [
        fact["fact_id"] for fact in later["facts"]
    ]


def test_a_disclosure_is_in_the_ledger_with_its_reason_and_the_bundles_hash(store, bundle):
    with as_superuser(store) as connection:
        action, reason, body = one(
            connection,
            "select action, reason, body::jsonb from ledger.event where event_id = %s",
            bundle["disclosed_by_event"],
        )
    assert (action, reason) == ("case:disclose", REVIEWER.reason)
    assert body["bundle_sha256"] == bundle_hash(bundle)


def test_nothing_is_disclosed_without_a_reason(world):
    from dataclasses import replace

    with pytest.raises(UsageError):
        disclose_case(
            replace(REVIEWER, reason=""),
            world["world"].view(),
            public_reference("C", world["case"]),
        )


def _paths(value, path=()):
    """Yield the path of every leaf value of a bundle that a verdict must rest on."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _paths(inner, (*path, index))
    else:
        yield path


def _bent(bundle, path):
    bent = copy.deepcopy(bundle)
    holder = bent
    for step in path[:-1]:
        holder = holder[step]
    old = holder[path[-1]]
    if isinstance(old, int):
        holder[path[-1]] = old + 1
    elif set(old) <= set("0123456789abcdef") and len(old) >= 32:
        holder[path[-1]] = hashlib.sha256(old.encode()).hexdigest()[: len(old)]
    else:
        holder[path[-1]] = old + "x"
    return bent


# What a bundle says about itself, without proof: its maker's words.
_ONLY_SAID = {"view", "made_for", "reason", "left_out", "disclosed_by_event", "case", "lineage"}


def test_whatever_is_bent_in_a_bundle_is_noticed(bundle):
    proved = [path for path in _paths(bundle) if path[0] not in _ONLY_SAID]
    # The size of the log is what a reader compares with a checkpoint from elsewhere: a tree
    # of one leaf more may have the same shape on this case's side.
    compared = {("checkpoint", "log"), ("checkpoint", "at"), ("checkpoint", "size")}
    proved = [path for path in proved if path not in compared]
    assert len(proved) > 300
    unnoticed = [path for path in proved if not verify_bundle(_bent(bundle, path))]
    assert unnoticed == []


def test_a_proof_cut_short_or_made_longer_is_refused(bundle):
    for of, number in [("facts", n) for n in range(len(bundle["facts"]))] + [("events", 0)]:
        if bundle[of][number]["proof"]:
            shorter = copy.deepcopy(bundle)
            shorter[of][number]["proof"].pop()
            assert verify_bundle(shorter)
        longer = copy.deepcopy(bundle)
        longer[of][number]["proof"].append("00" * 32)
        assert verify_bundle(longer)


def test_a_fact_of_another_case_cannot_be_slipped_in(world, bundle):
    other = disclose_case(REVIEWER, world["world"].view(), public_reference("C", world["report"]))
    stranger = next(f for f in other["facts"] if f["content"]["kind"] == "allegation")
    bundle["facts"].append(stranger)
    assert verify_bundle(bundle) == [
        f"Fact {stranger['fact_id']} (allegation) comes without the event that wrote it."
    ]


@pytest.mark.parametrize(
    "not_a_bundle", [None, [], {}, {"format": "x"}, {"format": "onrecord-case-bundle/1"}]
)
def test_what_is_no_bundle_is_said_to_be_none(not_a_bundle):
    assert verify_bundle(not_a_bundle)


def test_no_bundle_is_made_of_a_record_that_was_tampered_with(store, world):
    with as_superuser(store) as connection:
        fact = the_allegation(connection, world["event"])
        connection.execute("delete from facts.allegation where fact_id = %s", [fact])
    with pytest.raises(VerificationFailedError):
        disclose_case(REVIEWER, world["world"].view(), public_reference("C", world["case"]))


def test_a_version_that_the_view_does_not_take_cannot_be_passed_off_as_shown(world):
    from onrecord.core.ledger.bundles import FORMAT, _wrongly_shown

    def version(number, known_on, event):
        return {
            "fact_id": number,
            "event_id": event,
            "version": {"known_on": known_on},
            "content": {"lineage": "a"},
        }

    made = {
        "format": FORMAT, "facts": [version(1, "2001-01-01", 1), version(2, "2003-01-01", 2)], "shown": [1],
        "view": {"known_on": None, "includes_day": True, "recorded_by": 9, "held_by": None}, "undone_events": [],
    }  # fmt: skip
    positions = {1: 1, 2: 2}
    assert list(_wrongly_shown(made, positions)) == [
        "Fact 1 is shown, but the view takes another version."
    ]
    for way_back in (
        {"view": made["view"] | {"known_on": "2002-01-01"}},
        {"view": made["view"] | {"known_on": "2003-01-01", "includes_day": False}},
        {"view": made["view"] | {"recorded_by": 1}},
        {"undone_events": [2]},
    ):
        assert list(_wrongly_shown(made | way_back, positions)) == []
