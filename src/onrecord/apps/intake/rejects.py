"""Write the rejects file: for the person who has the source, never with protected values."""

import csv
import os
from dataclasses import astuple, fields
from pathlib import Path

from onrecord.core.sources.rejecting import Reject, rejects
from onrecord.core.sources.staging import Staged
from onrecord.core.sources.workbench import Workbench

_OWNER_ONLY = 0o600


def write_rejects(
    bench: Workbench, staged: dict[str, Staged], imports: Path, reference: str
) -> Path | None:
    """Write what was wrong with rows beside the other imports; return the file, or none if all was well."""
    found = rejects(bench, staged)
    first = next(found, None)
    if first is None:
        return None
    path = imports / f"rejects-{bench.description.name}-{reference}.csv"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([one.name for one in fields(Reject)])
        writer.writerow(astuple(first))
        writer.writerows(astuple(one) for one in found)
    return path
