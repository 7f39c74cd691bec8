"""Who is using a shared thing, told by locks that die with their holder.

Each user holds a shared lock on one file. Whoever leaves and can turn its lock
into an exclusive one was the last. The kernel drops the locks of a killed
process, so no file has to be tidied up and no process id has to be believed.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Lease:
    """One user's hold on the thing that `path` stands for."""

    def __init__(self, path: Path) -> None:
        """Take a shared hold; any number of users may have one."""
        self._file: IO[bytes] = path.open("ab")
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Let go; return whether nobody else holds it.

        Call this inside `one_at_a_time`, or a newcomer may arrive between the
        answer and what is done about it.
        """
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            return True
        finally:
            self._file.close()


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Wait for everybody else inside this block to come out, then go in."""
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
