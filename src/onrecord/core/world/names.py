"""Give invented people names, and write those names as different systems would.

A true name is decided once. What a system holds is the true name of that day,
as somebody typed it: initials, lost accents, letters swapped, old surnames.
"""

import unicodedata
from functools import cache

import numpy as np

from onrecord.core.world import name_pool as pool
from onrecord.core.world.streams import Columns, Flags, Streams, Texts, chance, pick, where

_FOLLOWS_TAIL = 0.55
"""Share of British-heritage people whose surname comes from the long tail."""


@cache
def surnames(heritage: str) -> tuple[Texts, np.ndarray]:
    """Return the surnames of a heritage and how often each occurs."""
    common = [name for name in pool.SURNAMES[heritage].split() if name not in pool.NEVER]
    weights = 1.0 / (np.arange(len(common)) + 4.0)
    if heritage != "british":
        return np.array(common, dtype=object), weights / weights.sum()
    halves = [(a, b) for a in pool.FIRST_HALVES.split() for b in pool.SECOND_HALVES.split()]
    tail = [name for name in sorted({a + b for a, b in halves}) if name not in pool.NEVER]
    rare = 1.0 / (np.arange(len(tail)) % 97 + 5.0)
    both = np.concatenate(
        [weights / weights.sum() * (1 - _FOLLOWS_TAIL), rare / rare.sum() * _FOLLOWS_TAIL]
    )
    return np.array([*common, *tail], dtype=object), both


@cache
def given_names(heritage: str, sex: str) -> tuple[Texts, np.ndarray]:
    """Return the given names of a heritage and sex, and how often each occurs."""
    names = pool.GIVEN[heritage, sex].split()
    weights = 1.0 / (np.arange(len(names)) + 6.0)
    return np.array(names, dtype=object), weights / weights.sum()


def give_names(streams: Streams, sex: Texts, heritage: Texts) -> Columns:
    """Draw given, middle and family names for people of these sexes and heritages."""
    size = len(sex)
    rng = streams.named("names")
    columns = {name: np.full(size, None, dtype=object) for name in ("given", "middle", "family")}
    for group in pool.HERITAGE_SHARE:
        for one_sex in (pool.MALE, pool.FEMALE):
            chosen = np.flatnonzero((heritage == group) & (sex == one_sex))
            first, first_weight = given_names(group, one_sex)
            last, last_weight = surnames(group)
            columns["given"][chosen] = rng.choice(first, len(chosen), p=first_weight)
            columns["middle"][chosen] = rng.choice(first, len(chosen), p=first_weight)
            columns["family"][chosen] = rng.choice(last, len(chosen), p=last_weight)
    columns["middle"] = where(chance(rng, 0.55, size), columns["middle"], None)
    return columns


def change_surnames(streams: Streams, sex: Texts, heritage: Texts, family: Texts) -> Texts:
    """Return the later surname of everybody who takes one, and nothing for the rest.

    Most who change take a partner's name; some join the two with a hyphen.
    """
    rng = streams.named("marriages")
    size = len(family)
    changes = chance(rng, 0.2, size) & (sex == pool.FEMALE) | chance(rng, 0.006, size)
    taken = np.full(size, None, dtype=object)
    for group in pool.HERITAGE_SHARE:
        chosen = np.flatnonzero(changes & (heritage == group))
        names, weights = surnames(group)
        taken[chosen] = rng.choice(names, len(chosen), p=weights)
    hyphenated = chance(rng, 0.22, size)
    for row in np.flatnonzero(changes & hyphenated):
        taken[row] = f"{family[row]}-{taken[row]}"
    return where(changes & (taken != family), taken, None)


def ethnicities(streams: Streams, heritage: Texts) -> Texts:
    """Draw the ethnicity that each person gave, in 16+1 codes; some declined to say."""
    rng = streams.named("ethnicity")
    stated = np.full(len(heritage), None, dtype=object)
    for group, codes in pool.ETHNICITY.items():
        chosen = np.flatnonzero(heritage == group)
        stated[chosen] = pick(rng, codes, len(chosen))
    return where(chance(rng, 0.05, len(heritage)), "NS", stated)


def mistype(rng: np.random.Generator, words: Texts, share: float) -> Texts:
    """Return the words with a slip of the finger in `share` of them."""
    typed = words.copy()
    for row in np.flatnonzero(chance(rng, share, len(words))):
        word = words[row]
        if word is not None and len(word) > 3:  # noqa: PLR2004
            typed[row] = _slip(word, int(rng.integers(1, len(word) - 1)), int(rng.integers(0, 3)))
    return typed


def _slip(word: str, at: int, how: int) -> str:
    if how == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if how == 1 else word[:at] + word[at] + word[at:]


def without_accents(words: Texts) -> Texts:
    """Return the words as an old system keeps them, in plain letters."""
    return np.array([_plain(word) for word in words], dtype=object)


@cache
def _plain(word: str | None) -> str | None:
    if word is None or word.isascii():
        return word
    split = unicodedata.normalize("NFKD", word.translate(str.maketrans("łŁıŞş", "lLiSs")))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def initials(words: Texts, chosen: Flags) -> Texts:
    """Return only the first letter of the chosen words."""
    shortened = words.copy()
    for row in np.flatnonzero(chosen):
        shortened[row] = words[row] and words[row][0]
    return shortened
