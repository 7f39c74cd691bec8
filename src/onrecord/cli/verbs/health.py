"""`onrecord health`: what is missing in the sources on record, and what each hole does."""

from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json, print_table
from onrecord.cli.viewing import viewer_for
from onrecord.core.kernel.errors import NotFoundError

if TYPE_CHECKING:
    from onrecord.apps.intake.models import Batch

_YEAR = ("year", "cases", "allegations", "unnamed", "without_ending", "ending_unresolved")


@click.command()
@click.argument("source", required=False)
@session.reason_option
@json_option
def command(*, source: str | None, reason: str, as_json: bool) -> None:
    """Report, for SOURCE or for every source: completeness by field and year, and its holes."""
    viewer = viewer_for("health", reason=reason or "import health", runs_installation=True)
    with session.store():
        from onrecord.apps.intake.selectors import health_reports

        found = health_reports(viewer, source=source)
    if source and not found:
        raise NotFoundError(
            f"Nothing is on record from '{source}'.",
            next_step="`onrecord import --list` shows what is.",
        )
    if as_json:
        print_json({"sources": [_as_json(batch) for batch in found]})
        return
    for batch in found:
        _show(batch)


def _as_json(batch: "Batch") -> dict[str, Any]:
    return {"source": batch.source, "title": batch.title, "batch": batch.reference, **batch.health}


def _show(batch: "Batch") -> None:
    report = batch.health
    click.echo(
        f"\n{batch.title}  ({batch.source}, extract of {batch.extract_date}, batch {batch.reference})"
    )
    for sentence in report["sentences"]:
        click.echo(f"- {sentence}")
    print_table(
        ("fact", "field", "filled", "of", "share"),
        [
            [
                one["kind"],
                one["field"],
                one["filled"],
                one["of"],
                f"{one['filled'] / max(one['of'], 1):.1%}",
            ]
            for one in report["completeness"]
        ],
        title="Completeness",
    )
    if report["years"]:
        print_table(
            [name.replace("_", " ") for name in _YEAR],
            [[str(one["year"]), *(one[name] for name in _YEAR[1:])] for one in report["years"]],
            title="By the year in which it became known",
        )
