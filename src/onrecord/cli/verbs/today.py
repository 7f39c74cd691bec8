"""`onrecord today`: the morning meeting, in the terminal."""

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json
from onrecord.cli.viewing import viewer_for


@click.command()
@click.option("--reason", default="", help="Why you are looking; recorded.")
@json_option
def command(*, reason: str, as_json: bool) -> None:
    """Say what waits today: overdue, due, escalated, to agree to, new."""
    with session.store():
        from onrecord.apps.access.policies import require
        from onrecord.apps.work.morning import morning
        from onrecord.core.kernel.clock import today

        viewer = viewer_for("today", reason=reason)
        require(viewer, "home:read")
        on = today()
        lines = morning(viewer, on)
    if as_json:
        print_json({"on": on, "lines": [_told(line) for line in lines]})
        return
    for line in filter(lambda each: each.count, lines):
        click.echo(f"\n{line.heading}: {line.count:,}")
        for item in line.items:
            where = f"  ({item.reference})" if item.reference else ""
            click.echo(f"  {item.when:<14} {item.text}{where}")
    quiet = ", ".join(line.heading.lower() for line in lines if not line.count)
    click.echo(f"\nNothing under: {quiet}." if quiet else "")


def _told(line: object) -> dict[str, object]:
    """Return a line as a script reads it."""
    from dataclasses import asdict

    return asdict(line)  # type: ignore[call-overload,no-any-return]
