"""One incident, two records: conduct matters that arose from a crime report.

The two holders recorded the same thing that happened. About half the time the
standards unit wrote down the crime number; otherwise nothing joins the two. As real
units do, it now and then has another day, a name spelt otherwise, or nobody who was
harmed. Some who were harmed once are harmed again within weeks: that is another incident.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.core.world.casebook import Casebook
from onrecord.core.world.recollecting import Harmed, another_day, spelt
from onrecord.core.world.streams import Columns, Streams

_NOTED_SHARE = 0.5
_NOBODY_NAMED = 0.2
"""In so many of the matters the standards unit has nobody who was harmed."""
_HARMED_AGAIN = 0.3
"""So many other matters about somebody in a crime report are about the same victim, days later."""
_LONGEST_BETWEEN = 20


@dataclass(frozen=True, slots=True)
class _Crime:
    org: str
    ref: str
    occurred: np.datetime64


@dataclass(slots=True)
class _Harms:
    """Whom crime reports name as harmed, and whom matters do, as the standards unit has it."""

    by_crime: Mapping[tuple[str, str], Harmed]
    by_matter: dict[str, Harmed | None]
    rng: np.random.Generator

    def take_over(self, ref: str, crime: _Crime) -> None:
        """Let a matter name whom its crime report does, or nearly, or nobody."""
        victim = self.by_crime.get((crime.org, crime.ref))
        is_named = self.rng.random() >= _NOBODY_NAMED
        otherwise = spelt(self.rng, victim) if victim is not None else None
        self.by_matter[ref] = otherwise if is_named else None

    def repeat(self, piece: Columns, at: int, crimes: Sequence[_Crime]) -> None:
        """Let a matter be about whom a crime report names, some days after that: another incident."""
        between = np.timedelta64(int(self.rng.integers(1, _LONGEST_BETWEEN + 1)), "D")
        is_repeated = self.rng.random() < _HARMED_AGAIN
        for crime in crimes if is_repeated else ():
            victim = self.by_crime.get((crime.org, crime.ref))
            if victim is not None and crime.occurred + between <= piece["reported"][at]:
                piece["occurred"][at] = crime.occurred + between
                self.by_matter[piece["ref"][at]] = victim
                return

    def write(self, book: Casebook) -> None:
        """Write whom these matters name, and nobody else."""
        for number, piece in enumerate(book.pieces["roles"]):
            ours = (piece["org"] == "NSP") & (piece["system"] == "PSD")
            gone = ours & np.isin(piece["ref"].astype(str), list(self.by_matter))
            book.pieces["roles"][number] = {name: column[~gone] for name, column in piece.items()}
        for ref, victim in self.by_matter.items():
            if victim is not None:
                said = {name: value for name, value in victim.items() if name not in _OF_THE_CRIME}
                book.tell("roles", org="NSP", system="PSD", ref=ref, role="victim", **said)


def cross_refer(book: Casebook, streams: Streams) -> None:
    """Let some conduct matters arise from a crime report about the same person."""
    rng, unlike = streams.named("crossings"), streams.named("crossings-unlike")
    crimes = _crimes_by_person(book)
    left = {person: list(many) for person, many in crimes.items()}
    harms = _Harms(_victims_of_crimes(book), {}, unlike)
    first_subject = _first_subjects(book.gathered("allegations"))
    for piece in book.pieces["cases"]:
        for at in np.flatnonzero(_may_arise(piece)).tolist():
            person = first_subject.get(piece["ref"][at], -1)
            if not left.get(person):
                harms.repeat(piece, at, crimes.get(person, []))
                continue
            crime = left[person].pop()
            reported = piece["reported"][at]
            piece["occurred"][at] = np.minimum(crime.occurred, reported)
            if crime.occurred <= reported:  # what had not happened yet is another event
                piece["arose_system"][at], piece["arose_ref"][at] = f"{crime.org}:CRIME", crime.ref
                piece["occurred"][at] = another_day(unlike, crime.occurred, reported)
                harms.take_over(piece["ref"][at], crime)
            if rng.random() < _NOTED_SHARE:
                piece["same_as_system"][at] = f"{crime.org}:CRIME"
                piece["same_as_ref"][at] = crime.ref
    harms.write(book)


_OF_THE_CRIME = frozenset({"org", "system", "ref", "role", "number", "aggressor"})


def _may_arise(piece: Columns) -> np.ndarray:
    matters = (piece["org"] == "NSP") & (piece["case_type"] == "conduct_matter")
    return np.asarray(matters & (piece["narrative"] != None), dtype=bool)  # noqa: E711 - by element


def _first_subjects(alleged: Columns) -> dict[str, int]:
    own = (alleged["org"] == "NSP") & (alleged["system"] == "PSD") & (alleged["number"] == 1)
    return dict(zip(alleged["ref"][own].tolist(), alleged["person"][own].tolist(), strict=True))


def _victims_of_crimes(book: Casebook) -> dict[tuple[str, str], Harmed]:
    """Return the first victim of each crime report, by holder and reference."""
    roles = book.gathered("roles")
    found: dict[tuple[str, str], Harmed] = {}
    for at in np.flatnonzero((roles["system"] == "CRIME") & (roles["role"] == "victim")).tolist():
        victim = {name: column[at] for name, column in roles.items()}
        found.setdefault((victim["org"], victim["ref"]), victim)
    return found


def _crimes_by_person(book: Casebook) -> dict[int, list[_Crime]]:
    """Return each person's crime reports."""
    cases, alleged = book.gathered("cases"), book.gathered("allegations")
    crime = cases["system"] == "CRIME"
    keys = zip(cases["org"][crime], cases["ref"][crime], strict=True)
    when = dict(zip(keys, cases["occurred"][crime], strict=True))
    found: dict[int, list[_Crime]] = {}
    about = alleged["system"] == "CRIME"
    named = zip(alleged["org"][about], alleged["ref"][about], alleged["person"][about], strict=True)
    for org, ref, person in named:
        if person >= 0:
            found.setdefault(int(person), []).append(_Crime(org, ref, when[org, ref]))
    return found
