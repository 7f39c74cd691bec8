"""The only writers of documents: each act leaves a step that nobody can change, and an event."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from onrecord.apps.access.models import Wall
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import walls_around
from onrecord.apps.audit.services import recording
from onrecord.apps.documents.models import (
    QUARANTINED,
    REFUSED,
    SEALED,
    CopyPage,
    Document,
    DocumentStep,
    ViewingCopy,
)
from onrecord.apps.documents.selectors import document_named, no_document, visible
from onrecord.apps.people.reaching import reaches_case, reaches_person
from onrecord.apps.work.policies import require_plain_title
from onrecord.core.documents.confining import Copies
from onrecord.core.documents.examining import Examined, Outcome, examine
from onrecord.core.documents.judging import refuse_size
from onrecord.core.documents.naming import readable_name
from onrecord.core.documents.scanning import Scan, scan
from onrecord.core.documents.shelf import DocumentShelf
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.ids import new_lineage, public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

_STATES = {Outcome.VIEWABLE: SEALED, Outcome.KEPT: REFUSED, Outcome.QUARANTINED: QUARANTINED}
_SCANNED = {
    Scan.NOT_SCANNED: "No scanner is set up: not scanned.",
    Scan.CLEAN: "The scanner called it clean.",
    Scan.QUARANTINED: "The scanner did not call it clean, or did not answer.",
}


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file that is offered.

    Attributes:
        title: what it is, in words that name nobody.
        name: what it is called where it comes from.
        pieces: its bytes.
        size: how many there are.
        case_lineage, record_lineage: the case, or the person record, it is about.
        wall: the wall behind which it is kept, if any.
    """

    title: str
    name: str
    pieces: Iterable[bytes]
    size: int
    case_lineage: uuid.UUID | None = None
    record_lineage: uuid.UUID | None = None
    wall: Wall | None = None


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was made of a kept file."""

    scan: Scan
    examined: Examined

    @property
    def state(self) -> str:
        return QUARANTINED if self.scan is Scan.QUARANTINED else _STATES[self.examined.outcome]


def upload(*, viewer: Viewer, shelf: DocumentShelf, new: NewDocument) -> Document:
    """Seal a file, and have a copy made to be looked at where that may be tried.

    Raises:
        DataRejectedError: it is empty or too large, is kept with the case already, or its
            title gives somebody away.
        NotFoundError: what it is about is not there for this viewer.
    """
    require(viewer, "document:upload")
    require_plain_title(new.title)
    refuse_size(new.size)
    _require_reach(viewer, new)
    kept = shelf.originals.keep(new.pieces)
    refuse_size(kept.size)
    _refuse_twice(viewer, new, kept.sha256)
    looked = _look(shelf, kept.sha256, new.name)
    pictures = _pictures(shelf, looked.examined.copies)
    lineage = new_lineage()
    document = Document(
        lineage=lineage, reference=public_reference("D", lineage), title=new.title.strip(),
        original_name=readable_name(new.name), organisation_code=viewer.organisation_code,
        case_lineage=new.case_lineage, record_lineage=new.record_lineage, sha256=kept.sha256,
        size=kept.size, uploaded_by=viewer.name, wall=new.wall,
    )  # fmt: skip
    with recording(
        actor_of(viewer), "document:upload", object_kind="document", object_ref=document.reference,
        reason=viewer.reason, stream=new.case_lineage or new.record_lineage,
    ) as rec:  # fmt: skip
        rec.describe(sha256=kept.sha256, size=kept.size)
        _settle(document, looked)
        document.save(force_insert=True)
        write_step(document, "uploaded", viewer, document.original_name)
        _write_outcome(document, viewer, looked, pictures)
    return document


def scan_again(*, viewer: Viewer, shelf: DocumentShelf, reference: str) -> Document:
    """Show a quarantined document to the scanner once more; it leaves quarantine if called clean.

    Raises:
        NotFoundError: there is no such document for this viewer.
        DataRejectedError: it is not in quarantine.
    """
    require(viewer, "document:scan")
    seen = document_named(viewer, reference, verb="document:scan")
    if seen.state != QUARANTINED:
        raise _not_in_quarantine()
    shelf.originals.read(seen.sha256)
    looked = _look(shelf, seen.sha256, seen.original_name)
    pictures = _pictures(shelf, looked.examined.copies)
    with acting_on(viewer, "document:scan", seen) as document:
        if document.state != QUARANTINED:
            raise _not_in_quarantine()
        _settle(document, looked)
        document.save()
        _write_outcome(document, viewer, looked, pictures)
    return document


def take_out(*, viewer: Viewer, shelf: DocumentShelf, reference: str) -> tuple[Document, bytes]:
    """Hand over the sealed original, byte for byte as it was uploaded; a disclosure, recorded.

    Raises:
        NotFoundError: there is no such document for this viewer.
        DataRejectedError: it is in quarantine.
        VerificationFailedError: what lies in the store is not what was uploaded.
    """
    require(viewer, "document:take")
    seen = document_named(viewer, reference, verb="document:take")
    with acting_on(viewer, "document:take", seen) as document:
        if document.state == QUARANTINED:
            raise DataRejectedError(
                "This document is in quarantine: it is handed to nobody.",
                next_step="Have it scanned again.",
            )
        found = shelf.originals.read(document.sha256)
        write_step(document, "taken_out", viewer, viewer.reason)
    return document, found


@contextmanager
def acting_on(viewer: Viewer, verb: str, seen: Document) -> Iterator[Document]:
    """Hold a document that the viewer was shown to see, for one recorded act."""
    with recording(
        actor_of(viewer), verb, object_kind="document", object_ref=seen.reference,
        reason=viewer.reason, stream=seen.case_lineage or seen.record_lineage,
    ):  # fmt: skip
        yield Document.objects.select_for_update().get(pk=seen.pk)


def _not_in_quarantine() -> DataRejectedError:
    return DataRejectedError("This document is not in quarantine.", next_step="Open it.")


def _require_reach(viewer: Viewer, new: NewDocument) -> None:
    """Refuse a document about nothing, or about what is not there for this viewer."""
    about = (new.case_lineage, new.record_lineage)
    if about == (None, None):
        raise DataRejectedError(
            "A document belongs to a case or a person.", next_step="Enter the reference of one."
        )
    case, record = about
    is_reached = (case is None or reaches_case(viewer, "document:upload", case)) and (
        record is None or reaches_person(viewer, "document:upload", [record])
    )
    if not is_reached or (new.wall is not None and new.wall.pk not in walls_around(viewer.eyes)):
        raise no_document()


def _refuse_twice(viewer: Viewer, new: NewDocument, sha256: str) -> None:
    """Refuse what the viewer can see is kept already; what they cannot see is kept once more."""
    same = visible(viewer).filter(
        sha256=sha256, case_lineage=new.case_lineage, record_lineage=new.record_lineage
    )
    if (found := same.first()) is not None:
        raise DataRejectedError(
            f"The same file is kept here already, as {found.reference}.", next_step="Open that one."
        )


def _look(shelf: DocumentShelf, sha256: str, name: str) -> _Looked:
    path = shelf.originals.path_of(sha256)
    answer = scan(path, shelf.scanner)
    return _Looked(answer, examine(path, name, may_open=answer is not Scan.QUARANTINED))


def _pictures(shelf: DocumentShelf, copies: Copies) -> list[str]:
    """Keep the pictures of a copy, and return the hash of each page's, empty where it has none."""
    return [
        shelf.copies.keep([page.picture]).sha256 if page.picture else "" for page in copies.pages
    ]


def _settle(document: Document, looked: _Looked) -> None:
    judged = looked.examined.judgement
    document.kind, document.media_type, document.ending = (
        judged.kind, judged.media_type, judged.ending,
    )  # fmt: skip
    document.state, document.scan = looked.state, looked.scan.value
    document.why_not = (
        _SCANNED[looked.scan] if looked.scan is Scan.QUARANTINED else looked.examined.copies.why_not
    )


def _write_outcome(
    document: Document, viewer: Viewer, looked: _Looked, pictures: list[str]
) -> None:
    """Write the copy that was made, if one was, and a step for each thing that came of it."""
    write_step(document, "scanned", viewer, _SCANNED[looked.scan])
    copies = looked.examined.copies
    if document.state == QUARANTINED:
        write_step(document, "quarantined", viewer, document.why_not)
    elif document.state == REFUSED:
        write_step(document, "not_copied", viewer, document.why_not)
    else:
        copy = ViewingCopy.objects.create(
            document=document, number=1, note=copies.note, made_by=viewer.name
        )
        CopyPage.objects.bulk_create(
            CopyPage(copy=copy, number=page.number, words=page.text, picture=picture)
            for page, picture in zip(copies.pages, pictures, strict=True)
        )
        write_step(document, "copied", viewer, copies.note)


def write_step(document: Document, kind: str, viewer: Viewer, words: str) -> None:
    """Write down that something happened to a document; within a recorded act alone."""
    DocumentStep.objects.create(document=document, kind=kind, by=viewer.name, words=words)
