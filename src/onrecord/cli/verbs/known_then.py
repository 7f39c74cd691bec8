"""`onrecord known-then`: what was on record about somebody on a day."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json, print_table
from onrecord.cli.viewing import viewer_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from onrecord.apps.organisations.selectors import HolderRef
    from onrecord.apps.people.deciding import DecisionReach
    from onrecord.apps.people.known_then import KnownThen
    from onrecord.core.kernel.facts import Fact
    from onrecord.core.kernel.viewers import Viewer


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
    _refuse_the_future(day.date())
    viewer = viewer_for("known-then", reason=reason)
    with session.store() as store:
        from onrecord.apps.audit.selectors import current_position
        from onrecord.apps.people.known_then import known_then
        from onrecord.core.timekeeping.views import View

        view = View(position or current_position(), on=day.date())
        found = known_then(viewer, view, person, held_by=held_by)
        if as_json:
            print_json(_as_json(found) | {"patterns": _patterns(viewer, found, store.home.root)})
        else:
            _show(found, day.date(), held_by)


def _refuse_the_future(day: date) -> None:
    from onrecord.core.kernel import clock
    from onrecord.core.kernel.errors import UsageError

    if day > clock.today():
        raise UsageError(
            "The day must be today or earlier.",
            next_step="Ask for a day that has come: what will be known is on no record.",
        )


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
        "decisions": [_decision(item, holders) for item in found.decisions],
        "note": HINDSIGHT,
    }


def _patterns(viewer: "Viewer", found: "KnownThen", home: "Path") -> list[dict[str, Any]]:
    """Return what each rule would have said on the day, and on which rows."""
    from onrecord.apps.patterns.selectors import pattern_facts
    from onrecord.core.kernel.ids import public_reference

    return [
        {
            "rule": each.rule.label, "question": each.rule.question, "episodes": each.episodes,
            "reports": each.reports, "organisations": list(each.organisations),
            "complainants": [each.complainants.at_least, each.complainants.at_most],
            "rows": [
                {
                    "case": public_reference("C", row.case) if row.case else None, "fact": str(row.thing),
                    "happened": row.happened.isoformat(), "known": row.known.isoformat(),
                    "endings": [wording for wording, _ in row.endings], "begins_an_episode": row.begins,
                }
                for row in each.rows
            ],
        }
        for each in pattern_facts(viewer, found.page, home=home)
    ]  # fmt: skip


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
        ["known", "happened", "case", "holder", "kind", "what"],
        _rows(everything(page), page.holders),
    )
    for item in found.decisions:
        near = ", ".join(
            f"{count} {reach.replace('_', ' ')}" for reach, count in sorted(item.counts.items())
        )
        click.echo(
            f"{item.on:%-d %B %Y} {item.decision.kind.replace('_', ' ')}: {near or 'nothing then on record'}"
        )
    click.echo(HINDSIGHT)


def _rows(facts: "Iterable[Fact]", holders: "Mapping[int, HolderRef]") -> list[list[str]]:
    """Return a line a fact, by the day it was known and then by case."""
    shown = [fact for fact in facts if fact.kind not in {"narrative", "record"}]
    shown.sort(key=lambda fact: (fact.known_on, _case(fact), fact.fact_id))
    return [_row(fact, holders) for fact in shown]


def _row(fact: "Fact", holders: "Mapping[int, HolderRef]") -> list[str]:
    return [
        fact.known_on.isoformat(),
        fact.happened_from.isoformat() if fact.happened_from else "not known",
        _case(fact),
        holders[fact.holder_id].code,
        fact.kind.replace("_", " "),
        _what(fact),
    ]


def _case(fact: "Fact") -> str:
    from onrecord.core.kernel.ids import public_reference

    case = fact.lineage if fact.kind == "case_reported" else fact.case_lineage
    return public_reference("C", case) if case else ""


_SHOWN = (
    "category", "wording", "case_type", "rank", "duty_status", "decision", "vetting_outcome", "role",
)  # fmt: skip


def _what(fact: "Fact") -> str:
    """Return a few words on what the fact says."""
    if fact.kind == "notification":
        made = "did not tell" if fact["was_made"] is False else "told"
        return f"{fact['from_organisation']} {made} {fact['to_organisation']}"
    if fact.kind == "clearance_check":
        done = {True: "done", False: "not done"}.get(fact["was_done"], "not known whether done")
        return f"{_in_words(fact['check_type'] or 'check')}: {done}"
    if fact.kind == "person_record":
        return fact.source_ref or ""
    return next((_in_words(str(fact[name])) for name in _SHOWN if fact.values.get(name)), "")


def _in_words(code: str) -> str:
    return code.replace("_", " ")
