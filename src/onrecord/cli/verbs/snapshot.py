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
    started = time.monotonic()
    with session.store() as store, progress("Copying facts") as steps:
        from onrecord.apps.facts.exporting import take_snapshot
        from onrecord.core.snapshots.reading import open_snapshot

        manifest = take_snapshot(
            store.home.snapshots,
            told=lambda kind, _rows: steps.update(description=f"Copied {kind}"),
        )
        if verify:
            open_snapshot(store.home.snapshots, manifest.snapshot_id, verify=True)
        result = _described(manifest, time.monotonic() - started)
    if as_json:
        print_json(result)
    else:
        print_facts(result)


def _described(manifest: "Manifest", seconds: float) -> dict[str, object]:
    newest = [part for part in manifest.parts if part.through == manifest.position]
    return {
        "snapshot": manifest.snapshot_id,
        "position": manifest.position,
        "facts": manifest.rows,
        "added": sum(part.rows for part in newest),
        "undone_batches": len(manifest.undone),
        "seconds": round(seconds, 2),
    }
