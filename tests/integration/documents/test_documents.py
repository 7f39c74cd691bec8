"""Documents are sealed, seen by those they are for, handed over as they came, and never lost."""

import uuid

import pytest
from tests.integration.documents.files import kept, pdf
from tests.integration.work.desk import CASE, bar, somebody, viewer, wall_around

from onrecord.apps.access.circles import put_in_circle
from onrecord.apps.access.models import User
from onrecord.apps.documents import services
from onrecord.apps.documents.models import Document, DocumentStep
from onrecord.apps.documents.selectors import (
    copies_of,
    document_named,
    documents_about,
    page_seen,
    steps_of,
    visible,
)
from onrecord.core.documents.shelf import DocumentShelf
from onrecord.core.kernel.errors import (
    DataRejectedError,
    NotFoundError,
    NotPermittedError,
    VerificationFailedError,
)

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def shelf(tmp_path):
    return DocumentShelf.at(tmp_path / "documents")


@pytest.fixture
def lead(store):
    return somebody("a.lead", "appropriate_authority")


def looks():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select action, object_kind, object_ref, was_refused from ledger.consultation order by 1,2,3"
        )
        return cursor.fetchall()


def test_an_upload_is_sealed_and_has_a_copy_to_look_at(lead, shelf):
    held = pdf("The first page", "The second page")
    document = kept(lead, shelf, held, name="../../Statement \u202efdp.pdf")

    assert shelf.originals.read(document.sha256) == held
    assert (document.state, document.kind, document.scan) == ("sealed", "pdf", "not_scanned")
    assert document.original_name == "Statement fdp.pdf"
    (copy,) = copies_of(document)
    page = page_seen(lead, shelf, document, copy=copy.number, page=2)
    assert (page.number, page.of) == (2, 2)
    assert "The second page" in page.words
    assert page.picture.startswith(b"\x89PNG")
    assert [step.kind for step in steps_of(document)] == ["uploaded", "scanned", "copied"]
    assert (
        "document:read",
        "document page",
        f"{document.reference} copy 1 page 2",
        False,
    ) in looks()


def test_what_cannot_be_shown_is_kept_as_evidence(lead, shelf):
    held = b"MZ\x90\0 a program"
    document = kept(lead, shelf, held, name="tool.exe")
    assert document.state == "refused"
    assert copies_of(document) == []
    assert services.take_out(viewer=lead, shelf=shelf, reference=document.reference)[1] == held


@pytest.mark.parametrize("held", [b"", b"x" * 200])
def test_what_is_empty_or_too_large_is_refused(lead, shelf, held, monkeypatch):
    monkeypatch.setattr("onrecord.core.documents.judging.LARGEST", 100)
    with pytest.raises(DataRejectedError):
        kept(lead, shelf, held)
    assert not Document.objects.exists()


def test_a_scanner_that_does_not_answer_quarantines(lead, shelf, tmp_path):
    silent = DocumentShelf(shelf.originals, shelf.copies, scanner=str(tmp_path / "nobody"))
    document = kept(lead, silent)
    assert document.state == "quarantined"
    assert copies_of(document) == []
    with pytest.raises(DataRejectedError, match="quarantine"):
        services.take_out(viewer=lead, shelf=silent, reference=document.reference)
    again = services.scan_again(viewer=lead, shelf=silent, reference=document.reference)
    assert again.state == "quarantined"
    # Where the scanner was taken away on purpose, nothing is called clean: it is not scanned.
    freed = services.scan_again(viewer=lead, shelf=shelf, reference=document.reference)
    assert (freed.state, freed.scan) == ("sealed", "not_scanned")
    assert len(copies_of(freed)) == 1
    with pytest.raises(DataRejectedError, match="not in quarantine"):
        services.scan_again(viewer=lead, shelf=shelf, reference=document.reference)


def test_a_mark_that_scanners_look_for_quarantines_without_a_scanner(lead, shelf):
    assert kept(lead, shelf, EICAR).state == "quarantined"


def test_the_same_file_is_kept_with_a_case_once(lead, shelf):
    first = kept(lead, shelf)
    with pytest.raises(DataRejectedError, match=first.reference):
        kept(lead, shelf)
    assert kept(lead, shelf, case_lineage=uuid.UUID(int=78 << 78)).sha256 == first.sha256


def test_a_title_names_nobody_and_a_document_is_about_something(lead, shelf):
    with pytest.raises(DataRejectedError, match="who it is about"):
        kept(lead, shelf, title="Statement of PC Ashgrove")
    with pytest.raises(DataRejectedError, match="belongs to a case"):
        kept(lead, shelf, case_lineage=None)


def test_an_original_changed_outside_is_never_handed_over(lead, shelf):
    document = kept(lead, shelf)
    shelf.originals.path_of(document.sha256).write_bytes(b"The log of another night.")
    with pytest.raises(VerificationFailedError):
        services.take_out(viewer=lead, shelf=shelf, reference=document.reference)
    assert not DocumentStep.objects.filter(kind="taken_out").exists()


def test_only_who_is_in_the_circle_knows_of_it(lead, shelf):
    document = kept(lead, shelf)
    inside, outside = somebody("in.circle"), somebody("out.circle")
    put_in_circle(
        viewer=lead, user=User.objects.get(username="in.circle"), thing_kind="case", lineage=CASE,
        part="investigator", reason="a test",
    )  # fmt: skip
    assert document_named(inside, document.reference) == document
    assert documents_about(inside, "case", CASE) == [document]
    assert documents_about(outside, "case", CASE) == []
    with pytest.raises(NotFoundError):
        document_named(outside, document.reference)
    with pytest.raises(NotFoundError):
        services.take_out(viewer=outside, shelf=shelf, reference=document.reference)
    with pytest.raises(NotFoundError):
        kept(outside, shelf, b"another")
    assert ("document:read", "document", document.reference, True) in looks()


def test_what_is_walled_or_barred_does_not_exist(lead, shelf):
    document, other = kept(lead, shelf), somebody("b.lead", "appropriate_authority")
    bar("b.lead", CASE)
    assert not visible(other).exists()
    assert visible(lead).exists()
    wall_around(CASE)
    assert not visible(lead).exists()
    with pytest.raises(NotFoundError) as walled:
        document_named(lead, document.reference)
    with pytest.raises(NotFoundError) as absent:
        document_named(lead, "D-00000-00000-0")
    assert str(walled.value) == str(absent.value)


def test_a_document_of_its_own_wall_is_there_for_those_behind_it(lead, shelf):
    wall = wall_around(uuid.UUID(int=1), "a.lead")
    other = somebody("b.lead", "appropriate_authority")
    document = kept(lead, shelf, wall=wall)
    assert document_named(lead, document.reference) == document
    assert not visible(other).exists()
    with pytest.raises(NotFoundError):
        kept(other, shelf, b"another", wall=wall)


def test_a_role_without_the_verb_does_nothing(store, lead, shelf):
    document = kept(lead, shelf)
    admin = somebody("an.admin", "administrator")
    assert not visible(admin).exists()
    with pytest.raises(NotPermittedError):
        kept(admin, shelf, b"another")
    with pytest.raises(NotPermittedError):
        services.take_out(viewer=admin, shelf=shelf, reference=document.reference)


def test_no_row_of_a_document_changes_without_an_act(lead, shelf):
    from django.db.utils import DatabaseError

    document = kept(lead, shelf)
    with pytest.raises(DatabaseError):
        Document.objects.filter(pk=document.pk).update(state="quarantined")
    with pytest.raises(DatabaseError):
        DocumentStep.objects.filter(document=document).delete()
    assert viewer("a.lead").name == "a.lead"
