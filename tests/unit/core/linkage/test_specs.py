"""Specifications are files that say what they mean, or are refused."""

import pytest

from onrecord.core.kernel.errors import UsageError
from onrecord.core.linkage.comparisons import COMPARISONS
from onrecord.core.linkage.sets import SETS
from onrecord.core.linkage.specs import parse_spec, shipped_spec, shipped_specs
from onrecord.core.linkage.training import TrainingError, _require_sane


@pytest.mark.parametrize("name", shipped_specs())
def test_every_shipped_specification_is_read(name):
    spec = shipped_spec(name)
    assert spec.name == name
    assert spec.blocking
    assert spec.training.passes
    assert 0 < spec.training.prior_recall <= 1


def test_an_unknown_comparison_is_refused_with_those_there_are():
    given = {"comparisons": ["shoe_size"]}
    with pytest.raises(UsageError) as refused:
        parse_spec(given)
    assert "birth_date" in refused.value.next_step


def test_an_unknown_specification_is_refused():
    with pytest.raises(UsageError):
        shipped_spec("nobody")


def test_every_level_has_words_and_every_comparison_tells_agreement_from_difference():
    for comparison in COMPARISONS.values():
        codes = [level.code for level in comparison.levels]
        assert len(codes) == len(set(codes)) >= 2
        assert all(level.words for level in comparison.levels)


def test_every_set_that_is_measured_has_a_specification():
    assert {each.spec for each in SETS.values()} <= set(shipped_specs())


def comparison(name, m=0.9, u=0.01):
    levels = [
        {"sql_condition": "a", "m_probability": m, "u_probability": u},
        {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99},
    ]
    return {"output_column_name": name, "comparison_levels": levels}


def model(m=0.9, u=0.01, prior=0.001):
    return {
        "probability_two_random_records_match": prior,
        "comparisons": [comparison("family", m, u), comparison("born")],
    }


@pytest.mark.parametrize(
    "wrong", [model(m=0.001, u=0.5), model(prior=0.7), model(prior=0.0), model(m=None)]
)
def test_what_cannot_be_right_is_refused_loudly(wrong):
    with pytest.raises(TrainingError):
        _require_sane(wrong)


def test_what_can_be_right_passes():
    _require_sane(model())


def test_what_no_two_were_ever_seen_to_agree_on_is_left_out():
    given = model()
    given["comparisons"].append(comparison("appointed", m=None))
    _require_sane(given)
    assert [each["output_column_name"] for each in given["comparisons"]] == ["family", "born"]


def test_columns_that_nobody_fills_in_are_not_compared():
    spec = shipped_spec("people").of_what_is_told({"family", "given", "birth_year", "birth_date"})
    names = {each.name for each in spec.comparisons}
    assert {"family", "given", "born", "source"} <= names
    assert not names & {"suffix", "warrant", "number", "appointed"}
    assert spec.training.passes == (("family", "given"),)
