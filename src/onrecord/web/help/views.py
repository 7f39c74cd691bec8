"""Help: the list, one page's, and who may do what."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from onrecord.apps.access.roles import Role
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.permissions.table import Reach, permissions, roles
from onrecord.web.addresses import OPEN, verbs_by_address
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns
from onrecord.web.frame import show
from onrecord.web.help.texts import texts

REACHES = {
    Reach.OWN: "their own", Reach.TEAM: "their team's", Reach.CIRCLE: "in their circles",
    Reach.ALL: "all",
}  # fmt: skip


def listed(request: HttpRequest) -> HttpResponse:
    """List the parts of the pages, each with what it is for."""
    return show(request, "help/list.jinja", texts=sorted(texts().values(), key=lambda t: t.title))


def page(request: HttpRequest, route: str) -> HttpResponse:
    """Say what one page is for, who may open it, and what to do when stuck.

    Raises:
        NotFoundError: there is no such page.
    """
    acts = {method: verb for (name, method), verb in verbs_by_address().items() if name == route}
    text = texts().get(route) or texts().get(route.partition(":")[0])
    if not acts or text is None:
        raise NotFoundError("There is no such page.")
    shown = [permissions()[verb] for verb in dict.fromkeys(acts.values()) if verb != OPEN]
    return show(
        request, "help/page.jinja", text=text,
        acts=[(row.meaning, _who(row.reaches), row.people) for row in shown],
    )  # fmt: skip


def who_may(request: HttpRequest) -> HttpResponse:
    """Show the table of permissions for one role, or for all, in plain words."""
    asked = request.GET.get("role", "")
    chosen = asked if asked in roles() else ""
    rows = [
        Row((
            Cell(row.meaning, note=verb),
            Cell(REACHES[row.reaches[chosen]] if chosen else _who(row.reaches)),
            Cell({1: "One person", 2: "Two people", 3: "Three people"}[row.people]),
        ))
        for verb, row in sorted(permissions().items(), key=lambda item: item[1].meaning)
        if not chosen or row.reaches.get(chosen, Reach.NONE) is not Reach.NONE
    ]  # fmt: skip
    table = DataTable(
        caption="Who may do what",
        columns=columns("What", "How far" if chosen else "Who, and how far", "Takes"),
        rows=tuple(rows), empty="Nothing.",
    )  # fmt: skip
    return show(
        request, "help/who_may.jinja", table=table, chosen=chosen,
        roles=[(role, Role(role).label) for role in roles()],
    )  # fmt: skip


def _who(reaches: Mapping[str, Reach]) -> str:
    found = [
        f"{Role(role).label} ({REACHES[reach]})"
        for role, reach in reaches.items()
        if reach is not Reach.NONE
    ]
    return ", ".join(found)
