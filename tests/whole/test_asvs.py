"""The register of ASVS 5.0 is whole, and every test that it cites is there."""

import csv
from collections import Counter

import pytest

from whole.tree import ROOT

ROWS = list(csv.DictReader((ROOT / "docs/security/asvs.csv").read_text().splitlines()))
LEVELS = {"1": 70, "2": 183}
"""How many requirements ASVS 5.0.0 has on each of the levels that we register."""


def test_every_requirement_of_the_first_two_levels_stands_in_it_once():
    assert Counter(row["level"] for row in ROWS) == LEVELS
    assert len({row["requirement"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["requirement"])
def test_what_is_met_names_a_test_and_what_is_not_says_why(row):
    if row["status"] != "met":
        assert row["status"] in {"not met", "not applicable"}
        assert row["note"]
        return
    path, _, name = row["test"].partition("::")
    assert (ROOT / path).is_file(), path
    assert not name or f"def {name}(" in (ROOT / path).read_text()
