"""What stands in the address of each cell: a thing of the address's kind, in the cell's situation."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.cli.proving import other_things
from onrecord.cli.proving.beside import Beside, make_accounts_beside
from onrecord.cli.proving.case_things import Values, make_about
from onrecord.cli.proving.identity_things import (
    make_link,
    make_two_cases,
    make_unknown_role,
)
from onrecord.cli.proving.kinds import NO_THING, Kind, Whose
from onrecord.cli.proving.situations import (
    BEHIND_A_SEAL,
    NEVER_WAS,
    THERE,
    Relation,
    Situation,
    State,
)
from onrecord.core.kernel.ids import public_reference

if TYPE_CHECKING:
    from onrecord.apps.access.models import User
    from onrecord.cli.proving.world import Invented

_LETTERS = {
    "person": "P", "incident": "I", "task": "T", "document": "D", "file": "F", "batch": "B",
    "question": "Q", "pack": "K", "link": "L", "two cases": "J", "unknown role": "R",
}  # fmt: skip
_NEVER: Values = {"int": 987654, "uuid": uuid.UUID(int=7), "slug": "never-was"}
_STAYS: Values = {"form": "csv"}
"""What stands in an address of what never was too: it is no thing."""

_SEALED: Situation = (State.SEALED, Relation.CIRCLE)
_CIRCLE: Situation = (State.OPEN, Relation.CIRCLE)
_BARRED: Situation = (State.OPEN, Relation.BARRED)


@dataclass(slots=True)
class Things:
    """Things of every kind in every situation; those that are used up are made when asked for."""

    made: "Invented"
    beside: Beside
    kept: dict[tuple[str, Situation], Values] = field(default_factory=dict)

    def put(self, situation: Situation, values: Mapping[str, Values]) -> None:
        """Keep things by kind, as those of a situation."""
        self.kept |= {(kind, situation): one for kind, one in values.items()}

    def values(
        self, kind: Kind, situation: Situation, role: str, parts: Mapping[str, str]
    ) -> dict[str, object]:
        """Return what stands in an address. `parts` are its names, each with its converter."""
        if kind is NO_THING:
            return {}
        found = self._found(kind, situation, role)
        if found is None:
            never = f"{_LETTERS.get(kind.name, 'C')}-00000-00000-0"
            return {
                name: _STAYS.get(name, _NEVER.get(converter, never))
                for name, converter in parts.items()
            }
        return {name: found[name] for name in parts}

    def _found(self, kind: Kind, situation: Situation, role: str) -> Values | None:
        if situation == NEVER_WAS:
            return None
        if kind.whose is Whose.ONES_OWN:
            user = self.beside.lead
            if situation[1] is Relation.OWN:
                user = _account_of(role)
            return other_things.ones_own(kind.name, user, self.beside, self.made)
        return self.kept[kind.name, situation]

    def renew_seal(self) -> None:
        """Put up another seal: the acts that are tried take things out from behind it."""
        self.put(BEHIND_A_SEAL, other_things.a_seals(self.made))


def make_things(made: "Invented", sealed: "Invented") -> Things:
    """Make a thing of each kind for each situation; bar every account from one of each."""
    from onrecord.cli.proving.people import bar_everybody, roles

    things = Things(made, make_accounts_beside(made.people))
    secret, subjects = sealed.sealed, things.beside.subjects
    for situation, case, subject in (
        (_CIRCLE, made.cases[0], 0), (THERE, made.cases[7], 3), (_BARRED, made.cases[5], 1),
        (BEHIND_A_SEAL, secret["C"][0], 0),
    ):  # fmt: skip
        things.put(situation, make_about(case, subjects[subject], things.beside))
        things.put(
            situation, {"unknown role": make_unknown_role(case), "two cases": make_two_cases(case)}
        )
    for situation, person, incident, task in (
        (_CIRCLE, made.people[0], made.incidents[0], made.tasks[0]),
        (THERE, made.people[3], made.incidents[6], made.tasks[0]),
        (_BARRED, made.people[1], made.incidents[4], made.tasks[1]),
        (BEHIND_A_SEAL, secret["P"][0], secret["I"][0], sealed.tasks[0]),
    ):
        found = {"person": person, "incident": incident, "task": task}
        things.put(
            situation,
            {
                kind: {"reference": public_reference(_LETTERS[kind], at)}
                for kind, at in found.items()
            }
            | {"link": make_link(person)},
        )
    things.kept |= {
        (kind, _SEALED): one
        for (kind, situation), one in things.kept.items() if situation == BEHIND_A_SEAL
    }  # fmt: skip
    things.put(THERE, other_things.everybodys(things.beside))
    things.renew_seal()
    barred = [made.cases[5], made.people[1], made.incidents[4], made.cases[4]]
    bar_everybody(roles(), barred)
    return things


def _account_of(role: str) -> "User":
    from onrecord.apps.access.selectors import user_named

    return user_named(role.replace("_", "."))
