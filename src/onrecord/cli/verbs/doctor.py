"""`onrecord doctor`: is everything here that is needed, and if not, what to type.

A finding is *ok*; a *warning*, which does not stop the work; or a *failure*, which
does. The exit code is 1 only for a failure.
"""

import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import session
from onrecord.cli.errors import Exit
from onrecord.cli.output import json_option, print_json
from onrecord.core.kernel.errors import OnrecordError
from onrecord.project.database import is_embedded
from onrecord.project.home import find_home

if TYPE_CHECKING:
    from onrecord.project.examination import Seen

_ENOUGH_GIGABYTES = 2
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@click.command()
@json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Look at this installation and say what is wrong with it, if anything."""
    findings = [_finding(name, look) for name, look in _LOOKS.items()]
    if findings[-1]["ok"]:
        findings += _inside()
    is_well = all(finding["level"] != "fail" for finding in findings)
    if as_json:
        print_json({"ok": is_well, "home": str(find_home().root), "findings": findings})
    else:
        click.echo(f"Home: {find_home().root}")
        for finding in findings:
            click.echo(f"{_MARKS[finding['level']]}  {finding['name']}: {finding['says']}")
    ctx.exit(Exit.DONE if is_well else Exit.UNEXPECTED)


_MARKS = {"ok": "  ok", "warn": "WARN", "fail": "FAIL"}


class WorryError(OnrecordError):
    """Something to see to that does not stop the work."""


def _finding(name: str, look: Callable[[], str]) -> dict[str, Any]:
    try:
        return {"name": name, "ok": True, "level": "ok", "says": look()}
    except WorryError as worry:
        return {"name": name, "ok": True, "level": "warn", "says": str(worry)}
    except OnrecordError as problem:
        return {"name": name, "ok": False, "level": "fail", "says": str(problem)}


def _inside() -> list[dict[str, Any]]:
    """Look at what the store holds: all of it from one opened store."""
    with session.store() as store:
        from onrecord.project import examination

        looks = examination.looks(store.home)
        return [_finding(name, _worried(look)) for name, look in looks.items()]


def _worried(look: "Callable[[], Seen]") -> Callable[[], str]:
    def looked() -> str:
        seen = look()
        if seen.remedy:
            raise WorryError(seen.says, next_step=seen.remedy)
        return seen.says

    return looked


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def _disk() -> str:
    free = shutil.disk_usage(find_home().prepare().root).free / 1e9
    if free < _ENOUGH_GIGABYTES:
        raise OnrecordError(f"{free:.1f} GB free.", next_step="Make room before importing.")
    return f"{free:.0f} GB free"


def _browser() -> str:
    found = next((path for path in map(shutil.which, _BROWSERS) if path), None)
    if found is None:
        raise WorryError(
            "No Chromium: browser tests skip.", next_step="apt-get install -y chromium"
        )
    return found


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


_LOOKS = {
    "python": _python,
    "disk": _disk,
    "browser": _browser,
    "postgresql": _programs,
    "store": _store,
}
"""What is looked at before the store is opened; the store itself comes last."""
