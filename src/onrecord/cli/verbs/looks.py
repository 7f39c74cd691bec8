"""`onrecord looks`: let the rules about unusual looking speak."""

from datetime import timedelta

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json


@click.group()
def command() -> None:
    """Find looking that a responsible officer should hear of."""


@command.command("check")
@click.option("--days", type=int, default=2, show_default=True, help="How far back to look.")
@json_option
def check(*, days: int, as_json: bool) -> None:
    """Run every rule over the looks of the last days; the worker does so every hour by itself.

    What the rules say goes to the responsible officers' page. Run twice, it tells nothing twice.
    """
    with session.store():
        from onrecord.apps.looking.services import check_looks
        from onrecord.core.kernel.clock import now

        new = check_looks(now() - timedelta(days=days))
    if as_json:
        print_json({"alerts": new})
    else:
        click.echo(f"{new} new alerts." if new != 1 else "1 new alert.")
