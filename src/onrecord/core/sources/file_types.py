"""Tell what a file is by its first bytes, before believing its name."""

from pathlib import Path

from onrecord.core.sources.rows import refused

_SIGNS = (
    (b"%PDF", "a PDF document"),
    (b"PAR1", "a Parquet file"),
    (b"PK\x03\x04", "a workbook or zip archive"),
    (b"\x1f\x8b", "a gzip-compressed file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.xls or .doc)"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a rich-text document"),
    (b"<html", "a web page"),
    (b"<!DOCTYPE", "a web page"),
)
_WANTED = {
    "csv": None,
    "csv.gz": "a gzip-compressed file",
    "xlsx": "a workbook or zip archive",
    "parquet": "a Parquet file",
}
_SPOKEN = {
    "csv": "a text file of rows (CSV)",
    "csv.gz": "a gzip-compressed CSV",
    "xlsx": "a workbook (.xlsx)",
    "parquet": "a Parquet file",
}


def check_type(path: Path, format_: str) -> None:
    """Refuse a file that is empty, or is something other than it is described to be.

    Raises:
        DataRejectedError: with what the file really is, as far as can be told.
    """
    with path.open("rb") as file:
        start = file.read(64)
    if not start:
        raise refused(
            path.name,
            "the file is empty (0 bytes).",
            "Ask for it again: it was probably cut off on its way.",
        )
    found = next(
        (name for sign, name in _SIGNS if start.lstrip().lower().startswith(sign.lower())), None
    )
    if found != _WANTED[format_]:
        raise refused(
            path.name,
            f"this is {found or 'not ' + _SPOKEN[format_]}, and the description says {_SPOKEN[format_]}.",
            "Get the right file, or say its format in the description.",
        )
