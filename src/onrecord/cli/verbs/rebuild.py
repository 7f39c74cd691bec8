"""`onrecord rebuild`: make what people and cases are found by anew from the facts."""

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json, progress


@click.command()
@session.reason_option
@json_option
def command(*, reason: str, as_json: bool) -> None:
    """Make every projection anew. They hold nothing of their own, so nothing can be lost."""
    acting = session.acting_as(reason=reason, runs_installation=True)
    with session.store(), progress("Rebuilding"):
        from onrecord.apps.audit.services import recording, sequence_pending
        from onrecord.apps.people.projections import projection_sizes
        from onrecord.apps.people.services import rebuild_projections
        from onrecord.apps.searching.services import rebuild_words

        sequence_pending()
        with recording(
            acting.actor,
            "projection:rebuild",
            object_kind="projection",
            object_ref="all",
            reason=acting.reason or "Projections made anew.",
        ):
            rebuild_projections()
            words = rebuild_words()
        made = {**projection_sizes(), "fact_words": words}
    if as_json:
        print_json({"projections": made})
    else:
        for name, rows in made.items():
            click.echo(f"{name}: {rows:,} rows")
