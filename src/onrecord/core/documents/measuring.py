"""What became of hostile files, held against the table that was written first."""

import hashlib
import resource
import time
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.core.documents.examining import Outcome, examine
from onrecord.core.documents.hostile import Hostile, corpus
from onrecord.core.documents.judging import refuse_size
from onrecord.core.documents.naming import readable_name
from onrecord.core.documents.store import SealedStore
from onrecord.core.kernel.errors import DataRejectedError

_WORDS = {Outcome.VIEWABLE: "viewable", Outcome.KEPT: "kept", Outcome.QUARANTINED: "quarantined"}
_LONGEST_NAME = 130


@dataclass(slots=True)
class Handled:
    """How a run went.

    Attributes:
        files: how many were made.
        as_told: of them, handled as the table says.
        kept_whole: kept, and byte for byte the same after they were examined.
        slowest: seconds from examination to outcome, of the slowest.
        largest_child: the most memory a child held, in megabytes.
        failures: one sentence for each that was not handled as it should be.
    """

    files: int = 0
    as_told: int = 0
    kept_whole: int = 0
    refused: int = 0
    slowest: float = 0.0
    largest_child: int = 0
    kinds: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)


def handle(seed: int, folder: Path, *, most: int) -> Handled:
    """Make the files of the table and upload each to a store in `folder`."""
    handled, store = Handled(), SealedStore(folder / "originals")
    for number, one in enumerate(corpus(seed, most=most), start=1):
        handled.files += 1
        handled.kinds.add(one.row.kind)
        label = f"file {number} ({one.row.kind}, {one.row.variant})"
        outcome = _handle(one, store, handled, label)
        if outcome == one.row.outcome:
            handled.as_told += 1
        else:
            handled.failures.append(f"{label}: {outcome}, where the table says {one.row.outcome}.")
    left = [path.name for path in folder.iterdir() if path.name != "originals"]
    if left:
        handled.failures.append(f"Something was written outside the store: {len(left)} files.")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    handled.largest_child = used // 1024
    return handled


def _handle(one: Hostile, store: SealedStore, handled: Handled, label: str) -> str:
    try:
        refuse_size(sum(map(len, one.pieces)))
    except DataRejectedError:
        handled.refused += 1
        return "refused"
    digest = hashlib.sha256()
    for piece in one.pieces:
        digest.update(piece)
    kept = store.keep(one.pieces)
    started = time.perf_counter()
    examined = examine(store.path_of(kept.sha256), one.name)
    handled.slowest = max(handled.slowest, time.perf_counter() - started)
    if kept.sha256 == digest.hexdigest() and store.read(kept.sha256):
        handled.kept_whole += 1
    else:
        handled.failures.append(f"{label}: what is kept is not what came.")
    if not _is_plain(readable_name(one.name)):
        handled.failures.append(f"{label}: its name is shown with marks in it.")
    if any(not _is_plain(page.text.replace("\n", "").replace("\t", ""), 10**9)
           for page in examined.copies.pages):  # fmt: skip
        handled.failures.append(f"{label}: its words are shown with control marks in them.")
    return _WORDS[examined.outcome]


def _is_plain(text: str, longest: int = _LONGEST_NAME) -> bool:
    has_marks = any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text)
    return len(text) <= longest and not has_marks
