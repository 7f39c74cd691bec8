"""Documents: none, one, many; upload, pages, the original as a download; what is not there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.integration.documents.files import kept, pdf
from tests.integration.work.desk import CASE, bar, viewer
from tests.pages.conftest import signed_in
from tests.pages.reading import reference_of, table, words_of
from tests.worlds.screens import rowan

from onrecord.apps.documents.models import Document
from onrecord.core.documents.shelf import DocumentShelf
from onrecord.core.kernel.ids import public_reference

ALL = "Documents, the last uploaded first"


@pytest.fixture
def shelf(home):
    return DocumentShelf.at(home.documents)


@pytest.fixture
def document(authority, shelf):
    return kept(
        viewer("an.authority"), shelf, pdf("Seen at the gate", "Left at nine"), name="a.pdf"
    )


def file(held=b"What the log says.\n", name="log.txt"):
    return SimpleUploadedFile(name, held)


def send(client, reference, **changed):
    usual = {"about": reference, "title": "Log", "file": file()}
    return client.post("/documents/upload", usual | changed)


def test_no_document_is_said_to_be_none(home, authority):
    assert "No document is kept yet" in words_of(authority.get("/documents/"))


def test_one_is_listed_and_opened(authority, document):
    (row,) = table(authority.get("/documents/"), ALL)
    assert "Log of the night" in row[0]
    assert "Not scanned" in row[3]
    answer = authority.get(f"/documents/{document.reference}")
    words = words_of(answer)
    for said in ("a.pdf", document.sha256, "The whole document", "Viewing copy made"):
        assert said in words
    assert "a.pdf" not in answer.content.decode().split("<main")[0]


def test_a_page_shows_a_picture_made_here_and_turns(authority, document):
    first = authority.get(f"/documents/{document.reference}/copies/1/pages/1")
    words = words_of(first)
    assert "Page 1 of 2" in words
    assert "Seen at the gate" in words
    assert f"document {document.reference}, page 1" in words
    html = first.content.decode()
    assert 'src="data:image/png;base64,' in html
    assert f"/documents/{document.reference}/copies/1/pages/2" in html
    assert first["Cache-Control"].startswith("no-store")
    for absent in ("copies/1/pages/3", "copies/2/pages/1", "copies/1/pages/0"):
        assert authority.get(f"/documents/{document.reference}/{absent}").status_code == 404


def test_the_original_is_a_download_in_a_sandbox_and_nothing_else(authority, document, shelf):
    address = f"/documents/{document.reference}/original"
    answer = authority.post(address)
    assert answer.status_code == 200
    assert answer.content == shelf.originals.read(document.sha256)
    assert answer["Content-Disposition"] == f'attachment; filename="{document.reference}.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert authority.get(address).status_code == 405
    assert "Original taken out" in words_of(authority.get(f"/documents/{document.reference}"))


def test_markup_is_never_sent_to_be_shown(authority, shelf):
    held = b"<html><script>alert(1)</script></html>"
    document = kept(viewer("an.authority"), shelf, held, name="page.html")
    answer = authority.get(f"/documents/{document.reference}")
    assert "Files of this kind are kept, never opened here." in words_of(answer)
    assert authority.get(f"/documents/{document.reference}/copies/1/pages/1").status_code == 404
    original = authority.post(f"/documents/{document.reference}/original")
    assert original["Content-Disposition"].endswith('.bin"')


def test_a_file_is_uploaded_to_a_case_and_to_a_person(home, authority):
    made = rowan()
    case, person = public_reference("C", made["report"]), reference_of(made["own"])
    for about in (case, person):
        answer = send(authority, about)
        assert answer.status_code == 302, words_of(answer)
        assert "What the log says" in words_of(
            authority.get(answer["Location"] + "/copies/1/pages/1")
        )
        listed = authority.get("/documents/", {"about": about})
        assert len(table(listed, f"Documents of {about}")) == 1
    assert len(table(authority.get("/documents/"), ALL)) == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"about": ""}, "Enter the reference of a case or a person"),
        ({"about": "C-00000-00000-0"}, "nothing on record by that reference"),
        ({"title": ""}, "Say what it is, naming nobody"),
        ({"title": "Letter to DC Ashgrove"}, "A title must not say who it is about"),
        ({"file": ""}, "Choose a file"),
        ({"file": SimpleUploadedFile("empty.txt", b"")}, "The file is empty: it has 0 bytes"),
    ],
)
def test_what_is_wrong_with_an_upload_is_said(home, authority, given, said):
    answer = send(authority, public_reference("C", rowan()["report"]), **given)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert "There is a problem" in words_of(answer)
    assert not Document.objects.exists()


def test_what_is_quarantined_is_handed_to_nobody_and_can_be_scanned_again(
    authority, shelf, settings, tmp_path
):
    settings.SCANNER = str(tmp_path / "nobody")
    silent = DocumentShelf(shelf.originals, shelf.copies, scanner=settings.SCANNER)
    document = kept(viewer("an.authority"), silent)
    address = f"/documents/{document.reference}"
    words = words_of(authority.get(address))
    assert "Quarantined" in words
    assert "Download the original" not in words
    assert authority.post(f"{address}/original").status_code == 422
    settings.SCANNER = ""
    assert authority.post(f"{address}/scan").status_code == 302
    assert "The whole document" in words_of(authority.get(address))


def test_what_is_hidden_answers_as_what_is_not_there(authority, document):
    bar("an.authority", CASE)
    hidden = authority.get(f"/documents/{document.reference}")
    absent = authority.get("/documents/D-00000-00000-0")
    assert (hidden.status_code, words_of(hidden)) == (404, words_of(absent))
    assert "No document is kept yet" in words_of(authority.get("/documents/"))


def test_an_unknown_case_is_told_apart_from_nothing_on_the_list(home, authority):
    answer = authority.get("/documents/", {"about": "C-00000-00000-0"})
    assert answer.status_code == 404
    assert "nothing on record by that reference" in words_of(answer)


def test_names_hidden_hides_documents(authority, document, monkeypatch):
    monkeypatch.setenv("ONRECORD_HIDE_NAMES", "1")
    words = words_of(authority.get(f"/documents/{document.reference}"))
    assert "a.pdf" not in words
    assert authority.get(f"/documents/{document.reference}/copies/1/pages/1").status_code == 403
    assert authority.post(f"/documents/{document.reference}/original").status_code == 403


def test_who_runs_the_system_sees_no_document(administrator, client):
    signed_in(client, "an.admin")
    assert administrator.get("/documents/").status_code == 403
    assert administrator.get("/documents/upload").status_code == 403


def test_words_are_searched_by_post_and_lead_to_their_page(authority, document):
    assert authority.get("/documents/search").status_code == 200
    answer = authority.post("/documents/search", {"words": "gate"})
    words = words_of(answer)
    assert "1 page." in words
    assert f"document {document.reference}, page 1" in words
    html = answer.content.decode()
    assert "<mark>gate</mark>" in html
    assert f"/documents/{document.reference}/copies/1/pages/1" in html
    none = authority.post("/documents/search", {"words": "gate", "within": "D-00000-00000-0"})
    assert "No page that you may see" in words_of(none)
    empty = authority.post("/documents/search", {"words": ""})
    assert (empty.status_code, "Enter a word" in words_of(empty)) == (422, True)


def test_a_redacted_copy_is_made_and_shown_without_its_words(authority, document):
    address = f"/documents/{document.reference}/redact"
    assert authority.get(address).status_code == 200
    given = {"words": "gate\n\n Gate ", "boxes": "2: 0 0 50 50.5", "reason": "For disclosure."}
    answer = authority.post(address, given)
    assert answer.status_code == 302, words_of(answer)
    page = authority.get(answer["Location"])
    assert "Redacted copy" in words_of(page)
    assert "Seen at the gate" not in page.content.decode()
    assert "For disclosure." in words_of(authority.get(f"/documents/{document.reference}"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": ""}, "Say why"),
        ({"words": ""}, "Nothing is to be redacted"),
        ({"words": "nowhere"}, "Number 1 of the words was found on no page"),
        ({"boxes": "3 10 20"}, "Enter each rectangle on its own line"),
        ({"boxes": "9: 0 0 10 10"}, "not on a page of this document"),
    ],
)
def test_what_is_wrong_with_a_redaction_is_said(authority, document, given, said):
    usual = {"words": "gate", "boxes": "", "reason": "For disclosure."}
    answer = authority.post(f"/documents/{document.reference}/redact", usual | given)
    assert (answer.status_code, said in words_of(answer)) == (422, True), words_of(answer)


def test_a_file_that_is_too_large_is_let_go_by_and_told(home, authority, monkeypatch):
    monkeypatch.setattr("onrecord.core.documents.judging.LARGEST", 100)
    answer = send(
        authority, public_reference("C", rowan()["report"]), file=file(b"words of no weight " * 9)
    )
    assert answer.status_code == 422
    assert "The file is larger than 100 MB" in words_of(answer)
    assert not Document.objects.exists()
    assert not list(home.documents.rglob("coming-*"))
