"""Killed at any moment, an import leaves all or nothing, and a re-run completes it."""

import json
import os
import subprocess
import sys


def test_a_killed_import_leaves_all_or_nothing_and_can_be_completed(tmp_path):
    # A process of its own, with a home of its own: it kills and must not be this one.
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO", "ONRECORD_"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "assure", "kills", "--seed", "4", "--times", "3",
         "--out", str(tmp_path), "--json"],
        capture_output=True, text=True, env=ours, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["failures"] == []
    assert report["counts"]["kills"] == 3
    assert report["counts"]["left a whole batch"] + report["counts"]["left nothing"] == 3
    assert report["counts"]["completed by a re-run"] >= 3
