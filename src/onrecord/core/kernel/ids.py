"""Identifiers: computed where a thing has a source key, drawn where it has not.

A lineage that came from a source is computed from that source's own key, so
that foreign keys need no look-up, two files about one thing agree, and a
re-import finds what it wrote. SHA-256 rather than MD5, because the people a
record is about may be able to choose keys.
"""

import hashlib
import uuid

LINEAGE_SEPARATOR = "\x1f"
"""Stands between the parts of a key; refused inside them at import."""

_REFERENCE_LETTERS = 10
_CHECK = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def lineage_of(holder: str, kind: str, *key: str) -> uuid.UUID:
    """Return the lineage of the thing that `holder` knows by `key`.

    `holder` is `ORGANISATION:SYSTEM`. The same computation exists in DuckDB SQL
    (`core.sources.compiling`); a test holds the two equal.
    """
    text = LINEAGE_SEPARATOR.join((holder, kind, *key))
    return uuid.UUID(hashlib.sha256(text.encode()).hexdigest()[:32])


def new_lineage() -> uuid.UUID:
    """Return a lineage for a thing first recorded here, by hand."""
    return uuid.uuid4()


def public_reference(prefix: str, lineage: uuid.UUID) -> str:
    """Return what a person types for this thing: `P-4T7QX-2M9KB-H`, check letter last.

    Fifty bits of the lineage in letters that are not mistaken for each other.
    Unlike a row number it says nothing about how many there are, or which came first.
    """
    number = lineage.int >> 78
    letters = "".join(_CHECK[(number >> shift) & 31] for shift in range(45, -1, -5))
    return f"{prefix}-{letters[:5]}-{letters[5:]}-{check_letter(prefix + letters)}"


def check_letter(text: str) -> str:
    """Return the letter that catches any one mistyped and any two neighbouring swapped characters.

    Letters are numbers of the field of 32 elements, each weighed by another power of
    two. A sum modulo 31 would take some letters for others, 1 for P among them.
    """
    return _CHECK[weighed(text)]


def weighed(text: str) -> int:
    """Return the number of the check letter of `text`."""
    total = 0
    for letter in text:
        total = doubled(total ^ (_CHECK.index(letter) if letter in _CHECK else ord(letter) & 31))
    return total


def doubled(number: int) -> int:
    """Double in the field of 32 elements, made by the polynomial x⁵ + x² + 1."""
    return (number << 1) ^ (0b100101 if number & 16 else 0)


def is_public_reference(text: str) -> bool:
    """Tell whether `text` is a well-formed public reference, check letter included."""
    prefix, _, rest = text.strip().upper().partition("-")
    letters, _, check = rest.rpartition("-")
    joined = letters.replace("-", "")
    return (
        len(joined) == _REFERENCE_LETTERS
        and set(joined) <= set(_CHECK)
        and check == check_letter(prefix + joined)
    )
