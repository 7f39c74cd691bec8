"""`onrecord link`: let the model say which person records are about one person."""

from dataclasses import asdict

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_facts, print_json, progress


@click.command()
@click.option(
    "--learn", "learns", is_flag=True, help="Learn the weights anew from what is on record."
)
@click.option(
    "--dry-run", "is_trial", is_flag=True, help="Say what would come of it; write nothing."
)
@session.reason_option
@json_option
def command(*, learns: bool, is_trial: bool, reason: str, as_json: bool) -> None:
    """Link every person record by the model, and say how many a person has to look at.

    Records are never merged: each link is a judgement with why, which anybody may contest and
    a person takes back. What people judged is outvoted by nothing.
    """
    acting = session.acting_as(reason=reason, runs_installation=True)
    with session.store() as store, progress("Linking"):
        from onrecord.apps.audit.services import sequence_pending
        from onrecord.apps.linking.modelling import link_people

        sequence_pending()
        found = link_people(
            actor=acting.actor, snapshots=store.home.snapshots,
            models=store.home.models, learns=learns, is_trial=is_trial,
            reason=acting.reason or "The records were linked by the model.",
        )  # fmt: skip
    told = asdict(found) | {"automatic_links": found.automatic}
    told.pop("automatic")
    if as_json:
        print_json(told)
    else:
        print_facts(told)
