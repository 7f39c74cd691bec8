"""An import that is killed leaves all of its batch or nothing of it, and a re-run completes it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli.assurances.reporting import Report
from onrecord.cli.benches.homes import a_home
from onrecord.cli.session import store
from onrecord.project.home import HOME_VARIABLE, Home

if TYPE_CHECKING:
    from onrecord.apps.intake.kills import Start

FULL = 50
_ROWS_A_ROUND = 400
"""A full run imports twenty thousand rows in each round; a short one fewer."""

_PROMISE = (
    "An import process killed (SIGKILL) at any moment leaves a whole batch on record or nothing of one,"
    " and running the same import again completes it, once."
)


def run(seed: int, times: int) -> Report:
    """Kill `times` imports of invented rows at moments drawn from `seed`."""
    report, rows = Report("kills", seed, _PROMISE), times * _ROWS_A_ROUND
    with a_home() as home, tempfile.TemporaryDirectory() as folder, store(Home(home)):
        from onrecord.apps.intake.kills import kill_imports

        for found in kill_imports(_starter(home), Path(folder), kills=times, seed=seed, rows=rows):
            report.counts = {
                "kills": found.kills, "left a whole batch": found.left_all, "left nothing": found.left_none,
                "ended before the kill": found.finished_first, "completed by a re-run": found.completed,
                "rows in each import": rows,
            }  # fmt: skip
            report.failures = found.half
            if found.completed != found.kills + found.finished_first:
                report.failures = [*found.half, "A re-run did not complete the batch, once."]
    return report


def _starter(home: Path) -> "Start":
    def start(description: Path, data: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "onrecord",
                "import",
                str(description),
                "--data",
                str(data),
                "--json",
            ],
            env=os.environ | {HOME_VARIABLE: str(home)},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    return start
