"""The page says what was asked for and what came out, all of it computed."""

import pytest

from onrecord.core.world.calibration import TARGETS, measured, page
from onrecord.core.world.generating import generate

EXACT = (
    "People in conduct records",
    "Conduct cases",
    "Allegations",
    "Subject entries (person in a case)",
)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The large world of the default seed."""
    return generate("force", 1, tmp_path_factory.mktemp("large"))


def test_the_counts_that_are_fitted_are_met_exactly(large):
    found = {target.name: (target.published, value) for target, value in measured(large)}

    assert all(found[name][0] == found[name][1] for name in EXACT)


def test_every_share_is_within_three_points_of_the_published_one(large):
    far = [
        (target.name, value)
        for target, value in measured(large)
        if target.is_share and abs(value - target.published) > 0.03
    ]

    assert far == []


def test_every_ratio_is_within_a_tenth_of_the_published_one(large):
    ratios = [(t.published, v) for t, v in measured(large) if "times as likely" in t.name]

    assert ratios
    assert all(abs(value / published - 1) < 0.1 for published, value in ratios)


def test_the_page_shows_each_figure_with_its_source(large):
    text = page(large, 1)

    assert all(
        f"| {target.name} |" in text and f"| {target.source} |" in text for target in TARGETS
    )


def test_a_page_of_another_seed_says_that_it_is_not_the_fitted_one(world):
    assert "not the seed it is fitted for" in page(world, 2)


def test_the_page_in_docs_is_the_one_that_the_world_gives(large, pytestconfig):
    kept = pytestconfig.rootpath / "docs" / "demonstration-world.md"

    assert kept.read_text("utf-8") == page(large, 1), "run: onrecord demo --calibration"
