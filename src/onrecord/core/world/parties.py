"""Victims, witnesses and other roles: who else was in each case, and in what role.

People of the workforce are among them: an officer who was the victim is a
victim, and nothing else.
"""

import numpy as np

from onrecord.core.world import name_pool as pool
from onrecord.core.world.casebook import Casebook
from onrecord.core.world.filling import CASE_TYPES, Register
from onrecord.core.world.names import give_names
from onrecord.core.world.narratives import tell
from onrecord.core.world.registers import UNKNOWN, Pools, Shape, draw_register
from onrecord.core.world.streams import (
    Columns,
    Numbers,
    Streams,
    Texts,
    chance,
    later,
    pick,
    rows,
    where,
)

RELATIONSHIPS = {
    "ex_partner": 0.4,
    "current_partner": 0.3,
    "colleague": 0.12,
    "public_via_duty": 0.06,
    "family": 0.06,
    "stranger": 0.06,
}
_WORKFORCE_VICTIMS = 0.08


def fill_victims(
    book: Casebook, streams: Streams, register: Register, refs: Texts, workforce: Numbers
) -> None:
    """Give each of these cases a victim: an outsider, or somebody of the workforce."""
    rng = streams.named("victims", register.org, register.system)
    size = len(refs)
    own = chance(rng, _WORKFORCE_VICTIMS, size)
    person = np.where(own, rng.choice(workforce, size), UNKNOWN)
    who = outsiders(streams.named("victim-names", register.org, register.system), size)
    book.add(
        "roles",
        {
            "org": np.full(size, register.org, dtype=object),
            "system": np.full(size, register.system, dtype=object),
            "ref": refs,
            "role": np.full(size, "victim", dtype=object),
            "person": person,
            "name": where(own, None, who["name"]),
            "birth_year": np.where(own, 0, who["birth_year"]),
            "sex": where(own, None, who["sex"]),
            "relationship": pick(rng, RELATIONSHIPS, size),
        },
    )


def outsiders(rng: np.random.Generator, size: int) -> Columns:
    """Draw people outside the workforce: name, sex, year of birth."""
    sex = where(chance(rng, 0.85, size), pool.FEMALE, pool.MALE)
    heritage = pick(rng, pool.HERITAGE_SHARE, size)
    drawn = give_names(Streams(int(rng.integers(0, 2**31))), sex, heritage)
    return {
        "name": drawn["given"] + " " + drawn["family"],
        "sex": sex,
        "birth_year": rng.integers(1955, 2004, size),
    }


def fill_incidents(
    book: Casebook,
    streams: Streams,
    register: Register,
    pools: Pools,
    drawing: tuple[int, Shape],
) -> None:
    """Write non-crime domestic incidents: somebody of the workforce was there, in a role.

    Nobody alleges anything in them. Only a subject is ever counted. `drawing` says
    how many there are and how they come about.
    """
    size, shape = drawing
    rng = streams.named("incidents", register.org)
    drawn = draw_register(rng, size, np.zeros(0, dtype=np.int64), pools, shape)
    refs = register.references(drawn["case"], drawn["recorded"])
    count = len(refs)
    closed = later(drawn["recorded"], rng.integers(0, 20, count))
    book.add(
        "cases",
        _placed(register, refs)
        | {name: drawn[name] for name in ("occurred", "reported", "recorded")}
        | {
            "finalised": closed,
            "case_type": np.full(count, CASE_TYPES["incident"], dtype=object),
            "category": pick(rng, _INCIDENTS, count),
            "result": pick(rng, _RESULTS, count),
            "reported_by": pick(rng, {"victim": 0.5, "third party": 0.5}, count),
            "narrative": where(
                chance(rng, 0.3, count),
                tell(streams, f"incident-{register.org}", np.ones(count, dtype=bool)),
                None,
            ),
        },
    )
    role = _roles(rng, drawn["person"])
    book.add("roles", _placed(register, refs) | {"person": drawn["person"], "role": role})
    subjects = rows({"ref": refs, "person": drawn["person"]}, np.flatnonzero(role == "subject"))
    _fill_mutual(book, rng, register, subjects, pools)


_INCIDENTS = {
    "Verbal argument, partners": 0.6,
    "Verbal argument, former partners": 0.25,
    "Welfare check": 0.15,
}
_RESULTS = {"Advice given": 0.5, "No offences disclosed": 0.35, "Referred to partner agency": 0.15}


def _placed(register: Register, refs: Texts) -> Columns:
    size = len(refs)
    org = np.full(size, register.org, dtype=object)
    return {"org": org, "system": np.full(size, register.system, dtype=object), "ref": refs}


def _roles(rng: np.random.Generator, person: Numbers) -> Texts:
    """Say in what role each person was there."""
    roles = {"subject": 0.45, "victim": 0.3, "witness": 0.08, "other": 0.08, "unknown": 0.09}
    return where(person == UNKNOWN, "unknown", pick(rng, roles, len(person)))


def _fill_mutual(
    book: Casebook, rng: np.random.Generator, register: Register, subjects: Columns, pools: Pools
) -> None:
    """Make some incidents mutual: two subjects who are each also the other's victim."""
    chosen = rows(subjects, np.flatnonzero(chance(rng, 0.05, len(subjects["ref"]))))
    size = len(chosen["ref"])
    if not size:
        return
    other = rng.choice(pools.serving, size)
    other = np.where(other == chosen["person"], rng.choice(pools.gone, size), other)
    first = where(chance(rng, 0.5, size), "assessed primary", "not assessed")
    for number, (person, role, aggressor) in enumerate(
        (
            (other, "subject", np.full(size, "not assessed", dtype=object)),
            (chosen["person"], "victim", np.full(size, None, dtype=object)),
            (other, "victim", first),
        ),
        start=2,
    ):
        book.add(
            "roles",
            _placed(register, chosen["ref"])
            | {
                "number": np.full(size, number),
                "person": person,
                "role": np.full(size, role, dtype=object),
                "aggressor": aggressor,
            },
        )
