"""Files that somebody hostile might upload, in 16 kinds, made anew from a seed; for measuring alone.

What is to become of each stands in `hostile.csv`, which was written before any was made.
"""

import csv
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any

import pikepdf
from PIL import Image

from onrecord.core.documents import archives
from onrecord.core.documents.judging import LARGEST, LARGEST_TEXT

_MEGA = 1 << 20
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_SCRIPT = b"<script>alert(document.domain)</script>"
_MAIL = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Invented\r\nMIME-Version: 1.0\r\n"
_PARTS = _MAIL + b"Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n\r\nWords.\r\n"

type Made = tuple[str, list[bytes]]
type Maker = Callable[[Random], tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: how many files of a variant, and what is to become of each."""

    kind: str
    variant: str
    files: int
    outcome: str
    because: str


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file: what it claims to be called, and its bytes, piece by piece."""

    row: Row
    name: str
    pieces: list[bytes]


def table() -> list[Row]:
    """Return what is to become of every variant."""
    text = files("onrecord.core.documents").joinpath("hostile.csv").read_text(encoding="utf-8")
    return [
        Row(row["kind"], row["variant"], int(row["files"]), row["outcome"], row["because"])
        for row in csv.DictReader(text.splitlines())
    ]


def corpus(seed: int, *, most: int) -> Iterator[Hostile]:
    """Make the files of the table, of each variant `most` at most."""
    for row in table():
        for number in range(min(most, row.files)):
            rng = Random(f"{seed} {row.kind} {row.variant} {number}")  # noqa: S311 - no secret
            if row.kind in {"limits", "empty"}:
                yield Hostile(row, *_sized(row.variant, number))
            elif row.kind == "names":
                held = f"A benign line {rng.random()}\n".encode()
                yield Hostile(row, _NAMES[row.variant][number], [held])
            else:
                name, held = _MAKERS[row.kind, row.variant](rng)
                yield Hostile(row, name, [held])


def _sized(variant: str, number: int) -> Made:
    if variant == "zero_bytes":
        return ("empty.txt", "empty.pdf", "empty")[number], []
    is_text = variant.startswith("text_")
    more = {"one_below": -1, "at": 0, "one_above": 1}[variant.removeprefix("text_")]
    size = (LARGEST_TEXT if is_text else LARGEST) + more
    line = b"%d: words of no weight at all, once more.\n" % number if is_text else b"\0\1"
    block = (line * (_MEGA // len(line) + 1))[:_MEGA]
    pieces = [block] * (size // _MEGA)
    if size % _MEGA:
        pieces.append(block[: size % _MEGA])
    return "large.txt" if is_text else "large.bin", pieces


def picture(rng: Random, form: str, size: tuple[int, int] = (60, 40)) -> bytes:
    """Return a small picture of one colour, in a form such as `PNG`."""
    file = io.BytesIO()
    Image.new("RGB", size, (rng.randrange(256), rng.randrange(256), 9)).save(file, form)
    return file.getvalue()


def pdf(
    rng: Random, change: Callable[[pikepdf.Pdf], None] = lambda _: None, **how: object
) -> bytes:
    """Return a PDF with a blank page, changed by `change`."""
    made, file = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.docinfo["/Title"] = f"Invented {rng.random()}"
    change(made)
    made.save(file, **how)  # type: ignore[arg-type]
    return file.getvalue()


def _action(made: pikepdf.Pdf, **entries: Any) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(**entries)


def _attach(made: pikepdf.Pdf) -> None:
    made.attachments["tool.exe"] = pikepdf.AttachedFileSpec(made, b"MZ tool", filename="tool.exe")


def _encrypted(rng: Random) -> bytes:
    return pdf(rng, encryption=pikepdf.Encryption(owner="owner", user="user"))


def _png_header(rng: Random) -> bytes:
    head = struct.pack(">IIBBBBB", 60000, 60000 + rng.randrange(99), 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))
        for name, held in parts
    )


def _png_whole(rng: Random) -> bytes:
    file = io.BytesIO()
    Image.new("1", (8000, 6000 + rng.randrange(9))).save(file, "PNG")
    return file.getvalue()


def _bmp_header(rng: Random) -> bytes:
    width = 40000 + rng.randrange(99)
    return b"BM" + struct.pack("<IIIIiiHHIIiiII", 54, 0, 54, 40, width, 40000, 1, 24, *[0] * 6)


def _salt(rng: Random) -> bytes:
    return f" {rng.random()} ".encode()


def _parts(*parts: bytes) -> bytes:
    return _PARTS + b"".join(b"--X\r\n" + part + b"\r\n" for part in parts) + b"--X--\r\n"


def _docx_then(more: list[tuple[str, bytes]]) -> Maker:
    return lambda rng: ("report.docx", archives.docx(rng, more))


def _cut(name: str, held: bytes) -> tuple[str, bytes]:
    return name, held[: len(held) * 2 // 3]


_PROGRAM = b"MZ\x90\0" + b"\0" * 60
_ATTACHED = b'Content-Disposition: attachment; filename="tool.exe"\r\n\r\nMZ tool'
_INNER = b"Content-Type: message/rfc822\r\n\r\n" + _MAIL + b"\r\nInner words.\r\n"
_LAUGH = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9)
)

_MAKERS: dict[tuple[str, str], Maker] = {
    ("eicar", "plain"): lambda r: ("notes.txt", _EICAR + _salt(r)),
    ("eicar", "after_words"): lambda r: ("notes.txt", b"Dear all," + _salt(r) + _EICAR),
    ("eicar", "called_pdf"): lambda r: ("notes.pdf", _EICAR + _salt(r)),
    ("eicar", "stored_in_zip"): lambda r: (
        "a.zip", archives.archive([("a.com", _EICAR + _salt(r))], method=zipfile.ZIP_STORED)),
    ("bombs", "zip"): lambda r: (
        "a.zip", archives.archive([("a.bin", _salt(r) + bytes(60 * _MEGA))])),
    ("bombs", "gzip"): lambda r: ("a.gz", gzip.compress(_salt(r) + bytes(60 * _MEGA), 6)),
    ("bombs", "docx"): lambda r: ("report.docx", archives.docx_bomb(r)),
    ("bombs", "xlsx"): lambda r: (
        "a.xlsx", archives.archive([("xl/worksheets/sheet1.xml", _salt(r) + bytes(60 * _MEGA))])),
    ("nested", "zip_in_zip"): lambda r: ("a.zip", archives.nested(r)),
    ("nested", "same_name_twice"): lambda r: ("report.docx", archives.docx_same_name(r)),
    ("nested", "overlapping"): lambda r: ("report.docx", archives.docx_overlapping(r)),
    ("slips", "parent_folder"): _docx_then([("../../../tmp/slipped", b"x")]),
    ("slips", "absolute_path"): _docx_then([("/tmp/slipped", b"x")]),  # noqa: S108 - an attack
    ("slips", "backslash"): _docx_then([("..\\..\\slipped", b"x")]),
    ("slips", "symlink"): lambda r: ("report.docx", archives.docx_with_link(r)),
    ("polyglots", "pdf_then_html"): lambda r: ("a.pdf", pdf(r) + b"<html>" + _SCRIPT),
    ("polyglots", "html_then_pdf"): lambda r: ("a.pdf", b"<html>" + _SCRIPT + b"\n" + pdf(r)),
    ("polyglots", "gif_script"): lambda r: (
        "a.gif", b"GIF89a/*" + _salt(r) + b"*/=1;alert(document.domain);"),
    ("polyglots", "png_then_script"): lambda r: ("a.png", picture(r, "PNG") + _SCRIPT),
    ("polyglots", "jpeg_then_zip"): lambda r: ("a.jpg", picture(r, "JPEG") + archives.docx(r)),
    ("polyglots", "pdf_then_zip"): lambda r: ("a.pdf", pdf(r) + archives.docx(r)),
    ("markup", "svg_script"): lambda r: (
        "a.svg", b'<svg xmlns="http://www.w3.org/2000/svg">' + _SCRIPT + _salt(r) + b"</svg>"),
    ("markup", "svg_entity"): lambda r: (
        "a.svg", b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;' + _salt(r)),
    ("markup", "entities_without_end"): lambda r: ("a.xml", _LAUGH + b"]><l>&a8;" + _salt(r)),
    ("markup", "html_script"): lambda r: ("a.html", b"<html>" + _SCRIPT + _salt(r)),
    ("markup", "docx_entity"): lambda r: ("report.docx", archives.docx_with_entity(r)),
    ("floods", "png_header"): lambda r: ("a.png", _png_header(r)),
    ("floods", "png_whole"): lambda r: ("a.png", _png_whole(r)),
    ("floods", "gif_header"): lambda r: (
        "a.gif", b"GIF89a" + struct.pack("<HH", 65535, 65000 + r.randrange(500)) + b"\x80\0\0;"),
    ("floods", "bmp_header"): lambda r: ("a.bmp", _bmp_header(r)),
    ("active_pdf", "javascript"): lambda r: (
        "a.pdf", pdf(r, lambda p: _action(p, S=pikepdf.Name.JavaScript, JS="app.alert(1)"))),
    ("active_pdf", "launch"): lambda r: (
        "a.pdf", pdf(r, lambda p: _action(p, S=pikepdf.Name.Launch, F="cmd.exe"))),
    ("active_pdf", "attachment"): lambda r: ("a.pdf", pdf(r, _attach)),
    ("active_pdf", "encrypted"): lambda r: ("a.pdf", _encrypted(r)),
    ("active_pdf", "link"): lambda r: (
        "a.pdf", pdf(r, lambda p: _action(p, S=pikepdf.Name.URI, URI="https://example.org/?x"))),
    ("macros", "docx_with_program"): _docx_then([("word/vbaProject.bin", b"Sub AutoOpen()")]),
    ("macros", "docm"): lambda r: ("a.docm", archives.docx(r, [("word/vbaProject.bin", b"x")])),
    ("macros", "xlsm"): lambda r: ("a.xlsm", archives.archive([("xl/vbaProject.bin", _salt(r))])),
    ("macros", "old_office"): lambda r: (
        "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + _salt(r)),
    ("macros", "rtf_object"): lambda r: ("a.rtf", b"{\\rtf1{\\object\\objdata 0105}" + _salt(r)),
    ("formulae", "csv"): lambda r: (
        "a.csv", b"name,sum\n=cmd|' /C calc'!A0,@SUM(1)\n+1,-2" + _salt(r) + b"\n"),
    ("mismatched", "png_called_pdf"): lambda r: ("a.pdf", picture(r, "PNG")),
    ("mismatched", "pdf_called_png"): lambda r: ("a.png", pdf(r)),
    ("mismatched", "program_called_jpg"): lambda r: ("a.jpg", _PROGRAM + _salt(r)),
    ("mismatched", "html_called_txt"): lambda r: ("a.txt", b"<html>" + _SCRIPT + _salt(r)),
    ("mismatched", "zip_called_docx"): lambda r: (
        "a.docx", archives.archive([("a.txt", _salt(r))])),
    ("mail", "attached_program"): lambda r: ("a.eml", _parts(_salt(r), _ATTACHED)),
    ("mail", "message_in_message"): lambda r: ("a.eml", _parts(_salt(r), _INNER)),
    ("mail", "many_parts"): lambda r: ("a.eml", _parts(*[b"\r\nWords" + _salt(r)] * 300)),
    ("mail", "html_only"): lambda r: (
        "a.eml", _MAIL + b"Content-Type: text/html\r\n\r\n" + _SCRIPT + _salt(r)),
    ("mail", "broken"): lambda r: (
        "a.eml", _MAIL + b"Content-Type: text/plain; charset=no-such\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!=" + _salt(r)),
    ("mail", "endless_header"): lambda r: (
        "a.eml", _MAIL + b"X-Long: " + b"x" * _MEGA + b"\r\n\r\nWords" + _salt(r)),
    ("truncated", "pdf"): lambda r: _cut("a.pdf", pdf(r)),
    ("truncated", "png"): lambda r: _cut("a.png", picture(r, "PNG")),
    ("truncated", "jpeg"): lambda r: _cut("a.jpg", picture(r, "JPEG")),
    ("truncated", "gif"): lambda r: _cut("a.gif", picture(r, "GIF")),
    ("truncated", "docx"): lambda r: _cut("a.docx", archives.docx(r)),
}  # fmt: skip

_NAMES = {
    "traversal": ("../../etc/cron.txt", "..\\..\\boot.txt", "/etc/passwd.txt"),
    "right_to_left": ("exe.\u202etxt.txt", "a\u2066b\u2069.txt", "\u200fstatement.txt"),
    "nul": ("a\0b.txt", "a\r\nSet-Cookie: x=1.txt"),
    "four_kilobytes": ("a" * 4096 + ".txt", "\u00e9" * 4096 + ".txt"),
    "reserved": ("con.txt", "LPT1.txt", "aux.txt"),
    "nothing": ("", "..."),
    "claims_program": ("statement.txt.exe", "statement.exe", "exe\u202e.exe"),
}
