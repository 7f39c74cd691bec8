"""Tell whether anything changed since an import: its files, its description, this code."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord import __version__
from onrecord.core.kernel import fact_columns

_BLOCK = 1 << 20


@cache
def code_version() -> str:
    """Return what stands for the code that turns files into facts: it changes when that does."""
    digest = hashlib.sha256(Path(fact_columns.__file__).read_bytes())
    for entry in sorted(files("onrecord.core.sources").iterdir(), key=lambda one: one.name):
        if entry.name.endswith((".py", ".json")):
            digest.update(entry.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:16]}"


def fingerprints(found: Mapping[str, list[Path]]) -> list[dict[str, Any]]:
    """Return name, size and SHA-256 of every file, by table."""
    return [
        {"table": table, "name": path.name, "bytes": path.stat().st_size, "sha256": _sha256(path)}
        for table, paths in found.items()
        for path in paths
    ]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
