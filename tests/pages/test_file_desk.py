"""The file desk: none, one, many; seeking, every act, and what is not there for somebody."""

from datetime import timedelta

import pytest
from tests.integration.documents.files import kept
from tests.integration.work.desk import CASE, bar, viewer
from tests.pages.reading import table, words_of
from tests.stores import acting
from tests.worlds.screens import rowan

from onrecord.apps.documents.file_acts import NewFile, seek
from onrecord.apps.documents.models import FileSought
from onrecord.core.documents.shelf import DocumentShelf
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.ids import public_reference

CAPTION = "Outstanding: what is overdue comes first"
NEW = {"title": "Paper file of 2009", "words": "We need the statements."}
LATER = "1 January 2199"


@pytest.fixture
def sought(authority):
    def made():
        return seek(viewer=viewer("an.authority"), new=NewFile(**NEW, case_lineage=CASE))

    return made


def address(file, act=""):
    return f"/file-desk/files/{file.reference}{'/' + act if act else ''}"


def test_an_empty_desk_says_so(authority):
    assert "No file is sought" in words_of(authority.get("/file-desk/"))
    assert "No file was scanned" in words_of(authority.get("/file-desk/?list=settled"))
    assert authority.get("/file-desk/?list=nothing").status_code == 404


def test_one_overdue_file_is_told_with_its_age(authority, sought):
    file = sought()
    with acting():
        FileSought.objects.filter(pk=file.pk).update(
            due_on=today() - timedelta(days=2), opened_at=file.opened_at - timedelta(days=9)
        )
    answer = authority.get("/file-desk/")
    (row,) = table(answer, CAPTION)
    assert "Overdue" in row[3]
    assert row[5] == "9"
    assert "1 file, 1 of them overdue." in words_of(answer)
    assert file.title in words_of(authority.get("/today/"))


def test_many_are_turned_page_by_page(authority, sought):
    for _ in range(27):
        sought()
    assert len(table(authority.get("/file-desk/"), CAPTION)) == 25
    assert len(table(authority.get("/file-desk/?list=outstanding&page=2"), CAPTION)) == 2
    for odd in ("99", "x", "²", "-1", "0"):
        assert authority.get("/file-desk/", {"page": odd}).status_code == 200


def test_a_file_is_sought_for_a_case(home, authority):
    reference = public_reference("C", rowan()["report"])
    answer = authority.post("/file-desk/seek", NEW | {"about": reference})
    assert answer.status_code == 302, words_of(answer)
    words = words_of(authority.get(answer["Location"]))
    assert "We need the statements." in words
    assert reference in words


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"about": ""}, "Enter the reference of a case or a person"),
        ({"about": "C-00000-00000-0"}, "nothing on record by that reference"),
        ({"title": ""}, "Say what it is, naming nobody"),
        ({"title": "File of PC Ashgrove"}, "A title must not say who it is about"),
        ({"words": ""}, "Say it in a sentence"),
    ],
)
def test_what_is_wrong_with_a_new_file_is_said(authority, given, said):
    about = public_reference("C", rowan()["report"])
    answer = authority.post("/file-desk/seek", NEW | {"about": about} | given)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert "There is a problem" in words_of(answer)
    assert not FileSought.objects.exists()


def test_every_act_has_a_page_and_leaves_a_step(home, authority, sought):
    scan = kept(viewer("an.authority"), DocumentShelf.at(home.documents))
    file, lost = sought(), sought()
    acts = [
        (file, "located", {}),
        (file, "requested", {"asked_of": "Records store", "due_on": LATER}),
        (file, "chased", {"due_on": LATER}),
        (file, "received", {}),
        (file, "note", {}),
        (file, "scanned", {"document": scan.reference}),
        (lost, "not-found", {}),
        (lost, "destroyed", {"schedule": "RRD 4.2", "confirmed_by": "Records manager"}),
    ]
    for one, name, given in acts:
        assert authority.get(address(one, name)).status_code == 200
        empty = authority.post(address(one, name), {})
        assert empty.status_code == 422
        assert "There is a problem" in words_of(empty)
        answer = authority.post(address(one, name), given | {"words": f"Words of {name}."})
        assert answer.status_code == 302, words_of(answer)
    words = words_of(authority.get(address(file))) + words_of(authority.get(address(lost)))
    for _, name, given in acts:
        assert f"Words of {name}." in words
        for said in given.values():
            assert said in words
    assert len(table(authority.get("/file-desk/?list=settled"), "Settled")) == 2


def test_what_does_not_follow_is_said(authority, sought):
    file = sought()
    answer = authority.post(address(file, "scanned"), {"document": "D-00000-00000-0", "words": "x"})
    assert (answer.status_code, "no document by that reference" in words_of(answer)) == (422, True)
    answer = authority.post(address(file, "chased"), {"due_on": LATER, "words": "x"})
    assert "That step does not follow" in words_of(answer) or "does not follow" in words_of(answer)
    past = authority.post(
        address(file, "requested"),
        {"asked_of": "Store", "due_on": "1 January 2001", "words": "x"},
    )
    assert "The day must be today or later" in words_of(past)


def test_what_is_hidden_answers_as_what_is_not_there(authority, sought):
    file = sought()
    bar("an.authority", CASE)
    hidden, absent = authority.get(address(file)), authority.get("/file-desk/files/F-00000-00000-0")
    assert (hidden.status_code, words_of(hidden)) == (404, words_of(absent))
    assert authority.post(address(file, "note"), {"words": "x"}).status_code == 404


def test_who_runs_the_system_has_no_desk(administrator):
    assert administrator.get("/file-desk/").status_code == 403
