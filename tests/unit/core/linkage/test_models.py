"""Models are files that are never changed, each with its card; the one learned last is used."""

import json
from datetime import UTC, datetime

import pytest

from onrecord.core.kernel.errors import VerificationFailedError
from onrecord.core.linkage.models import card_of, keep_model, made_model, newest_model, read_model
from onrecord.core.linkage.specs import shipped_spec

SPEC = shipped_spec("people")


def made(prior, at):
    card = card_of(SPEC, learned_from="snapshot x", records=9, at=at)
    return made_model(SPEC, {"probability_two_random_records_match": prior}, card)


def test_the_one_learned_last_is_used_even_of_one_day(tmp_path):
    for minute, prior in enumerate((0.3, 0.1, 0.2)):
        keep_model(tmp_path, made(prior, datetime(2026, 11, 27, 9, minute, tzinfo=UTC)))
    assert newest_model(tmp_path, SPEC).weights["probability_two_random_records_match"] == 0.2
    again = made(0.1, datetime(2026, 11, 27, 10, tzinfo=UTC))
    keep_model(tmp_path, again)
    assert newest_model(tmp_path, SPEC).name == again.name
    assert len(list(tmp_path.iterdir())) == 3


def test_without_any_there_is_none(tmp_path):
    assert newest_model(tmp_path / "nowhere", SPEC) is None


def test_a_model_that_was_altered_is_refused(tmp_path):
    model = made(0.1, datetime(2026, 11, 27, tzinfo=UTC))
    keep_model(tmp_path, model)
    path = tmp_path / f"{model.name}.json"
    kept = json.loads(path.read_text())
    kept["weights"]["probability_two_random_records_match"] = 0.4
    path.write_text(json.dumps(kept))
    with pytest.raises(VerificationFailedError):
        read_model(path)


def test_the_card_says_from_what_and_for_what_not():
    card = made(0.1, datetime(2026, 11, 27, tzinfo=UTC)).card
    assert card["learned_from"] == "snapshot x"
    assert "deciding anything about a person" in card["not_for"]
