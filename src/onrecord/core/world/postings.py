"""Ranks, posts and units: where people were put, for how long, and under whom."""

import numpy as np

from onrecord.core.world.scales import EXTRACTED_ON, NORTHSHIRE
from onrecord.core.world.streams import (
    NO_DAY,
    Columns,
    Streams,
    Texts,
    append,
    chance,
    pick,
    rows,
    where,
)

OFFICER_RANKS = {
    "Police Constable": 0.70,
    "Detective Constable": 0.11,
    "Sergeant": 0.10,
    "Detective Sergeant": 0.04,
    "Inspector": 0.03,
    "Detective Inspector": 0.01,
    "Chief Inspector": 0.006,
    "Superintendent": 0.003,
    "Chief Superintendent": 0.001,
}
STAFF_GRADES = {"Grade B": 0.3, "Grade C": 0.35, "Grade D": 0.2, "Grade E": 0.1, "Grade F": 0.05}

UNITS = {
    "Response A": 0.14,
    "Response B": 0.14,
    "Response C": 0.12,
    "Neighbourhood East": 0.12,
    "Neighbourhood West": 0.11,
    "Custody": 0.05,
    "CID North": 0.07,
    "CID South": 0.06,
    "Domestic Abuse Unit": 0.03,
    "Child Protection": 0.02,
    "Armed Response": 0.03,
    "Protection Command": 0.03,
    "Roads Policing": 0.04,
    "Professional Standards": 0.01,
    "Vetting Unit": 0.005,
    "Training": 0.015,
    "Contact Centre": 0.01,
}
HIGH_RISK_UNITS = frozenset(
    {
        "Custody",
        "Domestic Abuse Unit",
        "Child Protection",
        "Armed Response",
        "Protection Command",
        "Professional Standards",
        "Vetting Unit",
        "Training",
    }
)
"""Where the posting gate of the practice notes asks for a record check first."""

_MOVED_SHARE = 0.3
_HELD_SHARE = {NORTHSHIRE.code: 0.75}


def make_postings(streams: Streams, employed: Columns) -> Columns:
    """Draw postings: most people one, some two, and for some the system holds none."""
    rng = streams.named("postings")
    kept = np.array([_HELD_SHARE.get(org, 0.6) for org in employed["org"]])
    held = rows(employed, np.flatnonzero(rng.random(len(kept)) < kept))
    until = np.where(np.isnat(held["ended"]), EXTRACTED_ON, held["ended"])
    span = (until - held["joined"]).astype(np.int64)
    moves = chance(rng, _MOVED_SHARE, len(span)) & (span > 500)  # noqa: PLR2004
    moved_on = held["joined"] + (span * rng.uniform(0.2, 0.8, len(span))).astype("timedelta64[D]")
    rank = _ranks(rng, held)
    first = _posting(rng, held, 1, rank, held["joined"])
    first["ended"] = np.where(moves, moved_on, held["ended"])
    second = _posting(rng, rows(held, moves), 2, rank[moves], moved_on[moves])
    second["ended"] = held["ended"][moves]
    second["rank"] = where(
        (second["rank"] == "Police Constable") & chance(rng, 0.25, len(second["rank"])),
        "Sergeant",
        second["rank"],
    )
    return append([first, second])


def _ranks(rng: np.random.Generator, held: Columns) -> Texts:
    size = len(held["person"])
    officers = held["person_type"] != "staff"
    rank = where(officers, pick(rng, OFFICER_RANKS, size), pick(rng, STAFF_GRADES, size))
    junior = np.isin(held["person_type"].astype(str), ["student_officer", "special"])
    return where(junior, "Police Constable", rank)


def _posting(
    rng: np.random.Generator, held: Columns, number: int, rank: np.ndarray, began: np.ndarray
) -> Columns:
    size = len(held["person"])
    unit = pick(rng, UNITS, size)
    armed = (unit == "Armed Response") | (unit == "Protection Command")
    managers = rng.integers(0, max(size, 1), size)
    return {
        "person": held["person"],
        "org": held["org"],
        "hr_no": held["hr_no"],
        "number": np.full(size, number),
        "rank": rank,
        "post": where(held["person_type"] == "staff", "Police staff", "Operational"),
        "unit": unit,
        "manager_hr_no": _same_org_manager(held, managers),
        "authorisations": where(
            armed, "firearms", where(chance(rng, 0.35, size), "response-driving", None)
        ),
        "began": began,
        "ended": np.full(size, NO_DAY),
    }


def _same_org_manager(held: Columns, drawn: np.ndarray) -> np.ndarray:
    """Return the HR number of the drawn manager, or 0 where they are of another force."""
    same = (held["org"][drawn] == held["org"]) & (held["hr_no"][drawn] != held["hr_no"])
    return np.where(same, held["hr_no"][drawn], 0)
