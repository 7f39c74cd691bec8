"""What the pages of documents say."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.documents.selectors import LISTED, PageSeen
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.pagination.component import Pagination
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag
from onrecord.web.wording.dates import uk_moment
from onrecord.web.wording.numbers import counted, grouped

KINDS = {
    "pdf": "PDF", "png": "Picture (PNG)", "jpeg": "Picture (JPEG)", "gif": "Picture (GIF)",
    "tiff": "Picture (TIFF)", "webp": "Picture (WebP)", "bmp": "Picture (BMP)", "text": "Text",
    "csv": "Table (CSV)", "mail": "E-mail message", "zip": "Archive or workbook",
    "docx": "Word document", "markup": "Web page or other markup", "program": "Program",
    "ole": "Old Office document", "gzip": "Archive", "rtf": "Rich text",
}  # fmt: skip
SCANS = {
    "not_scanned": "Not scanned: no scanner is set up",
    "clean_by_scanner": "Called clean by the scanner",
    "quarantined": "Not called clean by the scanner",
}
STEPS = {
    "uploaded": "Uploaded", "scanned": "Scanner asked", "copied": "Viewing copy made",
    "not_copied": "No viewing copy", "quarantined": "Quarantined", "taken_out": "Original taken out",
    "redacted": "Redacted copy made",
}  # fmt: skip
_KILO = 1000


class DocumentSeen(Protocol):
    """What a page needs of a document."""

    reference: str
    title: str
    original_name: str
    kind: str
    media_type: str
    size: int
    sha256: str
    state: str
    why_not: str
    scan: str
    uploaded_by: str
    uploaded_at: datetime
    case_lineage: Any
    record_lineage: Any


class CopySeen(Protocol):
    """What a page needs of a viewing copy."""

    number: int
    is_redacted: bool
    note: str
    made_by: str
    made_at: datetime
    reason: str


class StepSeen(Protocol):
    """What a page needs of a step."""

    kind: str
    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class ListShown:
    """Everything that the list's template writes."""

    about: str
    about_href: str
    error: str
    sentence: str
    table: DataTable
    upload_href: str


@dataclass(frozen=True, slots=True)
class Copy:
    """One viewing copy, and the way to its first page."""

    label: str
    href: str
    note: str
    made: str


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """Everything that the document's template writes."""

    title: str
    reference: str
    tag: Tag
    why_not: str
    about: tuple[Line, ...]
    copies: tuple[Copy, ...]
    original_href: str
    scan_href: str
    redact_href: str
    steps: DataTable


@dataclass(frozen=True, slots=True)
class PageShown:
    """Everything that the template of one page writes."""

    title: str
    reference: str
    href: str
    place: str
    marks: tuple[Tag, ...]
    note: str
    picture: str
    paragraphs: tuple[str, ...]
    cite: str
    turning: Pagination


def list_shown(
    viewer: Viewer, found: Sequence[DocumentSeen], total: int, *, about: str, error: str = ""
) -> ListShown:
    """Return a list of documents: those of `about`, or those uploaded last."""
    query = f"?{urlencode({'about': about})}" if about and not error else ""
    said = counted(total, "document")
    if not about and total > LISTED:
        said = f"The {LISTED} uploaded last, of {grouped(total)}"
    name = "cases:case" if about.startswith("C-") else "people:person"
    return ListShown(
        about=about,
        about_href=reverse(name, args=[about]) if query and about[:2] in {"C-", "P-"} else "",
        error=error,
        sentence=f"{said}." if found else "",
        table=DataTable(
            caption=f"Documents of {about}" if about else "Documents, the last uploaded first",
            columns=columns("Document", "About", "Uploaded", "State"),
            rows=tuple(_row(document) for document in found),
            empty="No document is kept with this." if about else "No document is kept yet.",
        ),
        upload_href=f"{reverse('documents:upload')}{query}"
        if may(viewer, "document:upload")
        else "",
    )


def document_shown(
    viewer: Viewer, document: DocumentSeen, copies: Sequence[CopySeen], steps: Sequence[StepSeen],
    *, hide_names: bool,
) -> DocumentShown:  # fmt: skip
    """Return one document with its copies and steps, and what this viewer may do with it."""
    is_held = document.state == "quarantined"
    address = [document.reference]
    may_take = may(viewer, "document:take") and not is_held and not hide_names
    return DocumentShown(
        title=document.title,
        reference=document.reference,
        tag=_tag(document),
        why_not=document.why_not,
        about=tuple(_about(document, hide_names=hide_names)),
        copies=tuple(_copy(document, copy) for copy in copies if not hide_names),
        original_href=reverse("documents:original", args=address) if may_take else "",
        scan_href=reverse("documents:scan", args=address)
        if is_held and may(viewer, "document:scan")
        else "",
        redact_href=reverse("documents:redact", args=address)
        if copies and not hide_names and may(viewer, "document:redact")
        else "",
        steps=DataTable(
            caption="What happened to it, the first first",
            columns=columns("When", "What", "By", "Words"),
            rows=tuple(
                Row((Cell(uk_moment(step.at)), Cell(STEPS[step.kind]), Cell(step.by),
                     Cell("" if hide_names else step.words)))
                for step in steps
            ),
        ),
    )  # fmt: skip


def page_shown(seen: PageSeen) -> PageShown:
    """Return one page of a copy; the picture stands in the page itself, at no address of its own."""
    document, copy = seen.document, seen.copy
    marks = [Tag("Redacted copy", "yellow")] if copy.is_redacted else []
    if document.scan == "not_scanned":
        marks.append(Tag("Not scanned", "grey"))
    picture = base64.b64encode(seen.picture).decode() if seen.picture else ""
    return PageShown(
        title=document.title,
        reference=document.reference,
        href=reverse("documents:document", args=[document.reference]),
        place=f"Page {seen.number} of {seen.of}",
        marks=tuple(marks),
        note=copy.note,
        picture=f"data:image/png;base64,{picture}" if picture else "",
        paragraphs=tuple(line for line in seen.words.splitlines() if line.strip()),
        cite=f"document {document.reference}, page {seen.number}",
        turning=Pagination(
            seen.number, seen.number, seen.of, _page_href(seen, seen.number - 1),
            _page_href(seen, seen.number + 1), "this document",
        ),
    )  # fmt: skip


def _page_href(seen: PageSeen, number: int) -> str:
    if not 1 <= number <= seen.of:
        return ""
    return reverse("documents:page", args=[seen.document.reference, seen.copy.number, number])


def _row(document: DocumentSeen) -> Row:
    what, href = _thing(document)
    return Row(
        (
            Cell(document.title, href=reverse("documents:document", args=[document.reference]),
                 note=f"{KINDS.get(document.kind, 'Other')} · {document.reference}"),
            Cell(what, href=href),
            short(uk_moment(document.uploaded_at), note=f"by {document.uploaded_by}"),
            Cell("", tag=_tag(document)),
        )
    )  # fmt: skip


def _thing(document: DocumentSeen) -> tuple[str, str]:
    if document.case_lineage is not None:
        reference = public_reference("C", document.case_lineage)
        return reference, reverse("cases:case", args=[reference])
    reference = public_reference("P", document.record_lineage)
    return reference, reverse("people:person", args=[reference])


def _tag(document: DocumentSeen) -> Tag:
    if document.state == "quarantined":
        return Tag("Quarantined", "red")
    if document.state == "refused":
        return Tag("Kept, cannot be shown here", "yellow")
    if document.scan == "not_scanned":
        return Tag("Not scanned", "grey")
    return Tag("Sealed", "green")


def _about(document: DocumentSeen, *, hide_names: bool) -> list[Line]:
    what, href = _thing(document)
    return [
        Line("About", what, href=href),
        Line("Kind, by its content", KINDS.get(document.kind, "Other"), note=document.media_type),
        Line("Called", "Hidden" if hide_names else document.original_name,
             note="where it came from; its download is called by its reference"),
        Line("Size", _size(document.size)),
        Line("Scanner", SCANS[document.scan]),
        Line("Uploaded", uk_moment(document.uploaded_at), note=f"by {document.uploaded_by}"),
        Line("SHA-256 of the original", document.sha256),
    ]  # fmt: skip


def _size(size: int) -> str:
    if size < _KILO:
        return counted(size, "byte")
    if size < _KILO**2:
        return f"{size / _KILO:.0f} kB"
    return f"{size / _KILO**2:.1f} MB"


def _copy(document: DocumentSeen, copy: CopySeen) -> Copy:
    return Copy(
        label="Redacted copy" if copy.is_redacted else "The whole document",
        href=reverse("documents:page", args=[document.reference, copy.number, 1]),
        note=copy.note,
        made=f"made {uk_moment(copy.made_at)} by {copy.made_by}"
        + (f": {copy.reason}" if copy.reason else ""),
    )
