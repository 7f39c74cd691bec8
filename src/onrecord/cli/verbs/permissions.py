"""`onrecord permissions`: the table of who may do what, as the pages and commands ask it."""

from collections.abc import Mapping

import click

from onrecord.cli.output import json_option, print_json, print_table
from onrecord.core.permissions.table import Reach, permissions, roles


@click.command()
@click.option("--role", type=click.Choice(sorted(roles())), help="Only what this role may do.")
@json_option
def command(*, role: str | None, as_json: bool) -> None:
    """Show who may do what, how far, and how many people it takes. Needs no store."""
    rows = [
        (verb, row.meaning, _who(row.reaches, role), row.people)
        for verb, row in sorted(permissions().items())
        if role is None or row.reaches.get(role, Reach.NONE) is not Reach.NONE
    ]
    names = ("verb", "meaning", "who", "people")
    if as_json:
        print_json({"permissions": [dict(zip(names, row, strict=True)) for row in rows]})
    else:
        print_table(list(names), [(*row[:3], str(row[3])) for row in rows])


def _who(reaches: Mapping[str, Reach], role: str | None) -> str:
    if role:
        return str(reaches[role].value)
    return ", ".join(
        f"{one} {reach.value}" for one, reach in reaches.items() if reach is not Reach.NONE
    )
