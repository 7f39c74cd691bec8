"""What the pages of administration say."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from onrecord.apps.access.roles import Role
from onrecord.apps.administration.policies import GIVE_GUARDED
from onrecord.apps.administration.selectors import Change
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag
from onrecord.web.wording.dates import uk_moment

if TYPE_CHECKING:
    from onrecord.apps.access.models import Team, User

_CLOSED = Tag("Closed", "grey")
_WHAT = {
    "account:create": "Account made", "account:change": "Changed", "account:close": "Closed",
    "account:reopen": "Opened again",
    "account:let_in": "Given a new first password", GIVE_GUARDED: "Role changed by two people",
}  # fmt: skip
_OF = {"role": "Role", "team": "Team", "record": "Own record"}


def users(found: "Sequence[User]", words: str) -> DataTable:
    """Return accounts as a table."""
    return DataTable(
        "Users, by user name", columns("User", "Role", "Team", "Organisation"),
        tuple(map(_user, found)),
        empty="No user has these words in their name." if words else "There is no account yet.",
    )  # fmt: skip


def teams(found: "Sequence[tuple[Team, list[User]]]") -> DataTable:
    """Return teams as a table."""
    return DataTable(
        "Teams, by code", columns("Team", "Led by", "#People", "Who"),
        tuple(_team(team, inside) for team, inside in found), empty="There is no team yet.",
    )  # fmt: skip


def about(user: "User") -> tuple[Line, ...]:
    """Return what an account is for."""
    team = user.team.name if user.team else "None"
    leads = "Leads it" if user.leads_team else ""
    return (
        Line("User name", user.username),
        Line("Role", Role(user.role).label),
        Line("Team", team, note=leads),
        Line("Organisation", user.organisation_code),
        Line("Used by (staff number)", user.human or user.username),
        Line("E-mail for notices", user.email or "None"),
        Line("Own record", "Tied" if user.person_record else "Not tied",
             note="Somebody whose own record is tied is kept from their own cases."),
        Line("State", "Open" if user.is_active else "Closed"),
    )  # fmt: skip


def changes(found: Sequence[Change]) -> DataTable:
    """Return what was changed about an account as a table."""
    return DataTable(
        "Changes, newest first", columns("When", "What", "By", "Why"), tuple(map(_change, found)),
        empty="Nothing about this account was changed yet.",
    )  # fmt: skip


def _user(user: "User") -> Row:
    return Row((
        Cell(user.display_name, href=reverse("administration:user", args=[user.username]),
             note=user.username, tag=None if user.is_active else _CLOSED),
        Cell(Role(user.role).label),
        Cell(user.team.name if user.team else "None", note="Leads it" if user.leads_team else ""),
        short(user.organisation_code),
    ))  # fmt: skip


def _team(team: "Team", inside: "list[User]") -> Row:
    leaders = ", ".join(user.display_name for user in inside if user.leads_team)
    return Row((
        Cell(team.name, note=team.code), Cell(leaders or "Nobody"), Cell(str(len(inside))),
        Cell(", ".join(user.display_name for user in inside) or "Nobody"),
    ))  # fmt: skip


def _change(change: Change) -> Row:
    said = change.details
    note = ""
    if "old" in said and said.get("what") in _OF:
        was, is_now = (_worded(said["what"], said.get(when, "")) for when in ("old", "new"))
        note = f"{_OF[said['what']]}: {was} before, {is_now} now"
    elif "role" in said and said["role"] in set(Role):
        note = f"Role: {Role(said['role']).label}"
    return Row((
        short(uk_moment(change.at)), Cell(_WHAT[change.action], note=note), Cell(change.actor),
        Cell(change.reason),
    ))  # fmt: skip


def _worded(what: str, code: str) -> str:
    return Role(code).label if what == "role" and code in set(Role) else code
