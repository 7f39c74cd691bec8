"""`onrecord replay`: what each rule would have prompted on this record, and what came of it."""

import time
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json, print_table, progress
from onrecord.core.kernel.clock import today

if TYPE_CHECKING:
    from onrecord.core.patterns.prices import Price


@click.command()
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As known on this day: YYYY-MM-DD."
)
@json_option
def command(*, day: datetime | None, as_json: bool) -> None:
    """Feed every fact in the order it became known to every pattern rule, and say what each costs.

    For each rule and each threshold: how many people were ever prompted whose next five years are
    known, of how many something further became known, how long that took. It is kept, and stands
    beside every prompt on a person's page. What stands behind walls is left out.
    """
    session.acting_as(reason="the rules were replayed", runs_installation=True)
    on = day.date() if day else today()
    began = time.monotonic()
    with session.store() as store, progress("Replaying"):
        from onrecord.apps.patterns.keeping import keep_prices

        found = keep_prices(store.home.snapshots, store.home.root, as_of=on)
    told = {
        "as_of": on.isoformat(), "seconds": round(time.monotonic() - began, 2),
        "rules": [row for name, price in found.items() for row in _rows(name, price)],
    }  # fmt: skip
    if as_json:
        print_json(told)
    else:
        _show(told, on)


def _rows(name: str, price: "Price") -> list[dict[str, Any]]:
    from onrecord.core.patterns.prices import HORIZON

    last = price.meeting[-1][1] if price.meeting else 0
    return [
        {
            "rule": price.rule, "outcome": "a further one", "horizon_years": HORIZON,
            "measure": price.measure, "at_least": each.least, "prompted": each.prompted,
            "true": each.true, "false_per_true": each.false_per_true,
            "median_warning_days": each.warning_days,
            "meeting_now": last if _own(name, each.least) else None,
        }
        for each in price.levels
    ]  # fmt: skip


def _own(name: str, least: int) -> bool:
    """Tell whether a threshold is the rule's own."""
    from onrecord.core.patterns.rules import shipped_rules

    asked = shipped_rules()[name].at_least
    return asked.get("episodes", next(iter(asked.values()))) == least


def _show(told: dict[str, Any], on: date) -> None:
    rows = [
        (row["rule"], f"{row['at_least']} {row['measure']}", f"{row['prompted']:,}", f"{row['true']:,}",
         "" if row["false_per_true"] is None else f"{row['false_per_true']:.1f}",
         "" if row["median_warning_days"] is None else f"{row['median_warning_days']:,}",
         "" if row["meeting_now"] is None else f"{row['meeting_now']:,}")
        for row in told["rules"] if row["prompted"] or row["meeting_now"]
    ]  # fmt: skip
    print_table(
        ("rule", "from", "prompted, five years known", "something further", "false per true",
         "median days until", f"meet it on {on}"),
        rows,
    )  # fmt: skip
