"""`onrecord backup`: everything this installation holds, in one place, with proof."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json, progress

if TYPE_CHECKING:
    from onrecord.core.ledger.checkpoints import Checkpoint

_ROUTINE = "Routine back-up."


@click.command()
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="A folder, or NAME.tar."
)
@click.option("--include-secrets", is_flag=True, help="Also passwords and keys: guard it well.")
@session.reason_option
@json_option
def command(*, out: Path, include_secrets: bool, reason: str, as_json: bool) -> None:
    """Back up the database, snapshots and what imports left.

    The backup holds everything, protected identities too: keep it as you keep the store,
    on an encrypted disk. Passwords and keys are left out unless asked for; a restore
    draws new ones.
    """
    from onrecord.project import backups

    acting = session.acting_as(reason=reason, runs_installation=True)
    backups.refuse_existing(out)
    with session.store() as store, progress("Backing up") as steps:
        from onrecord.apps.audit.services import recording

        with recording(
            acting.actor,
            "store:back_up",
            object_kind="store",
            object_ref="store",
            reason=acting.reason or _ROUTINE,
        ) as rec:
            rec.describe(secrets="included" if include_secrets else "left out")
        with backups.being_written(out) as folder:
            steps.update(description="Dumping the database")
            position = _dump(store, folder / backups.DUMP)
            steps.update(description="Copying snapshots and imports")
            backups.copy_home_files(store.home, folder, with_secrets=include_secrets)
            steps.update(description="Hashing")
            manifest = backups.Manifest(
                position, backups.hashes(folder), _about(include_secrets=include_secrets)
            )
            (folder / backups.MANIFEST).write_text(manifest.text(), encoding="utf-8")
        beside = backups.checkpoint_beside(out)
        beside.write_text(position.text(), encoding="utf-8")
    told = {"out": str(out), "checkpoint": str(beside), "position": position.size,
            "root": position.root, "files": len(manifest.files), **manifest.about}  # fmt: skip
    _tell(told, as_json=as_json)


def _dump(store: session.Store, into: Path) -> "Checkpoint":
    """Dump the database and return the checkpoint of the very state that was dumped."""
    from django.db import connection, transaction

    from onrecord.apps.audit.selectors import checkpoint_now
    from onrecord.project.dumping import dump

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute("select pg_export_snapshot()")
        snapshot = str(cursor.fetchone()[0])
        position = checkpoint_now()
        dump(store.admin, snapshot, into)
    return position


def _about(*, include_secrets: bool) -> dict[str, Any]:
    from onrecord import __version__
    from onrecord.core.kernel.clock import now
    from onrecord.project.account import server_account
    from onrecord.project.binaries import find_binaries

    return {
        "made_at": now().isoformat(timespec="seconds"),
        "onrecord": __version__,
        "postgresql": find_binaries(server_account()).major,
        "secrets": "included" if include_secrets else "left out",
    }


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    click.echo(f"Backed up to {told['out']}: {told['files']} files.")
    click.echo(f"The ledger stood at position {told['position']:,}, root {told['root']}.")
    if told["secrets"] == "left out":
        click.echo("Passwords and keys are NOT in it; a restore draws new ones.")
    else:
        click.echo("Passwords and keys ARE in it: whoever has it can sign in as anybody.")
    click.echo(f"Keep {told['checkpoint']} somewhere else: it shows later whether a backup is old.")
