"""`onrecord holders`: the organisations and source systems that hold facts."""

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json, print_table


@click.command()
@json_option
def command(*, as_json: bool) -> None:
    """List the holders: each is ORGANISATION:SYSTEM, as --held-by takes it."""
    with session.store():
        from onrecord.apps.access.selectors import holders_seen

        found = sorted(holders_seen("").values(), key=lambda holder: holder.code)
    if as_json:
        names = ("code", "organisation_code", "organisation_name", "system", "system_name")
        told = [{name: getattr(holder, name) for name in names} for holder in found]
        print_json({"holders": told})
    else:
        print_table(
            ["holder", "organisation", "system"],
            [(holder.code, holder.organisation_name, holder.system_name) for holder in found],
        )
