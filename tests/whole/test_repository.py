"""What may be in the repository: nothing of one machine, nothing huge, nothing said twice."""

import re
from collections import Counter

import pytest

from whole.tree import ROOT, name, text, tracked

LARGEST = 1_500_000
# Folders that are somebody's own. In pieces, or this file would hold them.
OWN_FOLDERS = re.compile(
    "|".join(
        [
            "/" + "root/[\\w.]",
            "/" + "work/(main|shared)",
            "/" + "opt/wheels",
            "/" + r"home/(?!user/|onrecord/)\w+/",
            "/" + r"Users/\w+/",
        ]
    )
)
# Files that tell a tool where to fetch from.
TELLS_WHERE = re.compile(r"(\.lock|\.toml|\.npmrc|package(-lock)?\.json|pip\.conf)$|^\.ci/")
PUBLIC = {"fonts.example", "github.com", "www.apache.org"}


def test_no_folder_of_one_machine_is_named():
    named = [
        f"{name(path)}: {found.group()}"
        for path in tracked()
        if (found := OWN_FOLDERS.search(text(path)))
    ]
    assert named == []


def test_nothing_is_fetched_from_a_host_that_is_named():
    hosts = [
        (name(path), host)
        for path in tracked()
        if TELLS_WHERE.search(name(path))
        for host in re.findall(r"https?://(?:[^/@\s]*@)?([\w.-]+)", text(path))
        if host not in PUBLIC
    ]
    assert hosts == []


@pytest.mark.parametrize(
    "path", [p for p in tracked() if p.suffix == ".lock" or p.name == "package-lock.json"], ids=name
)
def test_lock_files_name_hashes_and_no_host(path):
    said = text(path)
    assert "sha256:" in said or "sha512-" in said
    assert "://" not in said


def test_no_file_is_huge():
    assert [name(path) for path in tracked() if path.stat().st_size > LARGEST] == []


def test_nothing_that_a_tool_leaves_behind_is_kept():
    left = re.compile(r"(^|/)(\.venv|node_modules|__pycache__|\.onrecord|\.hypothesis)/")
    assert [name(path) for path in tracked() if left.search(name(path))] == []


def test_decision_records_are_numbered_once_and_in_turn():
    numbers = Counter(
        int(path.name[:4]) for path in tracked() if path.parent == ROOT / "docs" / "adr"
    )
    assert sorted(numbers.elements()) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=name)
def test_a_decision_record_says_how_we_would_know_that_it_was_wrong(path):
    said = text(path)
    assert "**Decision.**" in said
    assert "**How we would know it was wrong.**" in said
    assert said.startswith(f"# {int(path.name[:4])}. ")
