"""Files are kept by content, told apart by content, and seen only through confined copies."""

import io
import socket
import struct
import threading
import zipfile

import pikepdf
import pytest
from PIL import Image

from onrecord.core.documents import confining
from onrecord.core.documents.examining import Outcome, examine
from onrecord.core.documents.judging import LARGEST, refuse_size
from onrecord.core.documents.naming import ending_of, readable_name
from onrecord.core.documents.scanning import Scan, scan
from onrecord.core.documents.store import SealedStore
from onrecord.core.kernel.errors import DataRejectedError, VerificationFailedError

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def png(size=(30, 20)):
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, "PNG")
    return file.getvalue()


def pdf(script=""):
    made, file = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    if script:
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
    made.save(file)
    return file.getvalue()


def docx(body="<w:p><w:r><w:t>Hello</w:t></w:r></w:p>", before="", more=()):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        xml = f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", xml)
        for name, held in more:
            archive.writestr(name, held)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "held", "outcome"),
    [
        ("a.png", png(), Outcome.VIEWABLE),
        ("a.pdf", pdf(), Outcome.VIEWABLE),
        ("script.pdf", pdf("app.alert(1)"), Outcome.VIEWABLE),
        ("a.docx", docx(), Outcome.VIEWABLE),
        ("formula.csv", b"=cmd|' /C calc'!A0,1\n", Outcome.VIEWABLE),
        ("a.eml", b"From: a@example.org\nSubject: x\n\nhello\n", Outcome.VIEWABLE),
        ("eicar.txt", EICAR, Outcome.QUARANTINED),
        ("a.pdf", png(), Outcome.KEPT),
        ("cut.png", png()[:-10], Outcome.KEPT),
        ("cut.pdf", pdf()[:-30], Outcome.KEPT),
        ("two.png", png() + b"PK\x05\x06" + bytes(18), Outcome.KEPT),
        ("two.pdf", pdf().replace(b"\n", b"\n<script>1</script>\n", 1), Outcome.KEPT),
        ("a.svg", b"<svg><script>1</script></svg>", Outcome.KEPT),
        ("bomb.docx", docx(more=[("x", bytes(60 * 2**20))]), Outcome.KEPT),
        ("slip.docx", docx(more=[("../../x", b"x")]), Outcome.KEPT),
        ("macro.docx", docx(more=[("word/vbaProject.bin", b"x")]), Outcome.KEPT),
        (
            "entity.docx",
            docx(body="<w:p>&a;</w:p>", before='<!DOCTYPE d [<!ENTITY a "x">]>'),
            Outcome.KEPT,
        ),
        ("a.zip", docx(), Outcome.KEPT),
        ("flood.png", png((9000, 5000)), Outcome.KEPT),
    ],
)
def test_what_comes_of_a_file(tmp_path, name, held, outcome):
    path = tmp_path / "file"
    path.write_bytes(held)

    found = examine(path, name)

    assert found.outcome is outcome, found
    assert bool(found.copies.pages) is (outcome is Outcome.VIEWABLE)
    assert bool(found.copies.why_not) is (outcome is not Outcome.VIEWABLE)


def test_a_child_that_does_not_come_back_is_ended(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(png())
    monkeypatch.setattr(confining, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(confining, "WALL_CLOCK", 0.5)

    assert confining.make_copies(path, "png").why_not


def test_an_empty_file_and_one_over_the_limit_are_refused_and_one_at_it_is_not():
    for size in (0, LARGEST + 1):
        with pytest.raises(DataRejectedError):
            refuse_size(size)
    refuse_size(1)
    refuse_size(LARGEST)


def test_the_store_keeps_content_once_and_for_its_owner_alone(tmp_path):
    store = SealedStore(tmp_path / "documents")
    kept = store.keep([b"one ", b"two"])

    assert store.keep([b"one two"]) == kept
    assert store.read(kept.sha256) == b"one two"
    path = store.path_of(kept.sha256)
    assert path.stat().st_mode & 0o777 == 0o600
    assert store.root.stat().st_mode & 0o777 == path.parent.stat().st_mode & 0o777 == 0o700
    assert [each for each in store.root.rglob("*") if each.is_file()] == [path]
    with pytest.raises(ValueError, match="not the name"):
        store.path_of("../../etc/passwd")


def test_a_kept_file_that_was_changed_is_never_handed_out(tmp_path):
    store = SealedStore(tmp_path / "documents")
    kept = store.keep([b"one"])
    store.path_of(kept.sha256).write_bytes(b"two")

    with pytest.raises(VerificationFailedError):
        store.read(kept.sha256)


@pytest.mark.parametrize(
    ("name", "shown", "ending"),
    [
        ("../../etc/passwd", "passwd", ""),
        ("exe\u202efdp.txt", "exefdp.txt", "txt"),
        ("con.txt", "file con.txt", "txt"),
        ("a\0b.pdf", "ab.pdf", "pdf"),
        ("...", "a file without a name", ""),
    ],
)
def test_a_hostile_name_is_only_ever_words(name, shown, ending):
    assert (readable_name(name), ending_of(name)) == (shown, ending)


def test_a_name_of_four_thousand_letters_is_cut():
    assert len(readable_name("a" * 4096 + ".pdf")) <= 120


def clamd(folder, answer):
    place = str(folder / "s")
    line = socket.socket(socket.AF_UNIX)
    line.bind(place)
    line.listen()

    def serve():
        with line, line.accept()[0] as asked, asked.makefile("rb") as file:
            file.read(len(b"zINSTREAM\0"))
            while size := struct.unpack("!I", file.read(4))[0]:
                file.read(size)
            asked.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return place


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"stream: OK\0", Scan.CLEAN),
        (b"stream: Eicar FOUND\0", Scan.QUARANTINED),
        (b"", Scan.QUARANTINED),
    ],
)
def test_only_a_scanner_that_says_so_makes_a_file_clean(tmp_path, answer, said):
    path = tmp_path / "file"
    path.write_bytes(b"x")

    assert scan(path, clamd(tmp_path, answer)) is said


def test_no_scanner_is_not_scanned_and_one_that_is_not_there_is_quarantine(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x")

    assert scan(path, "") is Scan.NOT_SCANNED
    assert scan(path, str(tmp_path / "nobody")) is Scan.QUARANTINED
