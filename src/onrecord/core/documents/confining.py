"""Have a viewing copy made by a limited child, and believe little it says.

The child gets an empty environment, a folder of its own and hard limits on memory,
time and file size; where the system allows, it also has no network. It still runs
as the same account, so it could read what that account can. Whatever goes wrong in it,
the file stays kept and has no copy.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import onrecord

WALL_CLOCK = 10
"""Seconds after which the child is ended."""
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from onrecord.core.documents.child import main; main(*sys.argv[2:])"
)
_MOST_PAGES, _MOST_TEXT, _MOST_PICTURE = 500, 200_000, 20 * 2**20
_FAILED = "A viewing copy could not be made within the limits."


@dataclass(frozen=True, slots=True)
class CopiedPage:
    """One page of a viewing copy: its text, and a picture where the kind has pages to picture."""

    number: int
    text: str
    picture: bytes | None


@dataclass(frozen=True, slots=True)
class Copies:
    """What came of trying.

    Attributes:
        pages: the pages, in order; none if it was refused.
        why_not: why there is no copy; empty if there is one.
        note: what the copy leaves out, in words.
        kind: what the child found it to be, where it knows better.
        has_no_network: whether the child could be cut off from the network.
    """

    pages: tuple[CopiedPage, ...] = ()
    why_not: str = ""
    note: str = ""
    kind: str = ""
    has_no_network: bool = False


def make_copies(path: Path, kind: str) -> Copies:
    """Return a viewing copy of the file at `path`, or why there is none."""
    said, pages = run_child(path, kind)
    cut_off = said.get("network") == "none"
    if said.get("refused"):
        return Copies(why_not=str(said["refused"])[:200], has_no_network=cut_off)
    if not pages:
        return Copies(why_not=_FAILED, has_no_network=cut_off)
    return Copies(pages, "", str(said.get("note", ""))[:200], str(said.get("kind", "")), cut_off)


def run_child(path: Path, kind: str) -> tuple[dict[str, str], tuple[CopiedPage, ...]]:
    """Return what a limited child said of `path`, nothing if it failed, and the pages it made."""
    with _folder() as folder:
        said = _run(path, kind, folder)
        if said is None or said.get("refused"):
            return said or {}, ()
        return said, tuple(_pages(folder))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="onrecord-copy-") as name:
        yield Path(name)


def _run(path: Path, kind: str, folder: Path) -> dict[str, str] | None:
    source = str(Path(onrecord.__file__).resolve().parents[1])
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START, source, kind, str(path), str(folder)],
            env={}, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=WALL_CLOCK, check=False, start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    try:
        said = json.loads(done.stdout[:10_000])
    except ValueError:
        return None
    return said if done.returncode == 0 and isinstance(said, dict) else None


def _pages(folder: Path) -> Iterator[CopiedPage]:
    for number in range(1, _MOST_PAGES + 1):
        text, picture = folder / f"{number}.txt", folder / f"{number}.png"
        if not text.is_file() or text.is_symlink():
            return
        yield CopiedPage(number, _text(text), _picture(picture))


def _text(path: Path) -> str:
    with path.open("rb") as file:
        found = file.read(_MOST_TEXT).decode("utf-8", "replace")
    return "".join(letter for letter in found if letter >= " " or letter in "\n\t")


def _picture(path: Path) -> bytes | None:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_PICTURE:
        return None
    found = path.read_bytes()
    return found if found.startswith(b"\x89PNG\r\n\x1a\n") else None
