"""Names are varied, and written as systems write them."""

import numpy as np

from onrecord.core.world import name_pool as pool
from onrecord.core.world.names import initials, mistype, surnames, without_accents
from onrecord.core.world.streams import Streams
from onrecord.core.world.workforce import make_people


def test_a_slip_changes_a_name_and_leaves_the_given_column_alone():
    words = np.array(["Beddoes", "Harcombe"], dtype=object)
    typed = mistype(np.random.default_rng(1), words, 1.0)

    assert words.tolist() == ["Beddoes", "Harcombe"]
    assert all(typed != words)


def test_a_short_or_missing_name_is_never_mistyped():
    words = np.array(["Ng", None], dtype=object)

    assert mistype(np.random.default_rng(1), words, 1.0).tolist() == ["Ng", None]


def test_old_systems_lose_accents():
    words = np.array(["Łukasz", "Siân", "Yılmaz", None], dtype=object)  # noqa: RUF001

    assert without_accents(words).tolist() == ["Lukasz", "Sian", "Yilmaz", None]


def test_only_the_chosen_are_shortened_to_an_initial():
    words = np.array(["Hannah", "Zoë"], dtype=object)

    assert initials(words, np.array([True, False])).tolist() == ["H", "Zoë"]


def test_no_name_in_the_pool_is_one_that_must_never_be_used():
    names = {name for group in pool.HERITAGE_SHARE for name in surnames(group)[0].tolist()}

    assert names.isdisjoint(pool.NEVER)


def test_some_surnames_are_common_and_most_are_rare():
    family = make_people(Streams(1), 20_000)["family"].tolist()
    counts = sorted((family.count(name) for name in set(family)), reverse=True)

    assert counts[0] > 50
    assert sorted(counts)[len(counts) // 2] <= 10


def test_some_people_take_another_surname_and_some_join_two():
    later = [name for name in make_people(Streams(1), 5_000)["family_later"].tolist() if name]

    assert 200 < len(later) < 1000
    assert any("-" in name for name in later)
