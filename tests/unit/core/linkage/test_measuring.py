"""Figures that can be worked out by hand."""

import pyarrow as pa
import pytest

from onrecord.core.linkage.measuring import PairFigures, Truth, wilson_lower

TRUTH = pa.table({
    "mention": list("abcdefg"), "truth": ["1", "1", "1", "2", "2", None, "3"],
    "sex": ["f", "f", "f", "m", "m", "m", "f"],
})  # fmt: skip


def people(*groups):
    rows = [(mention, min(group)) for group in groups for mention in group]
    return pa.table({"mention": [m for m, _ in rows], "person": [p for _, p in rows]})


def test_pairs_are_counted_among_mentions_whose_truth_is_known():
    # True pairs: ab ac bc de. Linked: ab, cd, cf, df; f is of nobody known.
    found = Truth(TRUTH).pairs(people("ab", "cdf"))
    assert (found.both, found.linked, found.true) == (1, 2, 4)
    assert found.precision == 0.5
    assert found.recall == 0.25
    assert found.f1 == pytest.approx(2 * 1 / (2 + 4))
    assert found.cost(50) == 50 * 1 + 3


def test_a_group_is_measured_by_itself():
    found = Truth(TRUTH).pairs(people("ab", "cd"), "sex = 'f'")
    assert (found.both, found.linked, found.true) == (1, 1, 3)
    assert Truth(TRUTH).groups("sex") == ["f", "m"]


def test_b_cubed_is_the_mean_mentions_precision_and_recall():
    found = Truth(TRUTH).bcubed(people("ab", "cd"))
    # a, b: 1 and 2/3. c: 1/2 and 1/3. d: 1/2 and 1/2. e: 1 and 1/2. g: 1 and 1.
    assert found.precision == pytest.approx((1 + 1 + 0.5 + 0.5 + 1 + 1) / 6)
    assert found.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2 + 1) / 6)


def test_nothing_linked_is_precise_and_finds_nothing():
    found = Truth(TRUTH).pairs(people())
    assert (found.precision, found.recall) == (1.0, 0.0)


def test_calibration_sets_what_was_predicted_beside_what_came_true():
    pairs = pa.table(
        {"one": ["a", "a", "a"], "other": ["b", "d", "f"], "weight": [10.0, 10.0, 10.0]}
    )
    ((predicted, came, many),) = Truth(TRUTH).calibration(pairs)
    assert predicted > 0.99
    assert (came, many) == (0.5, 2)


@pytest.mark.parametrize(
    ("successes", "tries", "lower"),
    [(0, 0, 0.0), (10, 10, 0.7225), (98, 100, 0.9300), (50, 100, 0.4038)],
)
def test_wilsons_lower_bound(successes, tries, lower):
    assert wilson_lower(successes, tries) == pytest.approx(lower, abs=1e-4)


def test_figures_of_two_parts_add_up():
    assert PairFigures(1, 2, 3) + PairFigures(4, 5, 6) == PairFigures(5, 7, 9)
