"""Learning goes on where a share shrinks below what Splink takes."""

import pytest
from splink import comparison_library as compared
from splink.internals.comparison_level import M_U_CLAMP_MIN

from onrecord.core.linkage.training import shares_stay_above_nothing


@pytest.fixture
def level():
    made = compared.ExactMatch("family").get_comparison("duckdb")
    return made._comparison_levels_excluding_null[0]


@pytest.mark.parametrize("what", ["m_probability", "u_probability"])
@pytest.mark.parametrize("share", [0.0, 6.8e-315])
def test_a_share_below_the_least_is_the_least_while_learning_and_refused_elsewhere(
    level, what, share
):
    with shares_stay_above_nothing():
        setattr(level, what, share)
        assert getattr(level, what) == M_U_CLAMP_MIN
        setattr(level, what, 0.25)
        assert getattr(level, what) == 0.25
    with pytest.raises(ValueError, match="below the minimum"):
        setattr(level, what, share)


def test_what_was_never_seen_is_told_as_before(level):
    with shares_stay_above_nothing():
        level.m_probability = "level not observed in training dataset"
    assert level.m_probability == 1e-6
