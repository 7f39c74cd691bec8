"""`onrecord known-then`: what was on record about somebody on a day."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json, print_table
from onrecord.cli.viewing import viewer_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.apps.organisations.selectors import HolderRef
    from onrecord.apps.people.deciding import DecisionReach
    from onrecord.apps.people.known_then import KnownThen
    from onrecord.core.kernel.facts import Fact


@click.command()
@click.argument("person")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day: YYYY-MM-DD."
)
@click.option("--held-by", help="ORGANISATION or ORGANISATION:SYSTEM: what could it see?")
@click.option("--position", type=int, help="As recorded by this ledger position.")
@session.reason_option
@json_option
def command(
    *,
    person: str,
    day: datetime,
    held_by: str | None,
    position: int | None,
    reason: str,
    as_json: bool,
) -> None:
    """Show what was on record about PERSON on a day.

    PERSON is a public id (P-…) or HOLDER:SYSTEM:KEY. Seen with hindsight: what was
    on record anywhere is not what the decision-maker could have found.
    """
    viewer = viewer_for("known-then", reason=reason)
    with session.store():
        from onrecord.apps.audit.selectors import current_position
        from onrecord.apps.people.known_then import known_then
        from onrecord.core.timekeeping.views import View

        view = View(position or current_position(), on=day.date())
        found = known_then(viewer, view, person, held_by=held_by)
        if as_json:
            print_json(_as_json(found))
        else:
            _show(found, day.date(), held_by)


def _as_json(found: "KnownThen") -> dict[str, Any]:
    from onrecord.apps.people.known_then import HINDSIGHT, everything

    holders = found.page.holders
    return {
        "person": found.page.reference,
        "view": found.page.view.describe(),
        "facts": [_fact(fact, holders) for fact in everything(found.page)],
        "visible": [_fact(fact, holders) for fact in found.visible],
        "reachable": [
            {
                "decision": str(item.decision.lineage),
                "case": found.page.case_references.get(near.entry.lineage),
                "reach": near.reach,
            }
            for item in found.decisions
            for near in item.reached
        ],
        "patterns": [],
        "decisions": [_decision(item, holders) for item in found.decisions],
        "note": HINDSIGHT,
    }


def _fact(fact: "Fact", holders: "Mapping[int, HolderRef]") -> dict[str, Any]:
    return {
        "fact": fact.fact_id,
        "kind": fact.kind,
        "lineage": str(fact.lineage),
        "known_on": fact.known_on.isoformat(),
        "known_basis": fact.known_basis,
        "happened_from": fact.happened_from and fact.happened_from.isoformat(),
        "holder": holders[fact.holder_id].code,
    }


def _decision(item: "DecisionReach", holders: "Mapping[int, HolderRef]") -> dict[str, Any]:
    return {
        "kind": item.decision.kind,
        "on": item.on.isoformat(),
        "holder": holders[item.decision.holder_id].code,
        "entries": len(item.reached),
        "reach": {str(reach): count for reach, count in sorted(item.counts.items())},
    }


def _show(found: "KnownThen", day: date, held_by: str | None) -> None:
    from onrecord.apps.people.known_then import HINDSIGHT, everything

    page = found.page
    counts = page.counts
    click.echo(f"{page.reference} as known on {day:%-d %B %Y}")
    click.echo(
        f"Subject of {counts.allegations} allegations in {counts.cases} cases about {counts.incidents} incidents."
    )
    if held_by:
        click.echo(
            f"{held_by} held {len(found.visible)} of the {len(everything(page))} facts then on record."
        )
    print_table(
        ["known", "happened", "holder", "kind", "what"],
        [
            _row(fact, page.holders)
            for fact in everything(page)
            if fact.kind not in {"narrative", "record"}
        ],
    )
    for item in found.decisions:
        near = ", ".join(
            f"{count} {reach.replace('_', ' ')}" for reach, count in sorted(item.counts.items())
        )
        click.echo(
            f"{item.on:%-d %B %Y} {item.decision.kind.replace('_', ' ')}: {near or 'nothing then on record'}"
        )
    click.echo(HINDSIGHT)


def _row(fact: "Fact", holders: "Mapping[int, HolderRef]") -> list[str]:
    shown = (
        "category",
        "wording",
        "case_type",
        "rank",
        "duty_status",
        "decision",
        "vetting_outcome",
        "role",
    )
    what = next((str(fact.values[name]) for name in shown if fact.values.get(name)), "")
    happened = fact.happened_from.isoformat() if fact.happened_from else "not known"
    return [
        fact.known_on.isoformat(),
        happened,
        holders[fact.holder_id].code,
        fact.kind.replace("_", " "),
        what,
    ]
