"""Draw registers of cases: complaints, crime reports, small forces' conduct matters.

One shape serves them all. Rows planned for the reported review come first, with
dates well inside its window; a row drawn freely may be sexual or domestic only
where something keeps it out of the review.
"""

from dataclasses import dataclass

import numpy as np

from onrecord.core.world.scales import EXTRACTED_ON, NORTHSHIRE, SURE_WINDOW
from onrecord.core.world.streams import (
    NO_DAY,
    Columns,
    Days,
    Flags,
    Numbers,
    chance,
    day,
    days_between,
    later,
)

UNKNOWN = -1
_BEFORE_WINDOW = day("2016-02-28")
_OPEN_AFTER = later(EXTRACTED_ON, -3)


@dataclass(frozen=True, slots=True)
class Pools:
    """Who may be drawn as a subject, with the dates of their service.

    `joined`, `left` and `elsewhere` are by person; `serving` and `gone` list people.
    `elsewhere` says who serves in the large force now, whatever they did here.
    """

    serving: Numbers
    gone: Numbers
    joined: Days
    left: Days
    elsewhere: Flags


@dataclass(frozen=True, slots=True)
class Shape:
    """How the cases of one register come about.

    Attributes:
        first, last: days between which they are reported.
        typical_days: how long they usually take.
        reviewed: share that is sexual or domestic, where it may be.
        unnamed: share whose subject was never identified.
        before_joining: share reported before the subject joined.
        gone: share whose subject has left.
    """

    first: np.datetime64
    last: np.datetime64
    typical_days: float
    reviewed: float
    unnamed: float
    before_joining: float = 0.0
    gone: float = 0.4


def draw_register(
    rng: np.random.Generator, size: int, planned: Numbers, pools: Pools, shape: Shape
) -> Columns:
    """Draw `size` cases, of which the first are those planned for the review."""
    free = size - len(planned)
    person = np.concatenate([planned, _subjects(rng, free, pools, shape)])
    is_planned = np.arange(size) < len(planned)
    reported = _reported(rng, person, pools, shape)
    early = ~is_planned & chance(rng, shape.before_joining, size) & (person >= 0)
    joined = pools.joined[np.maximum(person, 0)]
    reported = np.where(early, later(joined, -rng.integers(90, 2500, size)), reported)
    reported = np.where(is_planned, np.minimum(reported, later(SURE_WINDOW[1], -60)), reported)
    finalised = later(reported, rng.gamma(1.6, shape.typical_days / 1.6, size) + 2)
    finalised = np.where(finalised >= _OPEN_AFTER, NO_DAY, finalised)
    sure = (finalised >= SURE_WINDOW[0]) & (finalised <= SURE_WINDOW[1])
    lower = np.maximum(SURE_WINDOW[0], later(reported, 10))
    moved = days_between(rng, lower, SURE_WINDOW[1], size)
    finalised = np.where(is_planned & ~sure, moved, finalised)
    kept_out = _kept_out(person, finalised, pools)
    return {
        "case": np.arange(size),
        "person": person,
        "planned": is_planned,
        "reviewed": is_planned | (kept_out & chance(rng, shape.reviewed, size)),
        "occurred": later(reported, -np.minimum(rng.exponential(45, size), 4000)),
        "reported": reported,
        "recorded": later(reported, rng.integers(0, 8, size)),
        "finalised": np.where(
            np.isnat(finalised), NO_DAY, np.maximum(finalised, later(reported, 8))
        ),
    }


def _kept_out(person: Numbers, finalised: Days, pools: Pools) -> Flags:
    """Tell which cases the review leaves out whatever they are about."""
    who = np.maximum(person, 0)
    left = ~np.isnat(pools.left[who]) & ~pools.elsewhere[who]
    settled_early = finalised < _BEFORE_WINDOW
    return np.asarray((person == UNKNOWN) | left | np.isnat(finalised) | settled_early)


def _subjects(rng: np.random.Generator, size: int, pools: Pools, shape: Shape) -> Numbers:
    gone = chance(rng, shape.gone, size)
    person = np.where(gone, rng.choice(pools.gone, size), rng.choice(pools.serving, size))
    return np.where(chance(rng, shape.unnamed, size), UNKNOWN, person)


def _reported(rng: np.random.Generator, person: Numbers, pools: Pools, shape: Shape) -> Days:
    """Draw when each case was reported: while the subject served, where one is known."""
    known = person >= 0
    joined, left = pools.joined[np.maximum(person, 0)], pools.left[np.maximum(person, 0)]
    first = np.where(known, np.maximum(shape.first, later(joined, 20)), shape.first)
    last = np.where(known & ~np.isnat(left), np.minimum(shape.last, left), shape.last)
    return days_between(rng, first, np.maximum(last, first), len(person))


def pools_of(employed: Columns, org: str, people: int, apart: Numbers) -> Pools:
    """Return the pools of one force's people, without those kept `apart` for stories."""
    here = np.asarray(employed["org"] == org, dtype=bool) & ~np.isin(employed["person"], apart)
    joined, left = np.full(people, EXTRACTED_ON), np.full(people, NO_DAY)
    joined[employed["person"][here]] = employed["joined"][here]
    left[employed["person"][here]] = employed["ended"][here]
    still = np.isnat(employed["ended"])
    elsewhere = np.zeros(people, dtype=bool)
    if org != NORTHSHIRE.code:
        elsewhere[employed["person"][still & (employed["org"] == NORTHSHIRE.code)]] = True
    return Pools(
        employed["person"][here & still], employed["person"][here & ~still], joined, left, elsewhere
    )
