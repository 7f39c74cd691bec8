"""What a file is, by its content alone, and whether a viewing copy of it may be tried.

A claim in the file's name counts for nothing but suspicion: where name and content
differ, or content is two things at once, the file is kept and never opened here.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import puremagic

from onrecord.core.documents.naming import ending_of
from onrecord.core.kernel.errors import DataRejectedError

LARGEST = 100 * 2**20
"""The most bytes one document may have."""
LARGEST_TEXT = 5 * 2**20
_HEAD, _TAIL = 1 << 20, 1 << 16
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_MARKUP = re.compile(
    rb"<(script|html|svg|!doctype|!entity|\?xml|\?php|iframe|body|object)\b", re.IGNORECASE
)
_MAIL = re.compile(
    rb"(from|received|return-path|mime-version|date|subject|to|message-id|delivered-to|content-type)"
    rb"\s?:", re.IGNORECASE,
)  # fmt: skip

MEDIA = {
    "pdf": ("application/pdf", "pdf"), "png": ("image/png", "png"), "jpeg": ("image/jpeg", "jpg"),
    "gif": ("image/gif", "gif"), "tiff": ("image/tiff", "tif"), "webp": ("image/webp", "webp"),
    "bmp": ("image/bmp", "bmp"), "text": ("text/plain", "txt"), "csv": ("text/csv", "csv"),
    "mail": ("message/rfc822", "eml"), "zip": ("application/zip", "zip"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
}  # fmt: skip
"""What is told apart by name: its media type, and the ending of its download."""

IMAGES = frozenset({"png", "jpeg", "gif", "tiff", "webp", "bmp"})
_TEXTS = frozenset({"text", "csv", "mail"})
_CLAIMS = {
    "pdf": {"pdf"}, "png": {"png"}, "jpg": {"jpeg"}, "jpeg": {"jpeg"}, "gif": {"gif"},
    "tif": {"tiff"}, "tiff": {"tiff"}, "webp": {"webp"}, "bmp": {"bmp"}, "txt": {"text", "mail"},
    "csv": {"csv"}, "eml": {"mail"}, "docx": {"zip"}, "xlsx": {"zip"}, "docm": {"zip"},
    "zip": {"zip"}, "exe": {"program"}, "html": {"markup"}, "svg": {"markup"}, "xml": {"markup"},
    "js": {"markup"}, "doc": {"ole"}, "xls": {"ole"},
}  # fmt: skip
_SIGNATURES = (
    (b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"BM", "bmp"),
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0", "ole"),
    (b"MZ", "program"), (b"\x7fELF", "program"), (b"\x1f\x8b", "gzip"), (b"{\\rtf", "rtf"),
)  # fmt: skip
_ENDS = {"pdf": b"%%EOF", "png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9", "gif": b"\x3b"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was made of a file.

    Attributes:
        kind: what it is by content, such as `pdf`; `other` where we do not tell it apart.
        media_type: the same as a media type.
        ending: the ending its download gets.
        why_not: why no viewing copy is tried; empty if one is.
        is_quarantined: it carries a mark that scanners are tested with.
    """

    kind: str
    media_type: str
    ending: str
    why_not: str = ""
    is_quarantined: bool = False


def refuse_size(size: int) -> None:
    """Refuse a file that is empty or too large, before anything of it is kept.

    Raises:
        DataRejectedError: it has no bytes, or more than a document may have.
    """
    if size == 0:
        raise DataRejectedError(
            "The file is empty: it has 0 bytes.",
            next_step="Choose the file again, or ask for it again.",
        )
    if size > LARGEST:
        raise DataRejectedError(
            f"The file is larger than {LARGEST // 2**20} MB.",
            next_step="Split it, or scan it at a lower resolution.",
        )


def judge(path: Path, name: str) -> Judgement:
    """Tell what the file at `path`, once called `name`, is."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    kind = _kind(head, ending_of(name))
    media_type, ending = MEDIA.get(kind) or (_named_by_library(head), "bin")
    if _EICAR in head:
        return Judgement(
            kind,
            media_type,
            ending,
            "It carries a mark that scanners look for.",
            is_quarantined=True,
        )
    return Judgement(kind, media_type, ending, _why_not(kind, head, tail, size, ending_of(name)))


def _kind(head: bytes, claimed: str) -> str:
    for mark, kind in _SIGNATURES:
        if head.startswith(mark):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if not _is_text(head):
        return "other"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _MAIL.match(start):
        return "mail"
    if _MARKUP.search(head):
        return "markup"
    return "csv" if claimed == "csv" else "text"


def _is_text(head: bytes) -> bool:
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    return not _CONTROLS.search(head)


def _named_by_library(head: bytes) -> str:
    try:
        return puremagic.from_string(head[:4096], mime=True) or "application/octet-stream"
    except (puremagic.PureError, ValueError, IndexError, KeyError, UnicodeError):
        return "application/octet-stream"


def _why_not(kind: str, head: bytes, tail: bytes, size: int, claimed: str) -> str:
    if claimed in _CLAIMS and kind not in _CLAIMS[claimed]:
        return "Its name says it is one kind of file and its content is another."
    if kind in IMAGES | {"pdf"}:
        return _two_things(kind, head, tail)
    if kind == "zip":
        return "" if claimed == "docx" else "Archives and workbooks are kept, never opened here."
    if kind not in _TEXTS:
        return "Files of this kind are kept, never opened here."
    return "" if size <= LARGEST_TEXT else "It is more text than can be shown here."


def _two_things(kind: str, head: bytes, tail: bytes) -> str:
    """Say why a picture or PDF is not only that: it carries something else, or does not end."""
    if _MARKUP.search(head.replace(b"<?xpacket", b"").replace(b"<?xml", b"")):
        return "It is more than one kind of file at once."
    if kind == "gif" and head[6:8] in {b"/*", b"=1", b"=0", b"='", b'="'}:
        return "It is more than one kind of file at once."
    end = _ENDS.get(kind)
    if end is None:
        return ""
    found = tail.rstrip(b"\0\r\n \t").endswith(end)
    return "" if found else "It is cut short, or something else follows where it ends."
