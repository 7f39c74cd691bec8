"""The account that the database server runs as, and what it may reach.

PostgreSQL refuses to run as root. As an ordinary user there is nothing to do;
as root the server drops to an account that owns nothing else, and then both its
programs and its files must lie where that account can get at them.
"""

import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

_PREFERRED = ("onrecord", "nobody")


class RunAs(TypedDict, total=False):
    """Keyword arguments for `subprocess` that drop to another account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """Who the server runs as."""

    uid: int
    gid: int
    is_other: bool

    def run_as(self) -> RunAs:
        """Return what `subprocess` needs to become this account; nothing if we are it."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_pass(self, path: Path) -> bool:
        """Whether every folder on the way to `path` lets this account through."""
        return not self.is_other or all(
            self._allowed(folder.stat(), stat.S_IXUSR) for folder in path.resolve().parents
        )

    def own(self, path: Path) -> None:
        """Give `path` to this account and to nobody else."""
        path.chmod(0o700)
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def _allowed(self, status: os.stat_result, wanted: int) -> bool:
        if status.st_uid == self.uid:
            return bool(status.st_mode & wanted)
        if status.st_gid == self.gid:
            return bool(status.st_mode & (wanted >> 3))
        return bool(status.st_mode & (wanted >> 6))


def server_account() -> Account:
    """Return ourselves, or an account with no powers when we are root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_other=False)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in _PREFERRED if name in known)
    return Account(entry.pw_uid, entry.pw_gid, is_other=True)


def readable_copy(sources: Sequence[Path], *, into: Path) -> Path:
    """Copy folders, side by side, to a place any account may read; once."""
    if not into.is_dir():
        into.parent.mkdir(parents=True, exist_ok=True)
        into.parent.chmod(0o755)
        beside = Path(tempfile.mkdtemp(dir=into.parent))
        for source in sources:
            shutil.copytree(source, beside / source.name, symlinks=True)
        for path in (beside, *beside.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        beside.replace(into)
    return into
