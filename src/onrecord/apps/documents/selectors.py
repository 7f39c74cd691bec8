"""Reads of documents. What is about something hidden from the viewer does not exist for them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from onrecord.apps.access.policies import reach
from onrecord.apps.access.selectors import kept_from, walls_around
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.documents.models import CopyPage, Document, DocumentStep, ViewingCopy
from onrecord.apps.people.reaching import cases_in_reach, records_in_reach
from onrecord.core.documents.shelf import DocumentShelf
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import is_public_reference, public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.permissions.table import Reach

LISTED = 50
"""The most documents that one list shows."""


@dataclass(frozen=True, slots=True)
class PageSeen:
    """One page of a viewing copy, ready to be looked at.

    Attributes:
        number, of: which page, of how many.
        picture: a PNG that was made here; none where the page has words alone.
    """

    document: Document
    copy: ViewingCopy
    number: int
    of: int
    words: str
    picture: bytes | None


def visible(viewer: Viewer, verb: str = "document:read") -> QuerySet[Document]:
    """Return every document that exists for this viewer and that `verb` reaches."""
    return Document.objects.filter(within(viewer, verb))


def documents_about(viewer: Viewer, kind: str, lineage: uuid.UUID) -> list[Document]:
    """Return the documents of a case, or about a person record, newest first; record the look."""
    about = Q(case_lineage=lineage) if kind == "case" else Q(record_lineage=lineage)
    prefix = "C" if kind == "case" else "P"
    record_consultation(
        viewer, "document:read", object_kind=kind, object_ref=public_reference(prefix, lineage)
    )
    return list(visible(viewer).filter(about).order_by("-uploaded_at", "-pk"))


def newest(viewer: Viewer) -> tuple[list[Document], int]:
    """Return the documents uploaded last, and how many there are; record the look."""
    seen = visible(viewer)
    record_consultation(viewer, "document:read", object_kind="documents", object_ref="newest")
    return list(seen.order_by("-uploaded_at", "-pk")[:LISTED]), seen.count()


def document_named(viewer: Viewer, reference: str, *, verb: str = "document:read") -> Document:
    """Return one document, and record the look, or that it was refused.

    Raises:
        NotFoundError: there is none, or none this viewer may see.
    """
    text = reference.strip().upper()
    is_reference = is_public_reference(text)
    found = visible(viewer, verb).filter(reference=text).first() if is_reference else None
    record_consultation(
        viewer, verb, object_kind="document", object_ref=text if is_reference else "malformed",
        was_refused=found is None,
    )  # fmt: skip
    if found is None:
        raise no_document()
    return found


def copies_of(document: Document) -> list[ViewingCopy]:
    """Return the viewing copies of a document, the first made first."""
    return list(ViewingCopy.objects.filter(document=document).order_by("number"))


def steps_of(document: Document) -> list[DocumentStep]:
    """Return everything that happened to a document, oldest first."""
    return list(DocumentStep.objects.filter(document=document))


def page_seen(
    viewer: Viewer, shelf: DocumentShelf, document: Document, *, copy: int, page: int
) -> PageSeen:
    """Return one page of a viewing copy, and record which page was looked at.

    Raises:
        NotFoundError: the document has no such copy, or the copy no such page.
    """
    made = ViewingCopy.objects.filter(document=document, number=copy).first()
    pages: Sequence[CopyPage] = (
        list(CopyPage.objects.filter(copy=made, number=page)) if made else []
    )
    if made is None or not pages:
        raise no_document()
    record_consultation(
        viewer, "document:read", object_kind="document page",
        object_ref=f"{document.reference} copy {copy} page {page}",
    )  # fmt: skip
    found = pages[0]
    return PageSeen(
        document=document, copy=made, number=page, of=CopyPage.objects.filter(copy=made).count(),
        words=found.words, picture=shelf.copies.read(found.picture) if found.picture else None,
    )  # fmt: skip


def no_document() -> NotFoundError:
    """Return the one answer for what is not there and for what is out of reach."""
    return NotFoundError(
        "There is no document by that reference, or none you may see.", next_step="Check it."
    )


def within(viewer: Viewer, verb: str) -> Q:
    """Return what of documents, or of files sought, is there for this viewer and `verb` reaches."""
    hidden = list(kept_from(viewer.eyes))
    seen = _reached(viewer, verb) & (Q(wall=None) | Q(wall__in=walls_around(viewer.eyes)))
    for about in ("lineage", "case_lineage", "record_lineage") if hidden else ():
        seen &= Q(**{about: None}) | ~Q(**{f"{about}__in": hidden})
    return seen


def _reached(viewer: Viewer, verb: str) -> Q:
    """Return how far the viewer's reach goes: everything, or what is of their circles."""
    far = reach(viewer, verb)
    if far is Reach.ALL:
        return Q()
    if far is not Reach.CIRCLE:
        return Q(pk__in=[])
    cases, records = cases_in_reach(viewer, verb), records_in_reach(viewer, verb)
    return Q(case_lineage__in=cases or []) | Q(case_lineage=None, record_lineage__in=records or [])
