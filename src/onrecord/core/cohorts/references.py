"""Public references by the hundred thousand, and back from one to what it stands for.

`P-4T7QX-2M9KB-H` is fifty bits of a lineage. Whoever holds the rows can go back:
lineages that begin with those bits lie between two bounds.
"""

import uuid
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute

from onrecord.core.kernel.ids import doubled, is_public_reference, weighed

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DOUBLED = np.array([doubled(number) for number in range(32)])
_CODES = np.frombuffer(_LETTERS.encode(), dtype=np.uint8)
_HELD_BACK = 78
"""Bits of a lineage that its reference leaves out."""
_SHIFTS = np.arange(45, -1, -5, dtype=np.uint64)


def references_of(prefix: str, lineages: pa.Array) -> pa.Array:
    """Return the public reference of each lineage, as `kernel.ids.public_reference` spells it."""
    octets = np.frombuffer(_bytes_of(lineages), dtype=np.uint8).reshape(len(lineages), 16)
    numbers = octets[:, :8].copy().view(">u8").ravel().astype(np.uint64) >> np.uint64(14)
    values = ((numbers[:, None] >> _SHIFTS) & np.uint64(31)).astype(np.int64)
    letters = _CODES[values]
    check = np.full(len(lineages), weighed(prefix))
    for column in values.T:
        check = _DOUBLED[check ^ column]
    columns = [
        np.full((len(lineages), 2), [ord(prefix), ord("-")], dtype=np.uint8),
        letters[:, :5],
        np.full((len(lineages), 1), ord("-"), dtype=np.uint8),
        letters[:, 5:],
        np.full((len(lineages), 1), ord("-"), dtype=np.uint8),
        _CODES[check][:, None],
    ]
    spelled = np.ascontiguousarray(np.hstack(columns)).view("S15").ravel()
    texts = pa.array(spelled.astype("U15"), pa.string())
    return pa.compute.if_else(lineages.is_valid(), texts, None)


def _bytes_of(lineages: pa.Array) -> bytes:
    storage = lineages.storage if isinstance(lineages, pa.ExtensionArray) else lineages
    filled = pa.compute.fill_null(storage.cast(pa.binary()), bytes(16))
    return b"".join(filled.to_pylist()) if len(filled) else b""


@dataclass(frozen=True, slots=True)
class ReferenceRange:
    """The lineages that a public reference can stand for: first and last."""

    prefix: str
    first: uuid.UUID
    last: uuid.UUID


def lineages_of(reference: str) -> ReferenceRange | None:
    """Return what `reference` can stand for, or nothing if it is no public reference."""
    text = reference.strip().upper()
    if not is_public_reference(text):
        return None
    prefix, *letters, _check = text.split("-")
    number = 0
    for letter in "".join(letters):
        number = number * 32 + _LETTERS.index(letter)
    first = number << _HELD_BACK
    last = first + (1 << _HELD_BACK) - 1
    return ReferenceRange(prefix, uuid.UUID(int=first), uuid.UUID(int=last))
