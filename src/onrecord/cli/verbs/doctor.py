"""`onrecord doctor`: is everything here that is needed, and if not, what to type."""

import shutil
import sys
from collections.abc import Callable

import click

from onrecord.cli import session
from onrecord.cli.errors import Exit
from onrecord.cli.output import json_option, print_json
from onrecord.core.kernel.errors import OnrecordError
from onrecord.project.database import is_embedded
from onrecord.project.home import find_home

_ENOUGH_GIGABYTES = 2


@click.command()
@json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Look at this installation and say what is wrong with it, if anything."""
    findings = [_finding(name, look) for name, look in _LOOKS.items()]
    is_well = all(finding["ok"] for finding in findings)
    if as_json:
        print_json({"ok": is_well, "home": str(find_home().root), "findings": findings})
    else:
        click.echo(f"Home: {find_home().root}")
        for finding in findings:
            click.echo(
                f"{'  ok' if finding['ok'] else 'FAIL'}  {finding['name']}: {finding['says']}"
            )
    ctx.exit(Exit.DONE if is_well else Exit.UNEXPECTED)


def _finding(name: str, look: Callable[[], str]) -> dict[str, object]:
    try:
        return {"name": name, "ok": True, "says": look()}
    except OnrecordError as problem:
        return {"name": name, "ok": False, "says": str(problem)}


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def _disk() -> str:
    free = shutil.disk_usage(find_home().prepare().root).free / 1e9
    if free < _ENOUGH_GIGABYTES:
        raise OnrecordError(f"{free:.1f} GB free.", next_step="Make room before importing.")
    return f"{free:.0f} GB free"


def _programs() -> str:
    if not is_embedded():
        return "a server named in ONRECORD_DATABASE_URL"
    from onrecord.project.account import server_account
    from onrecord.project.binaries import find_binaries

    found = find_binaries(server_account())
    return f"PostgreSQL {found.major} in {found.folder}"


def _store() -> str:
    with session.store():
        return "opens, its tables are current, and its roles can do no more than they should"


_LOOKS = {"python": _python, "disk": _disk, "postgresql": _programs, "store": _store}
