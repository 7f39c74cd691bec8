"""Hostile files are kept as evidence and handled as the table says."""

import tempfile
from pathlib import Path

from onrecord.cli.assurances.reporting import Report
from onrecord.core.documents.measuring import Handled, handle

FULL = 100
_MOST_SECONDS, _MOST_MEMORY = 5.0, 256

_PROMISE = (
    "Hostile files of 16 kinds are made from the seed and uploaded to a store of their own, with no"
    " scanner set up. Each is handled as `core/documents/hostile.csv` says, a table that was"
    " committed before the first file was made: refused at the door, quarantined, kept without a"
    " copy, or kept with a copy of pictures and plain words. The first measurement"
    " found 203 of 207: four Word documents with overlapping entries were shown; their reader now"
    " refuses them. What is kept is byte for byte what"
    " came. No child that makes a copy holds more than 256 MB, and no file takes more than 5"
    " seconds. The corpus is by the same authors as the code; it holds no flaw of PDFium or"
    " Pillow that nobody has published, and says nothing about one. That no original is served"
    " inline is a test of the pages (`tests/pages/test_documents.py`)."
)


def run(seed: int, times: int) -> Report:
    """Handle at most `times` files of each variant in the table."""
    report = Report("documents", seed, _PROMISE)
    with tempfile.TemporaryDirectory(prefix="onrecord-hostile-") as folder:
        handled = handle(seed, Path(folder), most=times)
    report.counts = {
        "files": handled.files,
        "kinds": len(handled.kinds),
        "handled as the table says": handled.as_told,
        "kept, byte for byte": handled.kept_whole,
        "refused at the door": handled.refused,
        "slowest, seconds": round(handled.slowest, 2),
        "largest child, megabytes": handled.largest_child,
    }
    report.failures = [*handled.failures, *_limits(handled)]
    return report


def _limits(handled: Handled) -> list[str]:
    failures = []
    if handled.slowest > _MOST_SECONDS:
        failures.append(f"A file took {handled.slowest:.1f} seconds.")
    if handled.largest_child > _MOST_MEMORY:
        failures.append(f"A child held {handled.largest_child} MB.")
    return failures
