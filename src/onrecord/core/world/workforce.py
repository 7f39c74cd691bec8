"""The people of the world, whom they worked for, and what each HR system calls them.

Truth only: who somebody really is, in one row. What systems hold about them is
made from this by `records.py`, with its slips and holes.
"""

import numpy as np

from onrecord.core.world import name_pool as pool
from onrecord.core.world.names import change_surnames, ethnicities, give_names
from onrecord.core.world.scales import EXTRACTED_ON, FORCES, NEIGHBOURS, NORTHSHIRE, Scale
from onrecord.core.world.streams import (
    NO_DAY,
    Columns,
    Days,
    Numbers,
    Streams,
    append,
    chance,
    day,
    days_between,
    later,
    pick,
    rows,
    where,
)

PERSON_TYPES = {"officer": 0.66, "staff": 0.24, "student_officer": 0.04, "special": 0.06}
"""Shares of the workforce by type; an assumption."""

RESERVED = 8
"""How many people, the first of the large force, are kept for told stories."""

_LEFT_SHARE = 0.33
_TRANSFER_SHARE = 0.03
_LEAVING = {
    "left_resigned": 0.46,
    "left_retired": 0.44,
    "left_transferred": 0.06,
    "left_other": 0.03,
    "deceased": 0.01,
}
_FIRST_COLLAR, _COLLARS = 1000, 9000


def make_people(streams: Streams, size: int) -> Columns:
    """Draw the true people: sex, heritage, names, birth."""
    rng = streams.named("people")
    sex = where(chance(rng, 0.37, size), pool.FEMALE, pool.MALE)
    heritage = pick(rng, pool.HERITAGE_SHARE, size)
    names = give_names(streams, sex, heritage)
    people: Columns = {"person": np.arange(size), "sex": sex, "heritage": heritage} | names
    people["family_later"] = change_surnames(streams, sex, heritage, people["family"])
    people["renamed_on"] = days_between(rng, day("2008-01-01"), day("2024-12-31"), size)
    people["ethnicity"] = ethnicities(streams, heritage)
    return people


def make_employments(streams: Streams, scale: Scale) -> Columns:
    """Draw one row for each time that somebody was employed by a force."""
    first, blocks = 0, []
    for force in FORCES:
        size = scale.employed if force is NORTHSHIRE else scale.employed_by_each_neighbour
        blocks.append(_employed_by(streams, force.code, np.arange(first, first + size)))
        first += size
    return _with_transfers(streams, append(blocks))


def _employed_by(streams: Streams, org: str, people: Numbers) -> Columns:
    rng = streams.named("employment", org)
    size = len(people)
    left = chance(rng, _LEFT_SHARE, size)
    ended = days_between(rng, day("2012-07-01"), later(EXTRACTED_ON, -30), size)
    tenure = np.maximum(rng.gamma(2.2, 1700, size), 200)
    joined_and_left = np.maximum(later(ended, -tenure), day("1984-01-02"))
    joined = np.where(left, joined_and_left, _joined(rng, size))
    return {
        "person": people,
        "org": np.full(size, org, dtype=object),
        "hr_no": _shuffled_numbers(rng, size),
        "person_type": pick(rng, PERSON_TYPES, size),
        "joined": joined,
        "ended": np.where(left, ended, NO_DAY),
        "ending": where(left, pick(rng, _LEAVING, size), None),
        "collar": _collars(rng, size),
    }


def _joined(rng: np.random.Generator, size: int) -> Days:
    """Draw when those still serving joined: more of them lately than long ago."""
    back = rng.beta(1.1, 2.2, size) * 33 * 365.25
    return np.asarray(later(EXTRACTED_ON, -np.maximum(back, 120)))


def _shuffled_numbers(rng: np.random.Generator, size: int) -> Numbers:
    """Number people in an order that says nothing about them."""
    return 10_000 + rng.permutation(size)


def _collars(rng: np.random.Generator, size: int) -> Numbers:
    """Draw collar numbers, which a force uses again once somebody has left."""
    return _FIRST_COLLAR + rng.permutation(size) % _COLLARS


def _with_transfers(streams: Streams, employed: Columns) -> Columns:
    """Give some of the large force's people an earlier time in a neighbouring force."""
    rng = streams.named("transfers")
    home = np.flatnonzero(employed["org"] == NORTHSHIRE.code)[RESERVED:]
    moved = rng.choice(home, max(4, int(len(home) * _TRANSFER_SHARE)), replace=False)
    earlier = rows(employed, np.sort(moved))
    size = len(moved)
    neighbours = np.array([force.code for force in NEIGHBOURS], dtype=object)
    earlier["org"] = neighbours[rng.integers(0, len(neighbours), size)]
    earlier["hr_no"] = 90_000 + np.arange(size)
    earlier["collar"] = _collars(rng, size)
    earlier["ended"] = later(earlier["joined"], -rng.integers(1, 60, size))
    earlier["joined"] = later(earlier["ended"], -rng.integers(500, 4000, size))
    earlier["ending"] = np.full(size, "left_transferred", dtype=object)
    return append([employed, earlier])


def births(streams: Streams, employed: Columns, size: int) -> Days:
    """Draw birth dates that make everybody an adult on the day they first joined."""
    rng = streams.named("births")
    age = 18.5 + rng.gamma(2.0, 4.2, size)
    first = np.full(size, EXTRACTED_ON)
    np.minimum.at(first, employed["person"], employed["joined"])
    return np.asarray(later(first, -np.minimum(age, 50) * 365.25))
