"""In CI a skipped test fails the run, unless it lacks data that was never shared."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"


@pytest.mark.parametrize(
    ("ci", "reason", "passes"),
    [
        ("true", "shared data absent: the Chicago extract", True),
        ("true", "not today", False),
        ("", "not today", True),
    ],
)
def test_only_absent_shared_data_excuses_a_skip_in_ci(tmp_path, ci, reason, passes):
    shutil.copy(CONFTEST, tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_it.py").write_text(
        "import pytest\n"
        f"@pytest.mark.skip(reason={reason!r})\n"
        "def test_skipped(): ...\n"
        "def test_passed(): ...\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider"]
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    plain.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        command, cwd=tmp_path, env=plain | {"CI": ci}, capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) is passes, done.stdout
    assert ("SKIP NOT ALLOWED" in done.stdout) is not passes
