"""Throw-away homes to measure in, and this very command run in them."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from onrecord.apps.settings.declared import LOOKS_A_MINUTE, SETTINGS
from onrecord.core.kernel.errors import OnrecordError

_PACE = SETTINGS[LOOKS_A_MINUTE].environment


@contextmanager
def a_home() -> Iterator[Path]:
    """Make an empty home, and leave nothing of it behind.

    What is measured or proved there asks faster than anybody reads, and is let.
    """
    os.environ[_PACE] = str(10**9)
    with tempfile.TemporaryDirectory(
        prefix="onrecord-bench-", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def run(home: Path, *arguments: str) -> dict[str, Any]:
    """Run a verb in `home` and return the JSON it prints.

    Raises:
        OnrecordError: the verb failed; nothing it took may be quoted as a figure.
    """
    command = [sys.executable, "-m", "onrecord", *arguments, "--json"]
    environment = os.environ | {"ONRECORD_HOME": str(home), "ONRECORD_REASON": "measuring"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OnrecordError(
            f"onrecord {arguments[0]} failed while being measured: {done.stderr[-500:]}"
        )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def largest_child_mb() -> float:
    """Return the most memory that any one finished child of this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def data_folder() -> Path | None:
    """Return where the shared data lies, if it is here."""
    named = os.environ.get("ONRECORD_DATA", "../shared/data")
    folder = Path(named).expanduser()
    return folder if (folder / "chicago_asof_2016").is_dir() else None
