"""From the command to a page of the demonstration world, and the national snapshot."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from onrecord.cli.benches.homes import a_home, run
from onrecord.cli.benches.measuring import Result, at_most, timed
from onrecord.core.kernel.errors import OnrecordError

PORT = 8719
WAIT_SECONDS = 600


def measure() -> Iterator[Result]:
    """Time small and force from the command to an answered page; then the national cohort."""
    for scale, limit in (("small", 10), ("force", 60)):
        with a_home() as home:
            yield at_most(
                f"demo, {scale}, command to page",
                _to_a_page(home, scale),
                "s",
                limit,
                "empty home to HTTP 200",
            )
    yield from national()


def national() -> Iterator[Result]:
    """Write the national snapshot and time a cohort over it."""
    from onrecord.core.cohorts.loading import parse_definition, shipped_text
    from onrecord.core.cohorts.results import find_cohort
    from onrecord.core.snapshots.reading import open_snapshot
    from onrecord.core.timekeeping.views import View

    with a_home() as home:
        made = run(home, "demo", "--scale", "national", "--no-serve")
        definition = parse_definition(shipped_text("reported-review"))
        with timed() as seconds:
            snapshot = open_snapshot(Path(made["snapshot"]))
            result = find_cohort(snapshot, definition, View(snapshot.manifest.position))
        covered = f"{made['allegations']:,} allegations; {result.counts.items:,} items found; opening included"
        yield at_most("cohort, national snapshot", seconds(), "s", 10, covered)


def _to_a_page(home: Path, scale: str) -> float:
    command = [
        sys.executable,
        "-m",
        "onrecord",
        "demo",
        "--scale",
        scale,
        "--no-open",
        "--port",
        str(PORT),
    ]
    environment = os.environ | {"ONRECORD_HOME": str(home)}
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(f"http://127.0.0.1:{PORT}/account/sign-in"):
            if process.poll() is not None or time.perf_counter() - started > WAIT_SECONDS:
                raise OnrecordError(f"The demonstration ({scale}) did not come to a page.")
            time.sleep(0.1)
        return time.perf_counter() - started
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError):
        return False
