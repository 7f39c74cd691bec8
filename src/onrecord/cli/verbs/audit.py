"""`onrecord audit`: prove the record to somebody who does not trust us."""

import json
from pathlib import Path
from typing import Any

import click

from onrecord.cli import session
from onrecord.cli.errors import Exit
from onrecord.cli.output import json_option, print_facts, print_json, progress

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Verify the record, a case bundle, or keep a checkpoint of the log."""


@command.command("verify")
@click.option(
    "--checkpoint",
    "kept",
    type=_FILE,
    multiple=True,
    help="A checkpoint kept elsewhere; the log must still agree with it.",
)
@json_option
@click.pass_context
def verify(ctx: click.Context, *, kept: tuple[Path, ...], as_json: bool) -> None:
    """Recompute every event, look, position and fact; exit 5 if anything was altered.

    Without a checkpoint kept elsewhere this shows clumsy tampering only: whoever owns
    the database can make the whole chain anew.
    """
    from onrecord.core.ledger.checkpoints import read_checkpoint, witnessed

    checkpoints = [read_checkpoint(path) for path in kept]
    with session.store():
        from onrecord.apps.audit.selectors import checkpoint_now
        from onrecord.apps.audit.verifying import verify_record, work_to_do

        seen = witnessed(checkpoints, log=checkpoint_now().log)
        with progress("Verifying", total=work_to_do()) as steps:
            result = verify_record(witnessed=seen, tick=steps.advance)
    told = _as_json(result) | {"checkpoints_compared": len(seen)}
    if as_json:
        print_json(told)
    else:
        _show(told)
    ctx.exit(Exit.DONE if result.is_sound else Exit.VERIFICATION_FAILED)


def _as_json(result: Any) -> dict[str, Any]:
    first = result.first_bad
    return {
        "ok": result.is_sound,
        "events": result.events,
        "first_bad": first.as_json() if first else None,
        "bad": result.bad,
        "findings": [finding.as_json() for finding in result.findings],
        "consultations": result.consultations,
        "positions": result.positions,
        "root": result.root,
        "facts": result.facts,
        "by_leaf_only": list(result.by_leaf_only),
        "pending": result.pending,
    }


def _show(told: dict[str, Any]) -> None:
    shown = ("events", "consultations", "positions", "facts", "pending", "root")
    print_facts({name: told[name] for name in shown})
    if told["by_leaf_only"]:
        kinds = ", ".join(told["by_leaf_only"])
        click.echo(f"By commitment alone, because no role may read them: {kinds}.")
    if told["ok"]:
        click.echo("Everything is as it was recorded.")
        return
    click.echo(f"NOT as it was recorded: {told['bad']} things found. The first:")
    for finding in told["findings"][:10]:
        click.echo(f"  {finding['says']}")


@command.command("checkpoint")
@click.option(
    "--out", type=_FILE, help="Where to write it. Keep it on other ground than the store."
)
def checkpoint(*, out: Path | None) -> None:
    """Write down how far the log goes and its root, to be kept elsewhere."""
    with session.store():
        from onrecord.apps.audit.selectors import checkpoint_now

        text = checkpoint_now().text()
    if out is None:
        click.echo(text, nl=False)
        return
    with out.open("x", encoding="utf-8") as file:
        file.write(text)
    click.echo(f"Wrote {out}. Keep it where the owner of this store cannot change it.")


@command.command("verify-bundle")
@click.argument("file", type=_FILE)
@json_option
@click.pass_context
def verify_bundle_(ctx: click.Context, *, file: Path, as_json: bool) -> None:
    """Check the proofs in a case bundle. Needs no store."""
    from onrecord.core.kernel.errors import DataRejectedError
    from onrecord.core.ledger.bundles import verify_bundle

    try:
        bundle = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise DataRejectedError(f"{file} is not a case bundle.") from None
    wrong = verify_bundle(bundle)
    if as_json:
        print_json({"ok": not wrong, "wrong": wrong})
    else:
        for sentence in wrong or ["Every proof in the bundle holds."]:
            click.echo(sentence)
        if not wrong:
            end = bundle["checkpoint"]
            click.echo(f"It stands on the log at {end['size']}, root {end['root']}.")
    ctx.exit(Exit.VERIFICATION_FAILED if wrong else Exit.DONE)
