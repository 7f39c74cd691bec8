"""Exports on the screen: empty, one, too large, error, forbidden."""

from tests.pages.reading import table, words_of
from tests.worlds.building import adair

from onrecord.core.kernel.ids import public_reference

GIVEN = {"what": "my-work", "of": "", "file_format": "csv", "reason": "The weekly meeting"}


def test_nothing_yet(reviewer):
    assert "You have taken nothing out" in words_of(reviewer.get("/exports/"))


def test_it_is_not_for_everybody(administrator):
    assert administrator.get("/exports/").status_code == 403


def test_a_list_is_handed_over_as_a_file_and_told(reviewer):
    answer = reviewer.post("/exports/take", GIVEN)
    assert answer["Content-Disposition"] == 'attachment; filename="onrecord-my-work.csv"'
    assert answer.content.decode("utf-8-sig").startswith("task,kind,title")
    (row,) = table(reviewer.get("/exports/"), "What you took out")
    assert "The weekly meeting" in row[3]


def test_what_is_missing_is_said_at_its_place(reviewer):
    answer = reviewer.post("/exports/take", GIVEN | {"reason": "", "what": "case"})
    assert answer.status_code == 422
    assert "Say what it is for" in words_of(answer)
    unknown = reviewer.post("/exports/take", GIVEN | {"what": "case", "of": "C-00000-00000-0"})
    assert unknown.status_code == 422
    assert "There is nothing on record by that reference" in words_of(unknown)


def test_a_large_one_offers_to_ask_a_colleague(reviewer, monkeypatch):
    monkeypatch.setenv("ONRECORD_EXPORT_ROWS", "1")
    made = adair()
    person = public_reference("P", min(made["own"], made["crime"]))
    given = GIVEN | {"what": "person", "of": person}
    answer = reviewer.post("/exports/take", given)
    assert answer.status_code == 422
    assert "Ask a colleague to agree" in words_of(answer)
    assert reviewer.post("/exports/ask", given).status_code == 302
