"""`onrecord link`: let the model say which person records are about one person."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_facts, print_json, progress
from onrecord.core.kernel.errors import UsageError
from onrecord.core.linkage.engines import ENGINES

if TYPE_CHECKING:
    from onrecord.apps.linking.cases import LinkedCases
    from onrecord.apps.linking.modelling import LinkedPeople


@click.command()
@click.option(
    "--learn", "learns", is_flag=True, help="Learn the weights anew from what is on record."
)
@click.option(
    "--dry-run", "is_trial", is_flag=True, help="Say what would come of it; write nothing."
)
@click.option(
    "--new",
    "only_new",
    is_flag=True,
    help="Look only at records that came or changed since the last run, and what they touch.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="duckdb",
    show_default=True,
    help="Spark is for what one machine cannot hold (docs/how-to/link-on-spark.md).",
)
@click.option(
    "--cases",
    "of_cases",
    is_flag=True,
    help="Instead of people, find cases that are records of one incident.",
)
@click.option("--undo", "undone", type=int, help="Take back everything that run NUMBER said.")
@session.reason_option
@json_option
def command(
    *,
    learns: bool,
    is_trial: bool,
    only_new: bool,
    engine: str,
    of_cases: bool,
    undone: int | None,
    reason: str,
    as_json: bool,
) -> None:
    """Link every person record by the model, and say how many a person has to look at.

    Records are never merged: each link is a judgement with why, which anybody may contest and
    a person takes back. What people judged is outvoted by nothing.
    """
    acting = session.acting_as(reason=reason, runs_installation=True)
    if only_new and engine != "duckdb":
        raise UsageError(
            "What is new is linked on this machine.", next_step="Leave out --new or --engine."
        )
    if only_new and learns:
        raise UsageError(
            "A model is learned from everything, not from what is new.",
            next_step="Leave out --new or --learn.",
        )
    if undone is not None:
        _undo(acting, undone, as_json=as_json)
        return
    if of_cases:
        _link_cases(acting, is_trial=is_trial, as_json=as_json)
        return
    with session.store() as store, progress("Linking"):
        from onrecord.apps.audit.services import sequence_pending
        from onrecord.apps.linking.modelling import link_people

        sequence_pending()
        found = link_people(
            actor=acting.actor, snapshots=store.home.snapshots,
            models=store.home.models, learns=learns, is_trial=is_trial, only_new=only_new, engine=engine,
            reason=acting.reason or "The records were linked by the model.",
        )  # fmt: skip
    _tell(found, as_json=as_json)


def _undo(acting: session.ActingAs, run: int, *, as_json: bool) -> None:
    with session.store():
        from onrecord.apps.linking.modelling import undo_run

        undo_run(
            actor=acting.actor, run=run, reason=acting.reason or "The run was taken back.",
        )  # fmt: skip
    if as_json:
        print_json({"undone": run})
    else:
        click.echo(f"Run {run} was undone: what was said before it stands again.")


def _link_cases(acting: session.ActingAs, *, is_trial: bool, as_json: bool) -> None:
    with session.store() as store, progress("Comparing cases"):
        from onrecord.apps.audit.services import sequence_pending
        from onrecord.apps.linking.cases import link_cases

        sequence_pending()
        found = link_cases(
            actor=acting.actor, snapshots=store.home.snapshots, is_trial=is_trial,
            reason=acting.reason or "Cases of one incident were looked for.",
        )  # fmt: skip
    _tell(found, as_json=as_json)


def _tell(found: "LinkedPeople | LinkedCases", *, as_json: bool) -> None:
    told = asdict(found) | {"automatic_links": found.automatic}
    told.pop("automatic")
    (print_json if as_json else print_facts)(told)
