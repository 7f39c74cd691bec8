"""Chance, by name: the same seed gives the same draws wherever they are asked for.

Each part of the world draws from a stream of its own, named after what is being
decided. Adding a part therefore never changes what another part draws, and the
same seed gives the same files byte for byte.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Days = NDArray[np.datetime64]
Texts = NDArray[np.object_]
Shares = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]

NO_DAY = np.datetime64("NaT", "D")
"""A date that is not there."""


@dataclass(frozen=True, slots=True)
class Streams:
    """Everything that chance decides in one world, from one seed."""

    seed: int

    def named(self, *names: str) -> np.random.Generator:
        """Return the stream of draws called by `names`, from its beginning."""
        entropy = [self.seed, *(zlib.crc32(name.encode()) for name in names)]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


def day(text: str) -> np.datetime64:
    """Return the date written `YYYY-MM-DD`."""
    return np.datetime64(text, "D")


def days_between(
    rng: np.random.Generator, first: Days | np.datetime64, last: Days | np.datetime64, size: int
) -> Days:
    """Draw `size` dates evenly from `first` to `last`, both included."""
    span = np.maximum((last - first).astype(np.int64), 0)
    drawn = np.floor(rng.random(size) * (span + 1)).astype("timedelta64[D]")
    return np.asarray(first + drawn)


def later(days: Days | np.datetime64, by: Any) -> Any:
    """Return `days` put back by a number (or an array) of days."""
    return days + np.asarray(by).astype(np.int64).astype("timedelta64[D]")


def pick(rng: np.random.Generator, choices: dict[str, float], size: int) -> Texts:
    """Draw `size` of the keys of `choices`, each as often as its weight says."""
    weights = np.fromiter(choices.values(), dtype=float)
    codes = rng.choice(len(choices), size=size, p=weights / weights.sum())
    return np.array(list(choices), dtype=object)[codes]


def pick_even(rng: np.random.Generator, choices: Sequence[str], size: int) -> Texts:
    """Draw `size` of `choices`, each as often as the next."""
    return np.array(choices, dtype=object)[rng.integers(0, len(choices), size)]


def where(flags: Flags, these: Any, otherwise: Any) -> Texts:
    """Choose between two columns of text (or nothing), row by row."""
    return np.where(flags, np.asarray(these, dtype=object), np.asarray(otherwise, dtype=object))


def chance(rng: np.random.Generator, share: float, size: int) -> Flags:
    """Draw `size` yes-or-no answers that are yes in `share` of cases."""
    return rng.random(size) < share


def append(tables: Sequence[Columns]) -> Columns:
    """Put tables with the same columns under one another."""
    filled = [table for table in tables if len(next(iter(table.values())))] or [tables[0]]
    return {name: np.concatenate([table[name] for table in filled]) for name in filled[0]}


def rows(table: Columns, chosen: Any) -> Columns:
    """Return the chosen rows of a table."""
    return {name: column[chosen] for name, column in table.items()}
