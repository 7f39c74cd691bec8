"""`onrecord snapshot`: copy what is new on record into an immutable snapshot."""

import time
from typing import TYPE_CHECKING

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_facts, print_json, progress

if TYPE_CHECKING:
    from onrecord.core.snapshots.manifests import Manifest


@click.command()
@click.option(
    "--verify", is_flag=True, help="Read every file of the snapshot and compare its hash."
)
@json_option
def command(*, verify: bool, as_json: bool) -> None:
    """Copy what is new on record, ids, codes and dates only, and print the snapshot's id.

    With nothing new the last snapshot is kept. Names and free text never go into it.
    """
    with session.store() as store, progress("Copying facts") as steps:
        from onrecord.apps.facts.exporting import take_snapshot
        from onrecord.core.snapshots.reading import open_snapshot

        started = time.monotonic()
        added: list[int] = []

        def copied(kind: str, rows: int) -> None:
            added.append(rows)
            steps.update(description=f"Copied {kind}")

        manifest = take_snapshot(store.home.snapshots, told=copied)
        if verify:
            open_snapshot(store.home.snapshots, manifest.snapshot_id, verify=True)
        result = _described(manifest, sum(added), time.monotonic() - started)
    if as_json:
        print_json(result)
    else:
        print_facts(result)


def _described(manifest: "Manifest", added: int, seconds: float) -> dict[str, object]:
    return {
        "snapshot": manifest.snapshot_id,
        "position": manifest.position,
        "facts": manifest.rows,
        "added": added,
        "undone_batches": len(manifest.undone),
        "seconds": round(seconds, 2),
    }
