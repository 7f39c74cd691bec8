"""Checkpoints kept outside the store: what whoever owns the database cannot make anew.

A checkpoint is the size of the log and the root of its tree then. Kept on other
ground (another machine, a mailbox, a printed sheet) it shows later that the log
was rewritten or cut back.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from onrecord.core.kernel.errors import DataRejectedError, UsageError

FORMAT = "onrecord-checkpoint/1"
SUFFIX = ".checkpoint.json"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log of one store at one moment.

    Attributes:
        log: which log it is: the first leaf, in hexadecimal; empty for an empty log.
        size: how many positions it had.
        root: of the tree over them, in hexadecimal.
        at: when this was written down.
    """

    log: str
    size: int
    root: str
    at: str

    def text(self) -> str:
        """Return what is kept in a file."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=2) + "\n"


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint that was kept, or the one in a backup's manifest.

    Raises:
        UsageError: there is no such file.
        DataRejectedError: it is not a checkpoint.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        stored = stored.get("ledger", stored)
        return Checkpoint(
            str(stored["log"]), int(stored["size"]), str(stored["root"]), str(stored["at"])
        )
    except OSError:
        raise UsageError(f"{path} cannot be read.", next_step="Check its name.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DataRejectedError(f"{path} is not a checkpoint.") from None


def witnessed(checkpoints: Iterable[Checkpoint], *, log: str) -> Mapping[int, bytes]:
    """Return, by size, the roots that checkpoints of this log saw; those of other logs are left out."""
    return {
        kept.size: bytes.fromhex(kept.root) for kept in checkpoints if kept.log == log and kept.size
    }


def furthest(checkpoints: Iterable[Checkpoint], *, log: str) -> Checkpoint | None:
    """Return the checkpoint of this log that saw most of it."""
    return max(
        (kept for kept in checkpoints if kept.log == log), key=lambda c: c.size, default=None
    )
