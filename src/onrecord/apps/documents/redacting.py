"""Redaction: a further viewing copy as flat pictures; the sealed original is not touched."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.apps.access.policies import require
from onrecord.apps.documents.models import SEALED, CopyPage, Document, ViewingCopy
from onrecord.apps.documents.selectors import document_named
from onrecord.apps.documents.services import acting_on, write_step
from onrecord.core.documents.redacting import Box, Sheet, redact, require_sound
from onrecord.core.documents.shelf import DocumentShelf
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer


@dataclass(frozen=True, slots=True)
class NewRedaction:
    """What is to be blacked out, and why.

    Attributes:
        words: each blacked out wherever it stands, in whatever case.
        boxes: rectangles on pages.
        reason: why, kept with the copy; it must not repeat what is blacked out.
    """

    words: Sequence[str]
    boxes: Sequence[Box]
    reason: str


def make_redacted_copy(
    *, viewer: Viewer, shelf: DocumentShelf, reference: str, new: NewRedaction
) -> ViewingCopy:
    """Make a copy of every page as a flat picture, with words and rectangles blacked out.

    Nothing lies under the black: no words are kept with the copy, and the pictures are
    drawn anew. The words themselves are not recorded, only how many places there were.

    Raises:
        NotFoundError: there is no such document for this viewer.
        DataRejectedError: it has no copy, no reason is given, a word was found nowhere.
    """
    require(viewer, "document:redact")
    seen = document_named(viewer, reference, verb="document:redact")
    reason = new.reason.strip()
    if not reason:
        raise DataRejectedError("No reason was given.", next_step="Say why it is redacted.")
    if any(word.casefold() in reason.casefold() for word in new.words):
        raise DataRejectedError(
            "The reason repeats a word that is to be redacted.", next_step="Leave it out."
        )
    whole, sheets = _sheets(shelf, seen)
    require_sound(new.words, new.boxes, len(sheets))
    made = redact(sheets, new.words, new.boxes)
    pictures = [shelf.copies.keep([picture]).sha256 for picture in made.pictures]
    with acting_on(viewer, "document:redact", seen) as document:
        copy = ViewingCopy.objects.create(
            document=document, number=ViewingCopy.objects.filter(document=document).count() + 1,
            is_redacted=True, note=whole.note, made_by=viewer.name, reason=reason,
        )  # fmt: skip
        CopyPage.objects.bulk_create(
            CopyPage(copy=copy, number=sheet.number, picture=picture)
            for sheet, picture in zip(sheets, pictures, strict=True)
        )
        places = f"{sum(made.found)} places by words, {len(new.boxes)} rectangles"
        write_step(document, "redacted", viewer, f"Copy {copy.number}: {places}. {reason}")
    return copy


def _sheets(shelf: DocumentShelf, document: Document) -> tuple[ViewingCopy, list[Sheet]]:
    """Return the whole copy, and every page of it as it is to be redacted."""
    whole = ViewingCopy.objects.filter(document=document, is_redacted=False).first()
    if whole is None or document.state != SEALED:
        raise DataRejectedError(
            "This document has no copy to redact.", next_step="Ask for it in another form."
        )
    original = shelf.originals.path_of(document.sha256)
    is_pdf = document.kind == "pdf"
    if is_pdf:
        shelf.originals.read(document.sha256)
    return whole, [
        Sheet(
            page.number,
            pdf=str(original) if is_pdf else "",
            picture=str(shelf.copies.path_of(page.picture)) if page.picture and not is_pdf else "",
            words="" if page.picture or is_pdf else page.words,
        )
        for page in CopyPage.objects.filter(copy=whole).order_by("number")
    ]
