"""`onrecord bundle`: one case with the proofs that nothing in it was changed."""

import json
from datetime import datetime
from pathlib import Path

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json
from onrecord.cli.viewing import viewer_for
from onrecord.core.kernel.errors import UsageError


@click.command()
@click.argument("case")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; it must not exist.",
)
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As known on this day: YYYY-MM-DD."
)
@session.reason_option
@json_option
def command(*, case: str, out: Path, day: datetime | None, reason: str, as_json: bool) -> None:
    """Write CASE (C-…) to a file that anybody can verify without this store.

    The disclosure is recorded. Victims' and reporters' identities and sealed
    intelligence are never in a bundle. Check it: onrecord audit verify-bundle FILE
    """
    session.acting_as(reason=reason, reason_needed=True)
    viewer = viewer_for("bundle", reason=reason)
    if out.exists():
        raise UsageError(f"{out} exists already.", next_step="Name another file.")
    with session.store():
        from onrecord.apps.audit.selectors import current_position
        from onrecord.apps.cases.bundles import bundle_hash, disclose_case
        from onrecord.core.timekeeping.views import View

        view = View(current_position(), on=day.date() if day else None)
        bundle = disclose_case(viewer, view, case)
    with out.open("x", encoding="utf-8") as file:
        json.dump(bundle, file, indent=1, ensure_ascii=False)
    told = {
        "case": bundle["case"],
        "out": str(out),
        "facts": len(bundle["facts"]),
        "events": len(bundle["events"]),
        "checkpoint": bundle["checkpoint"],
        "hash": bundle_hash(bundle),
    }
    if as_json:
        print_json(told)
    else:
        click.echo(f"Wrote {out}: {told['facts']} facts under {told['events']} events.")
        click.echo("Check it anywhere: onrecord audit verify-bundle " + str(out))
