"""`onrecord import`: bring in the files of a described source, whole or not at all."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_facts, print_json, print_table, progress
from onrecord.cli.viewing import viewer_for
from onrecord.core.kernel.errors import UsageError

if TYPE_CHECKING:
    from onrecord.apps.intake.results import ImportResult

DATA_VARIABLE = "ONRECORD_DATA"
_COLUMNS = ("table", "read", "added", "changed", "unchanged", "gone", "rejected")


@click.command()
@click.argument("description", required=False)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Where the files are. Default: {DATA_VARIABLE}, else beside the description.",
)
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option(
    "--extract-date", type=click.DateTime(["%Y-%m-%d"]), help="The day the source was written out."
)
@click.option("--undo", "undone", metavar="BATCH", help="Take a batch back.")
@click.option(
    "--list",
    "is_list",
    is_flag=True,
    help="List the shipped descriptions and the batches there have been.",
)
@session.reason_option
@json_option
def command(
    *, description: str | None, data: Path | None, dry_run: bool, extract_date: datetime | None,
    undone: str | None, is_list: bool, reason: str, as_json: bool,
) -> None:  # fmt: skip
    """Import the files that DESCRIPTION (a shipped name, or a file) says how to read.

    Everything is written, or nothing. Rejected rows are listed in a file, with
    what to do about each.
    """
    if is_list:
        _list(as_json=as_json)
    elif undone:
        _undo(undone, reason=reason, as_json=as_json)
    elif description is None:
        raise UsageError(
            "Say what to import.",
            next_step="onrecord import DESCRIPTION, or --list to see what there is.",
        )
    else:
        day = extract_date.date() if extract_date else None
        _import(description, data, day, is_dry_run=dry_run, reason=reason, as_json=as_json)


def _import(
    name: str, data: Path | None, day: date | None, *, is_dry_run: bool, reason: str, as_json: bool
) -> None:
    from onrecord.core.sources.loading import find, load

    path = find(name)
    text = path.read_text("utf-8-sig")
    described = load(text, place=path.name)
    folder = data or _default_data(path)
    if not folder.is_dir():
        raise UsageError(
            f"{folder} is not a folder.", next_step="Say where the files are: --data FOLDER."
        )
    viewer = viewer_for(
        "import", reason=reason or f"import of {described.name}", runs_installation=True
    )
    with session.store() as store, progress(f"importing {described.name}") as bar:
        from onrecord.apps.intake.services import import_source

        result = import_source(
            viewer, actor=session.acting_as(reason=viewer.reason, runs_installation=True).actor,
            description=described, description_text=text,
            data=folder, imports=store.home.imports, extract_date=day, is_dry_run=is_dry_run,
            told=lambda what: bar.update(description=what),
        )  # fmt: skip
    if as_json:
        print_json(result.as_json())
    else:
        _show(result)


def _default_data(description: Path) -> Path:
    named = os.environ.get(DATA_VARIABLE)
    return Path(named).expanduser() if named else description.parent


def _show(result: "ImportResult") -> None:
    print_table(_COLUMNS, [[one[name] for name in _COLUMNS] for one in result.tables])
    print_table(
        ("facts", *_COLUMNS[2:6]),
        [[one["kind"], *(one[name] for name in _COLUMNS[2:6])] for one in result.facts],
    )
    what = (
        "nothing: this was a dry run"
        if result.is_dry_run
        else "everything"
        if result.wrote
        else "nothing: all of it is on record"
    )
    shown: dict[str, object] = {
        "Written": what,
        "Batch": result.batch or "none",
        "Rows a second": result.rows_per_second,
    }
    if result.wrote:
        shown["Facts a second"] = result.facts_per_second
    if result.rejects_path:
        shown["Rejected rows"] = result.rejects_path
    print_facts(shown)
    for sentence in result.health.get("sentences", []):
        click.echo(f"- {sentence}")


def _undo(reference: str, *, reason: str, as_json: bool) -> None:
    viewer = viewer_for(
        "import --undo", reason=reason or f"undo of batch {reference}", runs_installation=True
    )
    with session.store():
        from onrecord.apps.intake import selectors
        from onrecord.apps.intake.services import undo_batch

        batch = selectors.batch(viewer, reference)
        undone = undo_batch(
            viewer,
            actor=session.acting_as(reason=viewer.reason, runs_installation=True).actor,
            batch=batch,
        )
        decisions = selectors.decisions_citing(viewer, undone)
    if as_json:
        print_json(
            {
                "batch": undone.reference,
                "undone": True,
                "facts": undone.kinds,
                "decisions": decisions,
            }
        )
        return
    click.echo(
        f"Batch {undone.reference} ({undone.title}) is taken back: no view shows what it brought."
    )
    if decisions:
        print_table(
            ("decision", "decided on", "recorded by"),
            [[one["decision"], one["decided_on"], one["event"]] for one in decisions],
            title="Decisions on record that cite what is taken back; they stand, look at each",
        )


def _list(*, as_json: bool) -> None:
    from onrecord.core.sources.loading import load_file, shipped

    known = [{"name": name, "title": load_file(path).title} for name, path in shipped().items()]
    viewer = viewer_for("import --list", reason="list of imports", runs_installation=True)
    with session.store():
        from onrecord.apps.intake.selectors import batches

        found: list[dict[str, Any]] = [
            {
                "batch": one.reference, "source": one.source, "extract_date": one.extract_date,
                "imported_at": one.imported_at, "undone": one.undone_event is not None,
            }
            for one in batches(viewer)
        ]  # fmt: skip
    if as_json:
        print_json({"descriptions": known, "batches": found})
        return
    print_table(("description", "what it is"), [[one["name"], one["title"]] for one in known])
    print_table(
        ("batch", "source", "extract", "imported", "undone"), [list(one.values()) for one in found]
    )
