"""The one file of passwords and keys, made on first use and never printed."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.core.kernel.errors import OnrecordError
from onrecord.project.home import Home

_OWNER_ONLY = 0o600


def secret(home: Home, name: str) -> str:
    """Return the secret called `name`, drawing it at random the first time."""
    known = _read(home.secrets)
    if name in known:
        return known[name]
    with _exclusively(home):
        known = _read(home.secrets)
        if name not in known:
            known[name] = secrets.token_urlsafe(36)
            _write(home.secrets, known)
        return known[name]


def existing_secret(home: Home, name: str) -> str | None:
    """Return the secret called `name` if it was ever drawn, and draw nothing."""
    return _read(home.secrets).get(name)


def keep_secret(home: Home, name: str, value: str) -> None:
    """Store a secret that came from elsewhere, replacing any of that name."""
    with _exclusively(home):
        _write(home.secrets, _read(home.secrets) | {name: value})


def _read(path: Path) -> dict[str, str]:
    try:
        mode = path.stat().st_mode & 0o077
        if mode:
            raise OnrecordError(
                f"{path} can be read by other accounts.",
                next_step=f"Type: chmod 600 {path}   (and consider its passwords seen).",
            )
        stored: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return stored


def _write(path: Path, known: dict[str, str]) -> None:
    # Beside, then over: a reader sees the old file or the new one, whole.
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(known, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def _exclusively(home: Home) -> Iterator[None]:
    home.prepare()
    with (home.run / "secrets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
