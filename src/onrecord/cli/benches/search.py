"""How long a search for words takes, with a million facts that have any."""

import random
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli import session
from onrecord.cli.benches.homes import a_home, run
from onrecord.cli.benches.measuring import Result, at_most, percentile
from onrecord.project.home import Home

if TYPE_CHECKING:
    from onrecord.core.kernel.viewers import Viewer

FACTS = 1_000_000
OFFICERS = 20_000
VOCABULARY = 20_000
LENGTH = 25
REPEATS = 25
LIMIT_MS = 300
COMMON, RARE = 40, slice(15_000, 20_000)
"""The words that stand in very many texts, and those that stand in few."""

DESCRIPTION = """
onrecord: 1
name: invented_words
title: Invented narratives for measuring
holder: BENCH:WORDS
organisations: {BENCH: {name: Invented}}
extract_date: 2016-03-31
coverage: full
tables:
  officers: {file: officers.csv}
  said: {file: said.csv}
people:
  officer: {key: [number]}
facts:
  - {kind: person_record, from: officers, person: officer, known: joined,
     columns: {person_type: {value: officer}, family_name: surname, service_number: number}}
  - {kind: narrative, from: said, key: [row], record: officer, known: on_day,
     columns: {section: {value: summary}, body: words}}
"""


def measure() -> Iterator[Result]:
    """Import a million narratives and time searches of every shape, all of them recorded looks."""
    with a_home() as home:
        words = _vocabulary()
        source = _write_source(home / "source", words)
        run(home, "holders")
        imported = run(home, "import", str(source), "--data", str(source.parent))
        yield Result(
            "narratives imported and made findable", round(float(imported["seconds"]), 1), "s",
            coverage=f"{FACTS:,} of {LENGTH} words",
        )  # fmt: skip
        with session.store(Home(home)):
            yield from _searches(words)


def _searches(words: list[str]) -> Iterator[Result]:
    every: list[float] = []
    for shape, typed in _shapes(words).items():
        found, spent = _timed(typed)
        every += spent
        covered = f"{FACTS:,} facts' text; {len(typed)} searches, {found} found something; median"
        covered = f"{covered} {percentile(spent, 0.5):.1f} ms"
        yield at_most(f"search, {shape}, p95", percentile(spent, 0.95), "ms", LIMIT_MS, covered)
    yield at_most(
        "search, every shape, p95", percentile(every, 0.95), "ms", LIMIT_MS,
        f"{len(every)} searches; median {percentile(every, 0.5):.1f} ms",
    )  # fmt: skip


def _shapes(words: list[str]) -> dict[str, list[str]]:
    """Return what is typed, by shape: what is common, what is rare, and what is nowhere."""
    chance = random.Random(2)  # noqa: S311 - invented data, not secrets
    common, rare = words[:COMMON], words[RARE]

    def each(make: str, *pools: list[str]) -> list[str]:
        return [make.format(*(chance.choice(pool) for pool in pools)) for _ in range(REPEATS)]

    return {
        "rare word": each("{}", rare),
        "common word": each("{}", common),
        "two common words": each("{} {}", common, common),
        "common and rare word": each("{} {}", common, rare),
        "phrase of common words": each('"{} {}"', common, common),
        "phrase never written": each('"{} {} {} {}"', common, common, common, common),
        "word never written": each("{}x{}x", rare, rare),
        "without a word": each("{} -{}", common, common),
    }


def _timed(typed: list[str]) -> tuple[int, list[float]]:
    from onrecord.apps.audit.selectors import current_position
    from onrecord.apps.searching.selectors import search_words
    from onrecord.core.kernel.clock import today
    from onrecord.core.timekeeping.views import View

    viewer, view = _viewer(), View(current_position(), on=today())
    found, spent = 0, []
    search_words(viewer, typed[0], view)
    for words in typed:
        started = time.perf_counter()
        found += bool(search_words(viewer, words, view).hits)
        spent.append((time.perf_counter() - started) * 1000)
    return found, spent


def _viewer() -> "Viewer":
    from onrecord.core.kernel.viewers import Viewer

    return Viewer("bench", "local_operator", "", "local_operator", "measuring", "onrecord bench")


def _vocabulary() -> list[str]:
    """Return invented words, the commonest first."""
    chance = random.Random(1)  # noqa: S311 - invented data, not secrets
    parts = ("bdfghklmnprst", "aiou", "bdgklmnrt", "aiou", "bdkmnrt", "aiou", "kmnt")
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found["".join(chance.choice(part) for part in parts)] = None
    return list(found)


def _write_source(folder: Path, words: list[str]) -> Path:
    """Write officers and what is said of them, in words as unequally common as in any language."""
    folder.mkdir(parents=True)
    chance = random.Random(3)  # noqa: S311 - invented data, not secrets
    weights = list(accumulate(1 / place for place in range(1, len(words) + 1)))
    with (folder / "officers.csv").open("w", encoding="utf-8") as file:
        file.write("number,surname,joined\n")
        file.writelines(f"{number},{words[number]},1999-01-01\n" for number in range(OFFICERS))
    with (folder / "said.csv").open("w", encoding="utf-8") as file:
        file.write("row,number,words,on_day\n")
        for row in range(FACTS):
            said = " ".join(chance.choices(words, cum_weights=weights, k=LENGTH))
            file.write(f"{row},{row % OFFICERS},{said},20{row % 15 + 1:02}-01-01\n")
    path = folder / "description.yaml"
    path.write_text(DESCRIPTION, encoding="utf-8")
    return path
