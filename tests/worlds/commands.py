"""Run the command as a person does: in this process on the test's store, or on a home of its own."""

import json
import os
import subprocess
import sys

from onrecord.cli.command import onrecord
from onrecord.cli.errors import run_to_exit_code


def typed(capsys, *arguments):
    """Run a verb on the test's own store; return its exit code and what it printed."""
    capsys.readouterr()
    words = [str(word) for word in arguments]
    code = run_to_exit_code(lambda: onrecord(words, prog_name="onrecord", standalone_mode=False))
    return code, capsys.readouterr().out


def answered(capsys, *arguments):
    """Run a verb on the test's own store; return its exit code and its JSON."""
    code, printed = typed(capsys, *arguments, "--json")
    return code, json.loads(printed)


def on_home(home, *arguments):
    """Run a verb on a home of its own, in a process of its own."""
    ours = ("ONRECORD_", "DJANGO_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    kept = {name: os.environ[name] for name in ("ONRECORD_PG_BIN",) if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *map(str, arguments)],
        env=clean | kept | {"ONRECORD_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
