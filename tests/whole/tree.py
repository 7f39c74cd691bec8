"""The files that are in the repository, and where they lie."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file that is in the repository and in this checkout."""
    # A checkout that belongs to somebody else is refused unless it is called safe.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())
    assert files
    return files


def name(path: Path) -> str:
    """Return a path as a person would type it from the root."""
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    """Return what a file says; nothing, if it is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""
