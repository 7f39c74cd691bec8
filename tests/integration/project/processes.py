"""What processes there are, asked of the kernel."""

import contextlib
import os
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """One process, its parent, and how it was started."""

    pid: int
    parent: int
    command: str


def descendants(pid: int) -> list[Process]:
    """Return every process that `pid` started, and what those started."""
    everybody, found, parents = list(_processes()), [], {pid}
    while parents:
        children = [one for one in everybody if one.parent in parents]
        found += children
        parents = {one.pid for one in children}
    return found


def is_alive(process: Process) -> bool:
    """Tell whether it runs still; one that has ended and waits to be noticed does not."""
    return any(one.pid == process.pid and one.command == process.command for one in _processes())


def until(condition: Callable[[], object], patience: float = 90.0) -> object:
    """Wait until `condition` holds, and return what it returned."""
    deadline = time.monotonic() + patience
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise AssertionError("what was waited for did not happen")
        time.sleep(0.1)
    return found


def fetched(address: str) -> str:
    """Return the page at `address`, asked for until it is given."""

    def answer() -> str | None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=90) as given:  # noqa: S310 (ours)
            return given.read().decode()
        return None

    return str(until(answer))


def _processes() -> Iterator[Process]:
    if not Path("/proc/self/stat").exists():
        yield from _told_by_ps()
        return
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                # The name is in brackets and may hold anything; what follows it does not.
                status = (folder / "stat").read_text().rpartition(")")[2].split()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:  # it ended meanwhile
                continue
            if status[0] != "Z":
                yield Process(int(folder.name), int(status[1]), command)


def _told_by_ps() -> Iterator[Process]:
    asked = ["ps", "-A", "-o", "pid=,ppid=,command="]
    for line in subprocess.run(
        asked, capture_output=True, text=True, check=True
    ).stdout.splitlines():
        pid, parent, command = line.split(None, 2)
        if int(pid) != os.getpid():
            yield Process(int(pid), int(parent), command)
