r"""The canonical form: one string of bytes for one set of values, and no other.

A value that is absent is left out, so that a column added later changes nothing
written before it. Every other value is one field, in the order of the fields'
names:

    name=LENGTH:VALUE\n

where LENGTH counts the bytes of VALUE in UTF-8. Because lengths are written
down no value can be mistaken for the edge of another, and the form can be made
with `concat` alone in PostgreSQL, DuckDB or a short script by somebody who does
not trust us.

A fact's canonical form is its header (`version_fields`) followed by its content
(`content_fields`). Two imports of one unchanged row have the same content even
where the second release is dated later.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

type Value = str | int | bool | date | Decimal | UUID | None

VERSION_FIELDS = ("change", "gone", "known_basis", "known_on", "known_rule")
"""Fields that say which version this is; the rest say what it says."""

LEAF_PREFIX = b"\x00"
SALT_BYTES = 16


def text_of(value: Value) -> str | None:
    """Return the one spelling of `value`: ISO dates, `true`/`false`, money with two places."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:.2f}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def field(name: str, value: Value) -> bytes:
    """Return one field, or nothing when the value is absent."""
    text = text_of(value)
    if text is None:
        return b""
    octets = text.encode()
    return b"%s=%d:%s\n" % (name.encode(), len(octets), octets)


def fields(values: Mapping[str, Value]) -> bytes:
    """Return every field of `values`, in the order of their names."""
    return b"".join(field(name, values[name]) for name in sorted(values))


def fact_content(kind: str, values: Mapping[str, Value]) -> bytes:
    """Return what a fact says: kind, holder, lineage, times, references, columns.

    `values` holds `holder` as `ORGANISATION:SYSTEM` (a number would mean nothing
    outside one installation) and every content column; version fields are ignored.
    """
    content = {name: value for name, value in values.items() if name not in VERSION_FIELDS}
    return fields({"kind": kind, **content})


def fact_version(values: Mapping[str, Value]) -> bytes:
    """Return which version of the fact it is: the change, and when and how it was known."""
    return fields({name: values.get(name) for name in VERSION_FIELDS})


def fact_leaf(salt: bytes, kind: str, values: Mapping[str, Value]) -> bytes:
    """Return the commitment to a fact: a leaf that tells nothing without its salt."""
    return leaf_hash(salt + fact_version(values) + fact_content(kind, values))


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf (RFC 9162 §2.1.1)."""
    return hashlib.sha256(LEAF_PREFIX + data).digest()
