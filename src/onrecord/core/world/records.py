"""What each system holds about each person: a key of its own and a name as typed then.

The true person behind every row is kept beside it, for the truth folder and the
oracle; no extract carries it.
"""

from dataclasses import dataclass

import numpy as np

from onrecord.core.world.casebook import Casebook
from onrecord.core.world.names import initials, mistype, without_accents
from onrecord.core.world.streams import NO_DAY, Columns, Streams, append, chance, rows, where


@dataclass(frozen=True, slots=True)
class Habits:
    """How a system writes people down, and how badly."""

    pattern: str
    first_number: int
    slips: float
    initials_only: float
    birth_missing: float
    keeps_accents: bool
    upper: bool = False


HABITS: dict[tuple[str, str], Habits] = {
    ("NSP", "PSD"): Habits("S{}", 200_000, 0.02, 0.03, 0.06, keeps_accents=True),
    ("NSP", "LEGACY"): Habits("L{}", 3_000, 0.04, 0.3, 0.5, keeps_accents=False, upper=True),
    ("NSP", "CRIME"): Habits("{}", 7_100_000, 0.02, 0.0, 0.04, keeps_accents=False),
    ("NSP", "INCIDENTS"): Habits(
        "NOM{}", 50_000, 0.04, 0.05, 0.25, keeps_accents=False, upper=True
    ),
    ("NSP", "INTEL"): Habits("I{}", 900, 0.03, 0.1, 0.4, keeps_accents=True),
    ("WMK", "PSD"): Habits("P{}", 100, 0.03, 0.1, 0.2, keeps_accents=True),
    ("WMK", "CRIME"): Habits("WN{}", 40_000, 0.03, 0.0, 0.08, keeps_accents=True),
    ("EHP", "PSD"): Habits("EP-{}", 100, 0.02, 0.05, 0.1, keeps_accents=False, upper=True),
    ("EHP", "CRIME"): Habits("EN-{}", 60_000, 0.02, 0.0, 0.05, keeps_accents=False, upper=True),
    ("CVP", "PSD"): Habits("{}", 5_000, 0.05, 0.2, 0.3, keeps_accents=False),
    ("CVP", "CRIME"): Habits("{}", 880_000, 0.04, 0.0, 0.1, keeps_accents=False),
    ("CVP", "INCIDENTS"): Habits("{}", 300, 0.05, 0.1, 0.35, keeps_accents=False, upper=True),
}
"""The habits of every system that names people by a key of its own."""

HR_KEY = {"NSP": "N{}", "WMK": "{}", "EHP": "EH{}", "CVP": "CV/{}"}


def make_records(streams: Streams, people: Columns, employed: Columns, book: Casebook) -> Columns:
    """Return one row for each person in each system that names them, HR included."""
    first = _first_named(book)
    others = [
        _system_records(streams, people, employed, holder, first[holder])
        for holder in HABITS
        if holder in first
    ]
    return append([_hr_records(people, employed), *others])


def _first_named(book: Casebook) -> dict[tuple[str, str], dict[int, np.datetime64]]:
    """Find on which day each system first named each person."""
    recorded = book.gathered("cases")
    when = dict(
        zip(
            zip(recorded["org"], recorded["system"], recorded["ref"], strict=True),
            recorded["recorded"],
            strict=True,
        )
    )
    first: dict[tuple[str, str], dict[int, np.datetime64]] = {}
    for named in (book.gathered("allegations"), _subjects(book.gathered("roles"))):
        keys = zip(named["org"], named["system"], named["ref"], strict=True)
        for (org, system, ref), person in zip(keys, named["person"].tolist(), strict=True):
            if person >= 0:
                days = first.setdefault((org, system), {})
                day = when[org, system, ref]
                days[person] = min(days.get(person, day), day)
    reports = book.gathered("intelligence")
    for person, received in zip(reports["person"].tolist(), reports["received"], strict=True):
        days = first.setdefault(("NSP", "INTEL"), {})
        days[person] = min(days.get(person, received), received)
    return first


def _subjects(roles: Columns) -> Columns:
    """Return only subjects: no other role makes a record of a person in a system."""
    return rows(roles, np.flatnonzero(roles["role"] == "subject"))


def _hr_records(people: Columns, employed: Columns) -> Columns:
    who = employed["person"]
    renamed = people["renamed_on"][who] > employed["joined"]
    before = people["family_later"][who] != None  # noqa: E711
    family = where(before & ~renamed, people["family_later"][who], people["family"][who])
    size = len(who)
    keys = [HR_KEY[o].format(n) for o, n in zip(employed["org"], employed["hr_no"], strict=True)]
    return {
        "org": employed["org"],
        "system": np.full(size, "HR", dtype=object),
        "key": np.array(keys, dtype=object),
        "person": who,
        "family": family,
        "given": people["given"][who],
        "middle": people["middle"][who],
        "born": people["born"][who],
        "collar": employed["collar"].astype(str).astype(object),
        "named_on": employed["joined"],
    }


def _system_records(
    streams: Streams,
    people: Columns,
    employed: Columns,
    holder: tuple[str, str],
    first: dict[int, np.datetime64],
) -> Columns:
    rng, habits = streams.named("records", *holder), HABITS[holder]
    who = np.array(sorted(first))
    named_on = np.array([first[person] for person in who.tolist()])
    size = len(who)
    later_name = (people["family_later"][who] != None) & (people["renamed_on"][who] <= named_on)  # noqa: E711
    family = where(later_name, people["family_later"][who], people["family"][who])
    family = mistype(rng, family, habits.slips)
    given = mistype(rng, people["given"][who], habits.slips)
    given = initials(given, chance(rng, habits.initials_only, size))
    if not habits.keeps_accents:
        family, given = without_accents(family), without_accents(given)
    if habits.upper:
        family = np.array([name.upper() for name in family], dtype=object)
    numbers = habits.first_number + rng.permutation(size)
    born = np.where(chance(rng, habits.birth_missing, size), NO_DAY, people["born"][who])
    return {
        "org": np.full(size, holder[0], dtype=object),
        "system": np.full(size, holder[1], dtype=object),
        "key": np.array([habits.pattern.format(n) for n in numbers.tolist()], dtype=object),
        "person": who,
        "family": family,
        "given": given,
        "middle": where(chance(rng, 0.3, size), people["middle"][who], None),
        "born": born,
        "collar": _collar_then(rng, employed, who),
        "named_on": named_on,
    }


def _collar_then(rng: np.random.Generator, employed: Columns, who: np.ndarray) -> np.ndarray:
    """Return the collar number as a system wrote it; a third left it blank."""
    latest = np.full(int(employed["person"].max()) + 1, None, dtype=object)
    latest[employed["person"]] = employed["collar"].astype(str).astype(object)
    return where(chance(rng, 0.67, len(who)), latest[who], None)
