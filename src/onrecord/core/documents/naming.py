"""What a file was called where it came from: kept to be read, never used as a name."""

import re
import unicodedata

_LONGEST = 120
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_SAFE_ENDING = re.compile(r"\.([a-z0-9]{1,5})$")


def readable_name(name: str) -> str:
    """Return a file's name so that it can be shown: no folders, no control or direction marks."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(
        letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"}
    )
    plain = " ".join(plain.split()).strip(". ")
    if _RESERVED.match(plain):
        plain = f"file {plain}"
    if len(plain) > _LONGEST:
        ending = plain[-10:] if "." in plain[-6:] else ""
        plain = plain[: _LONGEST - len(ending) - 1] + "…" + ending
    return plain or "a file without a name"


def ending_of(name: str) -> str:
    """Return what a file's name claims it to be, such as `pdf`; empty where it claims nothing."""
    found = _SAFE_ENDING.search(readable_name(name).lower())
    return found[1] if found else ""
