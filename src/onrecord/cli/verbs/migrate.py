"""`onrecord migrate`: bring the database to what this version expects."""

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json


@click.command()
@json_option
def command(*, as_json: bool) -> None:
    """Make or change the tables, if this version needs it.

    Every verb does this by itself; type it to do it at a moment of your choosing.
    """
    with session.store(migrate=False):
        from onrecord.project.checks import refuse_excess_powers
        from onrecord.project.migrating import migrate

        has_changed = migrate(verbosity=0 if as_json else 1)
        refuse_excess_powers()
    if as_json:
        print_json({"changed": has_changed})
    elif not has_changed:
        click.echo("Nothing to do: the tables are what this version expects.")
