"""Read the table of permissions: `table.csv`, one row a verb, one column a role.

The table is meant to be opened in a spreadsheet by somebody who does not program.
A cell says how far a role's reach goes:

- `-` not at all; `own` what is their own (their task, their session, their draft);
- `team` what is their team's; `circle` what they were put in the circle of;
- `all` everything of this installation that no wall keeps from them.

Walls, conflicts and the compartment narrow every reach; nothing widens one.
"""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from onrecord.core.kernel.viewers import Lent
from onrecord.core.permissions.grammar import is_verb


class Reach(StrEnum):
    """How far a role may go with a verb."""

    NONE = "-"
    OWN = "own"
    TEAM = "team"
    CIRCLE = "circle"
    ALL = "all"


_WIDTH = {reach: width for width, reach in enumerate(Reach)}


@dataclass(frozen=True, slots=True)
class Permission:
    """One row of the table.

    Attributes:
        verb: `resource:action`.
        meaning: what it is, in words a caseworker would use.
        reason: `asked` when somebody must say why; `evident` when the task says it.
        is_human_only: no service account, job or unsigned command may do it.
        people: how many people it takes: one, or two and more.
        needs_fresh_sign_in: the password or key is asked for again if it was long ago.
        reaches: how far each role may go; a role that is not named may not at all.
    """

    verb: str
    meaning: str
    reason: str
    is_human_only: bool
    people: int
    needs_fresh_sign_in: bool
    reaches: Mapping[str, Reach]


_FIXED = ("verb", "meaning", "reason", "human", "people", "fresh")


@cache
def permissions() -> Mapping[str, Permission]:
    """Return the whole table, by verb.

    Raises:
        ValueError: a row is malformed; the program does not start on a table it cannot read.
    """
    text = files("onrecord.core.permissions").joinpath("table.csv").read_text(encoding="utf-8")
    found: dict[str, Permission] = {}
    for row in csv.DictReader(text.splitlines()):
        permission = _permission(row)
        if permission.verb in found:
            raise ValueError(f"{permission.verb} stands in the table of permissions twice")
        found[permission.verb] = permission
    return found


@cache
def roles() -> tuple[str, ...]:
    """Return the roles that the table has columns for."""
    some = next(iter(permissions().values()))
    return tuple(some.reaches)


def reach(verb: str, of_roles: Collection[str]) -> Reach:
    """Return how far somebody with these roles may go with `verb`: the widest of them.

    Raises:
        KeyError: the verb is not in the table; nothing is permitted that is not written down.
    """
    row = permissions()[verb]
    return max((row.reaches.get(role, Reach.NONE) for role in of_roles), key=_WIDTH.__getitem__,
               default=Reach.NONE)  # fmt: skip


def on_behalf_of(verb: str, role: str, lent: Collection[Lent]) -> tuple[str, ...]:
    """Return for whom somebody acts: the accounts that lent them more of `verb` than is their own."""
    if verb not in permissions():
        return ()
    own = _WIDTH[reach(verb, [role])]
    return tuple(sorted(
        {each.giver for each in lent
         if each.covers(verb) and _WIDTH[reach(verb, [each.role])] > own}
    ))  # fmt: skip


def _permission(row: Mapping[str, str | None]) -> Permission:
    verb = (row["verb"] or "").strip()
    if not is_verb(verb) or None in row.values():
        raise ValueError(f"the row '{verb}' of the table of permissions cannot be read")
    cells = {name: str(row[name]).strip() for name in row}
    if cells["reason"] not in {"asked", "evident"}:
        raise ValueError(f"{verb}: reason is `asked` or `evident`, not `{cells['reason']}`")
    return Permission(
        verb=verb,
        meaning=cells["meaning"],
        reason=cells["reason"],
        is_human_only=_yes(verb, cells["human"]),
        people=int(cells["people"]),
        needs_fresh_sign_in=_yes(verb, cells["fresh"]),
        reaches={role: Reach(cells[role]) for role in cells if role not in _FIXED},
    )


def _yes(verb: str, cell: str) -> bool:
    if cell not in {"yes", "no"}:
        raise ValueError(f"{verb}: write yes or no, not `{cell}`")
    return cell == "yes"
