"""`onrecord notices`: send the e-mails that say how many things wait."""

from dataclasses import asdict

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json


@click.group()
def command() -> None:
    """Tell people that something waits for them. No e-mail says what, or about whom."""


@command.command("send")
@json_option
def send(*, as_json: bool) -> None:
    """Send the e-mails that are due, and try again those that no mailer took.

    The worker does so by itself every five minutes. ONRECORD_MAILER_URL names the mailer.
    """
    acting = session.acting_as(runs_installation=True)
    with session.store():
        from onrecord.apps.work.mailing import send_notices

        done = send_notices(actor=acting.actor)
    if as_json:
        print_json({"notices": asdict(done)})
    else:
        click.echo(
            f"{done.queued} queued, {done.sent} sent, {done.failed} to be tried again,"
            f" {done.dropped} no longer needed."
        )
