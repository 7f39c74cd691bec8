"""`onrecord cohort`: which cases and people a stated definition selects, and why."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_facts, print_json, print_table, progress
from onrecord.cli.viewing import viewer_for

if TYPE_CHECKING:
    from onrecord.core.cohorts.explaining import Explanation
    from onrecord.core.cohorts.results import CohortResult
    from onrecord.core.kernel.viewers import Viewer


@click.command()
@click.argument("name")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As known on this day: YYYY-MM-DD."
)
@click.option("--why", "asked", help="Say why this person or case is in or out (P-…, C-…, I-…).")
@click.option(
    "--export",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write items in scope to FILE.csv, or everything to FILE.xlsx.",
)
@click.option(
    "--snapshots",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Select from the newest snapshot in this folder, not from the store.",
)
@click.option("--ids", is_flag=True, help="List the items in scope, person and case.")
@session.reason_option
@json_option
def command(
    *,
    name: str,
    day: datetime | None,
    asked: str | None,
    file: Path | None,
    folder: Path | None,
    ids: bool,
    reason: str,
    as_json: bool,
) -> None:
    """Select the people and cases that NAME defines, count them, and say what was left out.

    NAME is a definition that comes with the program or was saved, or the path of a
    YAML file. Counts people, incidents, cases, allegations and items (a person
    in a case) separately. The result is frozen: the same record gives the same hash.
    """
    viewer = viewer_for("cohort", reason=reason)
    with session.store() as store, progress("Selecting"):
        from onrecord.apps.programmes.selectors import Shelves, explain
        from onrecord.apps.programmes.services import run_cohort
        from onrecord.apps.programmes.taking import hand_over_cohort
        from onrecord.core.cohorts.spreadsheets import format_of
        from onrecord.core.snapshots.reading import open_snapshot

        form = format_of(file) if file else ""
        kept = Shelves.of_home(store.home.root)
        shelves = Shelves(folder or kept.snapshots, kept.cohorts)
        yaml = _definition_text(viewer, name)
        result = run_cohort(
            viewer=viewer,
            shelves=shelves,
            yaml=yaml,
            on=day.date() if day else None,
            snapshot=open_snapshot(folder) if folder else None,
        )
        explanation = explain(viewer, shelves, result, asked) if asked else None
        if file:
            file.write_bytes(
                hand_over_cohort(viewer=viewer, found=result, file_format=form).content
            )
    for warning in result.warnings:
        click.echo(f"Look at the definition: {warning}", err=True)
    if as_json:
        print_json(_as_json(result, explanation, ids=ids))
    else:
        _show(result, explanation, ids=ids)


def _definition_text(viewer: "Viewer", name: str) -> str:
    from onrecord.apps.programmes.selectors import definition_text
    from onrecord.core.cohorts.loading import read_text

    path = Path(name)
    is_file = path.suffix in {".yaml", ".yml"} or path.is_file()
    return read_text(path) if is_file else definition_text(viewer, name)


def _as_json(
    result: "CohortResult", explanation: "Explanation | None", *, ids: bool
) -> dict[str, Any]:
    from onrecord.core.cohorts.results import items_in

    shown = result.as_json()
    if explanation:
        shown["why"] = {
            "reference": explanation.reference,
            "is_in": explanation.is_in,
            "sentences": explanation.sentences,
        }
    if ids:
        chosen = items_in(result).select(["person_reference", "case_reference"])
        shown["ids"] = chosen.to_pylist()
    return shown


def _show(result: "CohortResult", explanation: "Explanation | None", *, ids: bool) -> None:
    from onrecord.core.cohorts.results import items_in

    if explanation:
        for sentence in explanation.sentences:
            click.echo(sentence)
        return
    click.echo(f"{result.definition.title} ({result.definition.label})")
    counts = result.counts
    print_facts(
        {
            "people": counts.people,
            "incidents": counts.incidents,
            "cases": counts.cases,
            "allegations": counts.allegations,
            "items (a person in a case)": counts.items,
        }
    )
    rows = [(e.reason.value, e.people, e.cases, e.items, e.meaning) for e in result.excluded]
    print_table(("left out", "people", "cases", "items", "because"), rows)
    if ids:
        chosen = items_in(result).select(["person_reference", "case_reference"])
        print_table(("person", "case"), (tuple(row.values()) for row in chosen.to_pylist()))
    print_facts({"snapshot": result.snapshot_id, "hash": result.hash})
