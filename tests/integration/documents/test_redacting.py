"""Nothing of what was redacted can be got out of a redacted copy; the original stays as it was."""

import io

import pytest
from PIL import Image
from tests.integration.documents.files import kept, pdf
from tests.integration.work.desk import somebody

from onrecord.apps.documents.models import CopyPage, ViewingCopy
from onrecord.apps.documents.redacting import NewRedaction, make_redacted_copy
from onrecord.apps.documents.searching import pages_matching
from onrecord.apps.documents.selectors import page_seen, steps_of
from onrecord.core.documents.redacting import Box
from onrecord.core.documents.shelf import DocumentShelf
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError

ALL_OF_IT = Box(1, 0, 0, 100, 100)


@pytest.fixture
def shelf(tmp_path):
    return DocumentShelf.at(tmp_path / "documents")


@pytest.fixture
def lead(store):
    return somebody("a.lead", "appropriate_authority")


def redacted(by, shelf, document, *words, boxes=(), reason="For disclosure."):
    new = NewRedaction(list(words), list(boxes), reason)
    return make_redacted_copy(viewer=by, shelf=shelf, reference=document.reference, new=new)


def pages(shelf, copy):
    return [
        (page.words, shelf.copies.read(page.picture))
        for page in CopyPage.objects.filter(copy=copy).order_by("number")
    ]


def statement(name):
    return pdf(f"Seen was {name} at the gate.\nNobody else.", f"{name} left.", font="Courier")


def test_two_documents_that_differ_in_the_redacted_word_alone_have_the_same_copy(lead, shelf):
    copies = []
    for name in ("Quillfeather", "Mossbanksley"):
        document = kept(lead, shelf, statement(name), name="a.pdf")
        whole, copy = ViewingCopy.objects.get(document=document), None
        copy = redacted(lead, shelf, document, name.upper())
        copies.append(pages(shelf, copy))
        assert pages(shelf, whole)[0][1] != copies[-1][0][1]
    assert copies[0] == copies[1]
    assert [words for words, _ in copies[0]] == ["", ""]
    for _, picture in copies[0]:
        assert Image.open(io.BytesIO(picture)).info == {}


def test_words_and_mail_become_pictures_without_what_was_redacted(lead, shelf):
    made = []
    for name in ("Quillfeather", "Moss"):
        document = kept(lead, shelf, f"Seen was {name}\n  at the gate.\n".encode())
        made.append(pages(shelf, redacted(lead, shelf, document, name)))
    assert made[0] == made[1]
    assert made[0][0][1].startswith(b"\x89PNG")


def test_a_rectangle_blacks_out_a_place_of_a_picture(lead, shelf):
    file = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(file, "PNG")
    document = kept(lead, shelf, file.getvalue(), name="a.png")
    copy = redacted(lead, shelf, document, boxes=[Box(1, 50, 0, 100, 50)])
    picture = Image.open(io.BytesIO(pages(shelf, copy)[0][1]))
    assert picture.getpixel((150, 25)) == (0, 0, 0)
    assert picture.getpixel((50, 25)) == picture.getpixel((150, 75)) == (255, 255, 255)


def test_the_original_and_the_whole_copy_stay_and_who_and_why_is_kept(lead, shelf):
    held = statement("Quillfeather")
    document = kept(lead, shelf, held, name="a.pdf")
    copy = redacted(lead, shelf, document, "Quillfeather", "gate")
    assert shelf.originals.read(document.sha256) == held
    assert "Quillfeather" in page_seen(lead, shelf, document, copy=1, page=1).words
    assert (copy.number, copy.is_redacted, copy.made_by) == (2, True, "a.lead")
    step = steps_of(document)[-1]
    assert step.kind == "redacted"
    assert step.words == "Copy 2: 3 places by words, 0 rectangles. For disclosure."
    assert {hit.copy for hit in pages_matching(lead, "gate")} == {1}
    assert redacted(lead, shelf, document, "left").number == 3


def test_long_documents_are_redacted_on_every_page(lead, shelf):
    document = kept(lead, shelf, pdf(*[f"Page {n} of Quill" for n in range(11)]), name="a.pdf")
    copy = redacted(lead, shelf, document, "Quill")
    assert len(pages(shelf, copy)) == 11


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": ["Quillfeather", "Nowhere"]}, "Number 2 of the words was found on no page"),
        ({"words": []}, "Nothing is to be redacted"),
        ({"words": ["a"]}, "at least two letters"),
        ({"reason": " "}, "No reason was given"),
        ({"reason": "Names quillfeather"}, "repeats a word"),
        ({"boxes": [Box(3, 0, 0, 10, 10)]}, "not on a page of this document"),
        ({"boxes": [Box(1, 20, 0, 10, 10)]}, "not on a page of this document"),
        ({"boxes": [Box(1, 0, 0, 10, 101)]}, "not on a page of this document"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_makes_no_copy(lead, shelf, given, said):
    document = kept(lead, shelf, statement("Quillfeather"), name="a.pdf")
    new = NewRedaction(**{"words": ["Quillfeather"], "boxes": [], "reason": "x"} | given)
    with pytest.raises(DataRejectedError, match=said) as told:
        make_redacted_copy(viewer=lead, shelf=shelf, reference=document.reference, new=new)
    assert "Quillfeather" not in str(told.value)
    assert ViewingCopy.objects.count() == 1


def test_what_has_no_copy_or_is_not_theirs_is_not_redacted(lead, shelf):
    program = kept(lead, shelf, b"MZ\x90\0 a program", name="a.exe")
    with pytest.raises(DataRejectedError, match="no copy to redact"):
        redacted(lead, shelf, program, boxes=[ALL_OF_IT])
    document = kept(lead, shelf)
    with pytest.raises(NotFoundError):
        redacted(somebody("out.circle"), shelf, document, boxes=[ALL_OF_IT])
    with pytest.raises(NotPermittedError):
        redacted(somebody("a.desk", "intake_officer"), shelf, document, boxes=[ALL_OF_IT])
