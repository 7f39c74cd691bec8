"""`onrecord conflicts`: work out who is barred from what."""

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json


@click.group()
def command() -> None:
    """Work out conflicts of interest. Nobody's are printed."""


@command.command("work-out")
@session.reason_option
@json_option
def work_out(*, reason: str, as_json: bool) -> None:
    """Work out anew, for every account, which cases it is barred from; print counts only.

    This happens by itself when a batch lands, an account is made or two records are judged to
    be one person. Run it after facts were changed in any other way.
    """
    acting = session.acting_as(reason=reason, runs_installation=True)
    with session.store():
        from onrecord.apps.audit.services import sequence_pending
        from onrecord.apps.conflicts import services

        sequence_pending()
        done = services.work_out(
            actor=acting.actor, reason=acting.reason or "Conflicts worked out anew."
        )
    told = {"accounts": done.accounts, "written": done.written, "withdrawn": done.withdrawn}
    if as_json:
        print_json({"conflicts": told})
    else:
        click.echo(
            f"{done.written} bars written, {done.withdrawn} withdrawn;"
            f" {done.accounts} accounts are kept from some case."
        )


@command.command("own-record")
@click.argument("username")
@click.argument("key", metavar="ORGANISATION:SYSTEM:KEY")
@session.reason_option
@json_option
def own_record(*, username: str, key: str, reason: str, as_json: bool) -> None:
    """Say that the record with this key is the account-holder's own.

    From then on their own cases do not exist for them. The key is the holder's: a payroll or
    collar number, as the source writes it.
    """
    acting = session.acting_as(reason=reason, reason_needed=True, runs_installation=True)
    with session.store():
        from onrecord.apps.conflicts.owning import name_own_record

        name_own_record(actor=acting.actor, username=username, key=key, reason=acting.reason)
    if as_json:
        print_json({"username": username, "own_record": key})
    else:
        click.echo(f"Named the own record of {username}.")
