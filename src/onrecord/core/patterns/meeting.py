"""Who meets a rule: on a day, and for the first time when; each with the rows that it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.core.patterns.counting import Counts, counted_rows, counts_on, counts_over_time
from onrecord.core.patterns.marks import Marks, Numbers
from onrecord.core.patterns.rules import Rule

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was counted.

    Attributes:
        begins: whether an episode begins with it; what does not is shown, and said to be of one with another.
    """

    thing: str
    given: str
    case: str
    episode: str
    organisation: str
    day: date
    known_from: date
    begins: bool


@dataclass(frozen=True, slots=True)
class Met:
    """A person who meets a rule on a day, by what, and how much there is of it."""

    person: str
    shared: str
    on: date
    reports: int
    episodes: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """When somebody first met a rule, and of which incidents that was."""

    on: date
    episodes: frozenset[str]


def meeting_on(marks: Marks, rule: Rule, on: date) -> list[Met]:
    """Return everybody who meets a rule on a day."""
    return list(_met(marks, rule, counts_on(marks, rule, day_number(on))))


def how_many_meet(marks: Marks, rule: Rule, on: date) -> int:
    """Return how many people meet a rule on a day: what a prompt of that day would have cost to follow up."""
    counts = counts_on(marks, rule, day_number(on))
    return len(set(_people(marks, counts.group[counts.met(rule)])))


def first_prompts(marks: Marks, rule: Rule) -> dict[str, Prompt]:
    """Return, for everybody who ever met a rule, the first day on which they did, and by which incidents."""
    counts = counts_over_time(marks, rule)
    met = np.flatnonzero(counts.met(rule))
    order = met[np.lexsort((counts.group[met], counts.on[met]))]
    episodes = marks.table["episode"].combine_chunks()
    found: dict[str, Prompt] = {}
    for place, person in zip(order.tolist(), _people(marks, counts.group[order]), strict=True):
        if person not in found:
            on = int(counts.on[place])
            inside, _ = counted_rows(marks, rule, int(counts.group[place]), on)
            own = pc.take(episodes, pa.array(marks.source[inside])).to_pylist()
            found[person] = Prompt(day_of(on), frozenset(map(str, own)))
    return found


def first_days(marks: Marks, rule: Rule) -> dict[str, int]:
    """Return the first day, as its number, on which each person met a rule; without the rows."""
    counts = counts_over_time(marks, rule)
    met = np.flatnonzero(counts.met(rule))
    found: dict[str, int] = {}
    people = _people(marks, counts.group[met])
    for person, on in zip(people, counts.on[met].tolist(), strict=True):
        found[person] = min(on, found.get(person, on))
    return found


def day_number(on: date) -> int:
    """Return a day as its number since 1970."""
    return (on - _EPOCH).days


def day_of(number: int) -> date:
    """Return the day of a number since 1970."""
    return _EPOCH + timedelta(days=number)


def _people(marks: Marks, groups: Any) -> list[str]:
    return [str(each) for each in marks.groups["person"].take(groups).to_pylist()]


def _met(marks: Marks, rule: Rule, counts: Counts) -> Iterator[Met]:
    for place in np.flatnonzero(counts.met(rule)):
        group, on = int(counts.group[place]), int(counts.on[place])
        (person, shared) = (marks.groups[name][group].as_py() for name in ("person", "sort"))
        inside, begins = counted_rows(marks, rule, group, on)
        yield Met(
            person, shared, day_of(on), int(counts.measures["reports"][place]),
            int(counts.measures["episodes"][place]), tuple(_rows(marks, inside, set(begins.tolist()))),
        )  # fmt: skip


def _rows(marks: Marks, places: Numbers, begins: set[int]) -> Iterator[Row]:
    seen = set()
    names = marks.table.column_names
    for place in places:
        said = {
            name: marks.table[name][int(marks.source[place])].as_py()
            for name in ("thing", "case_lineage", "episode", "organisation", "given_thing") if name in names
        }  # fmt: skip
        if said["thing"] in seen:  # once for each thing given before it; the first says enough
            continue
        seen.add(said["thing"])
        yield Row(
            said["thing"], said.get("given_thing") or "", said["case_lineage"] or "", said["episode"],
            said["organisation"] or "", day_of(int(marks.day[place])),
            day_of(int(marks.known_from[place])), int(place) in begins,
        )  # fmt: skip
