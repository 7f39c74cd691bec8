"""`onrecord restore`: a backup into an empty home, verified before it is used."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import session
from onrecord.cli.errors import Exit
from onrecord.cli.output import json_option, print_json, progress

if TYPE_CHECKING:
    from onrecord.apps.audit.verifying import Verification
    from onrecord.core.ledger.checkpoints import Checkpoint
    from onrecord.project.backups import Manifest

_PATH = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("backup", type=_PATH)
@click.option("--home", "folder", type=click.Path(path_type=Path), help="An empty or new folder.")
@click.option(
    "--checkpoint", "kept", type=_PATH, multiple=True,
    help="A checkpoint kept elsewhere; those beside the backup are found by themselves.",
)  # fmt: skip
@session.reason_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    backup: Path,
    folder: Path | None,
    kept: tuple[Path, ...],
    reason: str,
    as_json: bool,
) -> None:
    """Restore BACKUP (a folder or .tar that `onrecord backup` wrote) into an empty home.

    Every file is checked first, the whole record is verified afterwards and compared with
    what the backup says of itself. Exit 5 if anything does not agree.
    """
    from onrecord.core.ledger.checkpoints import read_checkpoint
    from onrecord.project import backups, restoring
    from onrecord.project.home import HOME_VARIABLE, Home, find_home

    home = Home(folder.resolve()) if folder else find_home()
    os.environ[HOME_VARIABLE] = str(home.root)
    acting = session.acting_as(reason=reason, runs_installation=True)
    restoring.refuse_used(home)
    seen = [*backups.checkpoints_near(backup), *map(read_checkpoint, kept)]
    with backups.opened(backup, home.root) as (files, manifest), progress("Restoring") as steps:
        steps.update(description="Restoring the database")
        restoring.fill(home, files)
    with session.store(home):
        steps.update(description="Verifying")
        result = _verify(manifest, seen)
        told = _compare(home.root, manifest, result, seen)
        if result.is_sound:
            _record(acting, manifest, told)
    _tell(told, as_json=as_json)
    ctx.exit(Exit.DONE if told["ok"] else Exit.VERIFICATION_FAILED)


def _verify(manifest: "Manifest", seen: "list[Checkpoint]") -> "Verification":
    from onrecord.apps.audit.verifying import verify_record
    from onrecord.core.ledger.checkpoints import witnessed

    earlier = [one for one in seen if one.size <= manifest.ledger.size]
    return verify_record(witnessed=witnessed([*earlier, manifest.ledger], log=manifest.ledger.log))


def _compare(
    root: Path, manifest: "Manifest", result: "Verification", seen: "list[Checkpoint]"
) -> dict[str, Any]:
    from onrecord.core.ledger.checkpoints import furthest

    newest = furthest(seen, log=manifest.ledger.log)
    is_older = newest is not None and newest.size > manifest.ledger.size
    agrees = (result.positions, result.root) == (manifest.ledger.size, manifest.ledger.root)
    return {
        "ok": result.is_sound and agrees,
        "home": str(root),
        "position": result.positions,
        "root": result.root,
        "agrees_with_manifest": agrees,
        "events": result.events,
        "facts": result.facts,
        "first_bad": result.first_bad.as_json() if result.first_bad else None,
        "made_at": manifest.about.get("made_at"),
        "older_than": {"position": newest.size, "at": newest.at} if newest and is_older else None,
    }


def _record(acting: session.ActingAs, manifest: "Manifest", told: dict[str, Any]) -> None:
    """Leave an event in the restored record: it was restored, from when, and what it lacks."""
    from onrecord.apps.audit.services import recording

    older = told["older_than"]
    with recording(
        acting.actor,
        "store:restore",
        object_kind="store",
        object_ref="store",
        reason=acting.reason or "Restored from a backup.",
    ) as rec:
        rec.describe(
            backup_made_at=str(told["made_at"]),
            position=manifest.ledger.size,
            root=manifest.ledger.root,
            once_reached=older["position"] if older else None,
        )


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    if older := told["older_than"]:
        click.echo(
            f"THIS IS A ROLL-BACK: the ledger once reached position {older['position']:,}"
            f" ({older['at']}); the backup ends at {told['position']:,}."
            f" {older['position'] - told['position']:,} acts and looks are lost."
        )
    if told["ok"]:
        click.echo(f"Restored to {told['home']} and verified: position {told['position']:,},")
        click.echo(f"{told['events']:,} events, {told['facts']:,} facts, root {told['root']}.")
    else:
        click.echo(f"Restored to {told['home']}, but it does NOT verify. Do not use it.")
        if told["first_bad"]:
            click.echo(f"  {told['first_bad']['says']}")
