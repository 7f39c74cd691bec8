"""Archives and Word documents as somebody hostile makes them; for measuring alone."""

import io
import struct
import zipfile
from collections.abc import Sequence
from random import Random

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ENTRY = "word/document.xml"
_LINK_MODE = 0o120777 << 16
_DIRECTORY = b"PK\x01\x02"
_MEGA = 1 << 20
_DAY = (2026, 1, 1, 0, 0, 0)

type Entries = Sequence[tuple[str | zipfile.ZipInfo, bytes]]


def archive(entries: Entries, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, held in entries:
            entry = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, _DAY)
            made.writestr(entry, held, compress_type=method)
    return file.getvalue()


def document_xml(rng: Random, *, before: str = "", body: str = "") -> bytes:
    """Return the part of a Word document that holds its words."""
    words = f"<w:p><w:r><w:t>Nothing to see {rng.random()}{body}</w:t></w:r></w:p>"
    return f'{before}<w:document xmlns:w="{_WORD}"><w:body>{words}</w:body></w:document>'.encode()


def docx(rng: Random, more: Entries = ()) -> bytes:
    """Return a Word document with further entries in it."""
    return archive([(_ENTRY, document_xml(rng)), *more])


def docx_with_entity(rng: Random) -> bytes:
    """Return a Word document whose words are to be read from a file of the machine."""
    before = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return archive([(_ENTRY, document_xml(rng, before=before, body="&e;"))])


def docx_bomb(rng: Random) -> bytes:
    """Return a Word document that unpacks to sixty megabytes of nothing."""
    return archive([(_ENTRY, document_xml(rng) + b" " * (60 * _MEGA))])


def docx_same_name(rng: Random) -> bytes:
    """Return a Word document with its words in it twice, under one name."""
    held = docx(rng, [("word/documenX.xml", document_xml(rng, body="other words"))])
    return held.replace(b"word/documenX.xml", _ENTRY.encode())


def docx_overlapping(rng: Random) -> bytes:
    """Return a Word document in which a second entry lies over the first."""
    held = bytearray(docx(rng, [("word/a.xml", b"x" * 200)]))
    second = held.index(_DIRECTORY, held.index(_DIRECTORY) + 4)
    struct.pack_into("<I", held, second + 42, 0)
    return bytes(held)


def docx_with_link(rng: Random) -> bytes:
    """Return a Word document that holds a link to a file of the machine."""
    link = zipfile.ZipInfo("word/media/link")
    link.create_system, link.external_attr = 3, _LINK_MODE
    return docx(rng, [(link, b"/etc/passwd")])


def nested(rng: Random) -> bytes:
    """Return archives in archives, twelve deep."""
    held = archive([("a.txt", str(rng.random()).encode() * 1000)])
    for _ in range(12):
        held = archive([("again.zip", held)])
    return held
