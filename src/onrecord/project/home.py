"""Where one installation keeps everything it has: data, secrets, logs.

A home is a folder. Two homes share nothing, so that a demonstration can be
thrown away, or a test run, without anybody wondering what else went with it.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.core.kernel.errors import UsageError

HOME_VARIABLE = "ONRECORD_HOME"
DATABASE_URL_VARIABLE = "ONRECORD_DATABASE_URL"

# One account may read what is in here. Others may pass through by name only
# where the database server has to run as another account (see `account.py`).
_PRIVATE = 0o700
_PASS_THROUGH = 0o711


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one installation, and the names of what is in it."""

    root: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's own files, owned by the account that the server runs as."""
        return self.root / "data"

    @property
    def run(self) -> Path:
        """Locks, leases and sockets: nothing that has to outlive a restart."""
        return self.root / "run"

    @property
    def secrets(self) -> Path:
        """Passwords and keys: one file, readable by its owner alone."""
        return self.root / "secrets.json"

    @property
    def logs(self) -> Path:
        """What the server and the served processes wrote, without personal values."""
        return self.root / "logs"

    @property
    def static(self) -> Path:
        """Styles and scripts under names made from their content, as they are served."""
        return self.root / "static"

    @property
    def snapshots(self) -> Path:
        """Immutable columnar copies, each with its manifest."""
        return self.root / "snapshots"

    @property
    def models(self) -> Path:
        """Linkage models, each a file with its card."""
        return self.root / "models"

    @property
    def imports(self) -> Path:
        """What import batches leave: reject files and reports."""
        return self.root / "imports"

    @property
    def documents(self) -> Path:
        """Sealed originals of what was uploaded, and the pictures made of them."""
        return self.root / "documents"

    @property
    def mark(self) -> str:
        """A short name for this home that no other home on the machine has."""
        return hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]

    def prepare(self) -> "Home":
        """Make the folders that are missing; return the home."""
        open_to_server = _PASS_THROUGH if os.geteuid() == 0 else _PRIVATE
        self.root.mkdir(parents=True, exist_ok=True)
        for folder, mode in (
            (self.root, open_to_server),
            (self.run, open_to_server),
            (self.logs, _PRIVATE),
            (self.static, _PRIVATE),
            (self.snapshots, _PRIVATE),
            (self.imports, _PRIVATE),
            (self.documents, _PRIVATE),
        ):
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)
        return self


def find_home(environ: Mapping[str, str] | None = None, *, current: Path | None = None) -> Home:
    """Return the home that is meant: named, else beside the checkout, else the user's.

    Raises:
        UsageError: ONRECORD_HOME names something that is not a folder.
    """
    environ = os.environ if environ is None else environ
    current = (current or Path.cwd()).resolve()
    if named := environ.get(HOME_VARIABLE):
        root = (current / Path(named).expanduser()).resolve()
        if root.exists() and not root.is_dir():
            raise UsageError(
                f"{HOME_VARIABLE} names {root}, which is not a folder.",
                next_step="Name a folder; it is made if it does not exist.",
            )
        return Home(root)
    if (current / ".onrecord").is_dir():
        return Home(current / ".onrecord")
    for folder in (current, *current.parents):
        if (folder / "bootstrap.py").is_file() and (folder / "src" / "onrecord").is_dir():
            return Home(folder / ".onrecord")
    shared = environ.get("XDG_DATA_HOME") or Path(environ.get("HOME", "~"), ".local", "share")
    return Home(Path(shared).expanduser().resolve() / "onrecord")
