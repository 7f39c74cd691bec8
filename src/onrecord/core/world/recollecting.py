"""How a second holder remembers what a first one recorded: the day, and the name of whoever was harmed.

How often it differs is invented: nothing is published about it. Linkage is measured with
more of it besides (`core.linkage.worlds`).
"""

from typing import Any

import numpy as np

type Harmed = dict[str, Any]
"""Somebody who was harmed, as a row of the casebook's roles."""

_NEAR, _WHEN_TOLD = 0.04, 0.01
"""How often the day is up to three days off, and how often it is the day on which the unit was told."""
_MISSPELT, _INITIAL, _NO_YEAR = 0.08, 0.05, 0.1
_NEAREST = np.array([-3, -2, -1, 1, 2, 3])


def another_day(rng: np.random.Generator, day: np.datetime64, told: np.datetime64) -> np.datetime64:
    """Return the day on which it happened as the second holder has it: nearly always the same."""
    off, drawn = np.timedelta64(int(rng.choice(_NEAREST)), "D"), rng.random()
    if drawn < _WHEN_TOLD:
        return told
    return np.minimum(day + off, told) if drawn < _WHEN_TOLD + _NEAR else day


def spelt(rng: np.random.Generator, victim: Harmed) -> Harmed:
    """Return a victim as the second holder names them: nearly always alike."""
    drawn, at, has_year = rng.random(), rng.random(), rng.random() >= _NO_YEAR
    found = dict(victim)
    name = found["name"]
    if name and drawn < _MISSPELT:
        found["name"] = _swapped(name, at)
    elif name and drawn < _MISSPELT + _INITIAL:
        found["name"] = f"{name[0]} {name.split(' ', 1)[-1]}"
    if not has_year:
        found["birth_year"] = 0
    return found


def _swapped(name: str, at: float) -> str:
    """Return a name two neighbouring letters of whose last word are swapped."""
    given, _, family = name.rpartition(" ")
    place = 1 + int(at * max(len(family) - 2, 1))
    turned = family[:place] + family[place + 1 : place + 2] + family[place] + family[place + 2 :]
    return f"{given} {turned}".strip() if len(family) > 2 else name  # noqa: PLR2004 - shorter is left as it is
