"""How each kind of file becomes pictures and plain text. Runs in the confined child alone."""

import time
import zipfile
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default as mail_rules
from itertools import pairwise
from pathlib import Path

_PICTURE_SECONDS = 3.0
_MOST_PAGES = 500
_PAGE = 3000
_LINK = 0xA
_HEADER = 30
"""Bytes that stand before an entry at least."""
_MOST_PIXELS = 40_000_000
_WIDEST = 1600
_MOST_ENTRIES, _MOST_UNPACKED, _MOST_PARTS = 2000, 50 * 2**20, 200

type Said = dict[str, str]


def copy(kind: str, source: Path, folder: Path) -> Said:
    """Write `1.txt`, `1.png`, … into `folder`; return a note, or why it was refused."""
    makers: dict[str, Callable[[Path, Path], Said]] = {
        "pdf": _pdf, "text": _text, "csv": _text, "mail": _mail, "zip": _docx,
        "redact": _redact,
    }  # fmt: skip
    return makers.get(kind, _picture)(source, folder)


def _redact(plan: Path, folder: Path) -> Said:
    from onrecord.core.documents.blacking import black  # noqa: PLC0415 - as below

    return black(plan, folder)


def _pdf(source: Path, folder: Path) -> Said:
    import pypdfium2  # noqa: PLC0415 - each kind loads only what it needs

    document = pypdfium2.PdfDocument(source)
    pictured = 0
    for number in range(1, min(len(document), _MOST_PAGES) + 1):
        page = document[number - 1]
        words = page.get_textpage().get_text_range()
        (folder / f"{number}.txt").write_text(
            words[: _WIDEST * 100], encoding="utf-8", errors="replace"
        )
        if time.process_time() < _PICTURE_SECONDS and pictured == number - 1:
            width = max(page.get_size())
            image = page.render(scale=min(2.0, _WIDEST / max(width, 1.0))).to_pil()
            image.convert("RGB").save(folder / f"{number}.png")
            pictured = number
    whole = pictured == len(document)
    note = "" if whole else f"Pictures of the first {pictured} of {len(document)} pages."
    return {"note": note}


def _picture(source: Path, folder: Path) -> Said:
    from PIL import Image  # noqa: PLC0415 - each kind loads only what it needs

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with Image.open(source, formats=("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")) as image:
        if image.width * image.height > _MOST_PIXELS:
            return {"refused": "The picture has more points than can be shown here."}
        frames = getattr(image, "n_frames", 1)
        image.draft("RGB", (_WIDEST, _WIDEST))
        image.load()
        image.thumbnail((_WIDEST, _WIDEST))
        shown = image.convert("RGB")
    shown.save(folder / "1.png")
    (folder / "1.txt").write_text("", encoding="utf-8")
    return {"note": "" if frames == 1 else f"The first of {frames} pictures."}


def _text(source: Path, folder: Path) -> Said:
    return _write_pages(_decoded(source.read_bytes()), folder)


def _decoded(found: bytes) -> str:
    for encoding in ("utf-16",) if found[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return found.decode(encoding)
        except UnicodeError:
            continue
    return found.decode("cp1252", "replace")


def _write_pages(words: str, folder: Path) -> Said:
    pages = list(_cut(words)) or [""]
    for number, page in enumerate(pages[:_MOST_PAGES], start=1):
        (folder / f"{number}.txt").write_text(page, encoding="utf-8", errors="replace")
    note = "" if len(pages) <= _MOST_PAGES else f"The first {_MOST_PAGES} of {len(pages)} pages."
    return {"note": note}


def _cut(words: str) -> Iterator[str]:
    """Cut text into pages, at the end of a line where one is near."""
    while words:
        end = len(words) if len(words) <= _PAGE else words.rfind("\n", _PAGE // 2, _PAGE) + 1
        end = end or _PAGE
        yield words[:end]
        words = words[end:]


def _mail(source: Path, folder: Path) -> Said:
    message = message_from_bytes(source.read_bytes(), policy=mail_rules)
    lines = [
        f"{name}: {message[name]}" for name in ("From", "To", "Date", "Subject") if message[name]
    ]
    left = 0
    for count, part in enumerate(message.walk()):
        if count >= _MOST_PARTS:
            return {"refused": "The message has more parts than can be shown here."}
        if part.is_multipart():
            continue
        if part.get_content_type() == "text/plain" and not part.get_filename():
            lines += ["", _decoded(bytes(part.get_payload(decode=True) or b""))]
        else:
            left += 1
    said = _write_pages("\n".join(lines), folder)
    if left:
        said["note"] = f"{left} attached or formatted parts are not shown."
    return said


def _docx(source: Path, folder: Path) -> Said:
    from defusedxml import ElementTree  # noqa: PLC0415 - each kind loads only what it needs

    with zipfile.ZipFile(source) as archive:
        why = _unsafe(archive.infolist())
        if why:
            return {"refused": why}
        tree = ElementTree.fromstring(archive.read("word/document.xml"), forbid_dtd=True)
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    paragraphs = (
        "".join(run.text or "" for run in each.iter(f"{space}t")) for each in tree.iter(f"{space}p")
    )
    said = _write_pages("\n".join(paragraphs), folder)
    return {
        "note": said["note"] or "Words only; pictures and layout are not shown.",
        "kind": "docx",
    }


def _unsafe(entries: list[zipfile.ZipInfo]) -> str:
    names = [entry.filename for entry in entries]
    if len(entries) > _MOST_ENTRIES or sum(e.file_size for e in entries) > _MOST_UNPACKED:
        return "It would unpack to more than is allowed."
    if any(e.file_size > 1000 + 200 * e.compress_size for e in entries):
        return "It would unpack to more than is allowed."
    if len(set(names)) != len(names) or _overlap(entries):
        return "Entries in it share a name, or lie over each other."
    is_link = any(entry.external_attr >> 28 == _LINK for entry in entries)
    if is_link or any(n.startswith("/") or ".." in n or "\\" in n for n in names):
        return "It holds a link, or an entry that points outside it."
    if any("vbaproject" in name.lower() or "activex" in name.lower() for name in names):
        return "It holds a program (macros)."
    return "" if "word/document.xml" in names else "It is not a document that can be shown here."


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Tell whether two entries claim the same bytes: a small file that unpacks without end."""
    places = sorted((e.header_offset, e.header_offset + e.compress_size + _HEADER) for e in entries)
    return any(end > start for (_, end), (start, _) in pairwise(places))
