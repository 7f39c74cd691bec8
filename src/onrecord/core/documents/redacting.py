"""What is to be blacked out of a document, and having it done by the confined child."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.core.documents.confining import run_child
from onrecord.core.kernel.errors import DataRejectedError

MOST_PAGES = 100
"""The most pages that are redacted at once."""
_AT_ONCE = 8
_SHORTEST = 2
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in per cent of its width and height from the top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to be redacted: of a PDF, or a picture made here, or plain words."""

    number: int
    pdf: str = ""
    picture: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Redacted:
    """What came of it: a flat picture a page, and in how many places each word was found."""

    pictures: tuple[bytes, ...]
    found: tuple[int, ...]


def require_sound(words: Sequence[str], boxes: Sequence[Box], pages: int) -> None:
    """Refuse a redaction that says nothing, or means a place that is not there.

    Raises:
        DataRejectedError: nothing is to be redacted, or a word or rectangle cannot be meant.
    """
    if not words and not boxes:
        raise DataRejectedError(
            "Nothing is to be redacted.", next_step="Enter words, or rectangles."
        )
    if any(len(word.strip()) < _SHORTEST for word in words):
        raise DataRejectedError(
            "A word to be redacted has at least two letters.", next_step="Use a rectangle instead."
        )
    for box in boxes:
        is_on_page = 0 <= box.left < box.right <= _WHOLE and 0 <= box.top < box.bottom <= _WHOLE
        if not is_on_page or not 1 <= box.page <= pages:
            raise DataRejectedError(
                f"A rectangle on page {box.page} is not on a page of this document.",
                next_step="Give left, top, right and bottom in per cent, from 0 to 100.",
            )
    if pages > MOST_PAGES:
        raise DataRejectedError(
            f"It has more than {MOST_PAGES} pages.", next_step="Split it and upload the parts."
        )


def redact(sheets: Sequence[Sheet], words: Sequence[str], boxes: Sequence[Box]) -> Redacted:
    """Return every page as a flat picture with words and rectangles blacked out.

    Raises:
        DataRejectedError: a word was found nowhere, or a page could not be made.
    """
    pictures: list[bytes] = []
    found = [0] * len(words)
    for first in range(0, len(sheets), _AT_ONCE):
        some = sheets[first : first + _AT_ONCE]
        made, times = _child(some, words, boxes)
        pictures += made
        found = [one + more for one, more in zip(found, times, strict=True)]
    for number, times_found in enumerate(found, start=1):
        if not times_found:
            raise DataRejectedError(
                f"Number {number} of the words was found on no page.",
                next_step="Check how it is written there; on a scanned page use a rectangle.",
            )
    return Redacted(tuple(pictures), tuple(found))


def _child(
    sheets: Sequence[Sheet], words: Sequence[str], boxes: Sequence[Box]
) -> tuple[list[bytes], list[int]]:
    plan: dict[str, Any] = {
        "words": list(words),
        "pages": [
            {
                "number": sheet.number, "pdf": sheet.pdf, "picture": sheet.picture,
                "words": sheet.words,
                "boxes": [(b.left, b.top, b.right, b.bottom) for b in boxes
                          if b.page == sheet.number],
            }
            for sheet in sheets
        ],
    }  # fmt: skip
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(plan, file)
        file.flush()
        said, pages = run_child(Path(file.name), "redact")
    made = [page.picture for page in pages if page.picture is not None]
    if len(made) != len(sheets) or "found" not in said:
        raise DataRejectedError(
            str(said.get("refused") or "A page could not be redacted within the limits.")[:200],
            next_step="Use a rectangle over the place, or redact fewer pages.",
        )
    return made, [int(times) for times in json.loads(said["found"])]
