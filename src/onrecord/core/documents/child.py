"""The confined child: turns one hostile file into pictures and plain text, or says why not.

Run by `confining`, never imported by anything that holds a secret. It limits
itself before it loads any library that reads the file.
"""

import ctypes
import json
import os
import resource
import sys
from pathlib import Path

_MEMORY, _SECONDS, _FILE = 256 * 2**20, 5, 20 * 2**20
_NO_NEW_PRIVILEGES = 38


def main(kind: str, source: str, folder: str) -> None:
    """Make the copy of `source` in `folder` and print what came of it, as JSON."""
    network = _without_network()
    _limit()
    try:
        said = _copy(kind, Path(source), Path(folder))
    except Exception:  # noqa: BLE001 - whatever a hostile file sets off, the answer is the same
        said = {"refused": "It is damaged, or not what it says it is."}
    sys.stdout.write(json.dumps({**said, "network": network}))
    sys.stdout.flush()


def _copy(kind: str, source: Path, folder: Path) -> dict[str, str]:
    from onrecord.core.documents import copying  # noqa: PLC0415 - only once limits hold

    return copying.copy(kind, source, folder)


def _without_network() -> str:
    """Leave the network, where the system allows an account to; say whether it did."""
    try:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    except (OSError, AttributeError):
        return "not cut off"
    return "none"


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, _FILE),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.umask(0o077)
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
