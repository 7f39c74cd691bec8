"""The token of a sign-in at the terminal: kept in the home, readable by its owner alone."""

import os
from pathlib import Path

from onrecord.project.home import find_home

_NAME = "signed-in"


def token_kept() -> str:
    """Return the token of this home's sign-in; empty if nobody signed in."""
    path = _path()
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


def keep_token(token: str) -> None:
    """Keep the token where only the owner of the home can read it."""
    path = _path()
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(token)


def forget_token() -> None:
    """Leave no token behind."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return find_home().root / _NAME
