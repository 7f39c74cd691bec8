"""Notes, policy file and letters of a case: empty, one, wrong, and not there for somebody."""

import pytest
from django.db import connection
from django.test import Client
from tests.integration.work.desk import bar
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of
from tests.worlds.screens import rowan

from onrecord.core.kernel.ids import public_reference

ENTRY = {
    "decision": "Interview before the search.", "options_rejected": "Search first.",
    "reasons": "The phone may be wiped.", "advice_taken": "", "corrects": "",
}  # fmt: skip
LETTER = {
    "kind": "out", "correspondent": "The custody office", "subject": "The custody log",
    "words": "Please send it.", "dated_on": "4 November 2020", "reply_due_on": "",
}  # fmt: skip
PLACES = ("notes", "policy-file", "policy-file/print", "policy-file/new", "letters", "letters/new",
          "tasks")  # fmt: skip


@pytest.fixture
def case(home, reviewer):
    """Return where what is kept with the invented officer's case is found."""
    lineage = rowan()["report"]
    return f"/work/cases/{public_reference('C', lineage)}", lineage


def test_a_case_with_nothing_says_so_everywhere(case, reviewer):
    where, _ = case
    said = {
        "notes": "Nobody has written a note", "policy-file": "No decision is in the policy file",
        "letters": "No letter is in the register", "tasks": "Nothing was asked about this case",
        "policy-file/print": "no entries. Taken out",
    }  # fmt: skip
    for place, words in said.items():
        assert words in words_of(reviewer.get(f"{where}/{place}"))


def test_a_note_is_written_and_read(case, reviewer):
    where, _ = case
    holed = reviewer.post(f"{where}/notes", {"reason": " "})
    assert holed.status_code == 422
    assert "Say it in a sentence" in words_of(holed)
    answer = reviewer.post(f"{where}/notes", {"reason": "Rang the office.\n\nNobody there."})
    assert answer.status_code == 302
    words = words_of(reviewer.get(answer["Location"]))
    assert "a.reviewer," in words
    assert "Rang the office. Nobody there." in words


def test_decisions_are_numbered_and_a_correction_points_back(case, reviewer):
    where, _ = case
    assert reviewer.post(f"{where}/policy-file/new", ENTRY).status_code == 302
    form = reviewer.get(f"{where}/policy-file/new?corrects=1")
    assert '<option value="1" selected>Entry 1</option>' in form.content.decode()
    again = ENTRY | {"decision": "Search first after all.", "corrects": "1"}
    answer = reviewer.post(f"{where}/policy-file/new", again)
    assert answer["Location"].endswith("/policy-file#entry-2")
    words = words_of(reviewer.get(f"{where}/policy-file"))
    assert "Corrected by entry 2" in words
    assert "Corrects entry 1" in words
    assert "Advice taken None." in words
    paper = words_of(reviewer.get(f"{where}/policy-file/print"))
    assert "2 entries. Taken out" in paper
    assert "by a.reviewer" in paper
    assert "Correct entry" not in paper


@pytest.mark.parametrize("hole", ["decision", "options_rejected", "reasons"])
def test_a_decision_with_a_hole_is_asked_for_again(case, reviewer, hole):
    where, _ = case
    answer = reviewer.post(f"{where}/policy-file/new", ENTRY | {hole: ""})
    assert answer.status_code == 422
    assert "There is a problem" in words_of(answer)
    assert "No decision is in" in words_of(reviewer.get(f"{where}/policy-file"))


def test_a_letter_is_entered_and_answered_once(case, reviewer):
    where, _ = case
    answer = reviewer.post(f"{where}/letters/new", LETTER | {"reply_due_on": "1 January 2199"})
    assert answer.status_code == 302, words_of(answer)
    page = answer["Location"]
    assert "Please send it." in words_of(reviewer.get(page))
    assert "Waiting" in table(reviewer.get(f"{where}/letters"), "Letters of this case")[0][3]
    holed = reviewer.post(f"{page}/answer", {})
    assert holed.status_code == 422
    reply = {"kind": "in", "dated_on": "9 November 2020", "reason": "Here it is."}
    assert reviewer.post(f"{page}/answer", reply).status_code == 302
    assert "Received, 9 November 2020" in words_of(reviewer.get(page))
    assert "Enter what answers it" not in words_of(reviewer.get(page))
    again = reviewer.post(f"{page}/answer", reply)
    assert again.status_code == 422
    assert "answered already" in words_of(again)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": ""}, "Choose whether it was sent"),
        ({"subject": "Log of PC Ashgrove"}, "must not say who it is about"),
        ({"correspondent": "Sgt Ashgrove"}, "must not say who it is about"),
        ({"dated_on": "1 January 2199"}, "must be today or earlier"),
        ({"dated_on": "soon"}, "Enter a day, such as"),
        ({"reply_due_on": "1 January 2001"}, "must be today or later"),
    ],
)
def test_what_is_wrong_with_a_letter_is_said(case, reviewer, given, said):
    where, _ = case
    answer = reviewer.post(f"{where}/letters/new", LETTER | given)
    assert answer.status_code == 422
    assert said in words_of(answer)


def test_a_late_reply_stands_on_today(case, reviewer):
    where, _ = case
    from tests.stores import acting

    from onrecord.apps.work.models import Letter
    from onrecord.core.kernel.clock import today

    reviewer.post(f"{where}/letters/new", LETTER | {"reply_due_on": "1 January 2199"})
    made = Letter.objects.get()
    with acting():
        made.pk, made.lineage, made.reference = None, case[1], "L-00000-00000-0"
        made.reply_due_on = today().replace(year=today().year - 1)
        made.save(force_insert=True)
    answer = reviewer.get("/today/")
    assert "Replies that are late (1)" in words_of(answer)
    assert f'{where}/letters/L-00000-00000-0"' in answer.content.decode()


def test_every_page_is_recorded_as_a_look(case, reviewer):
    where, _ = case
    for place, verb in (("notes", "case_note:read"), ("policy-file/print", "policy_file:read"),
                        ("letters", "letter:read")):  # fmt: skip
        reviewer.get(f"{where}/{place}")
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from ledger.consultation where action = %s and not was_refused",
                [verb],
            )
            assert cursor.fetchone()[0] == 1


def test_a_barred_case_answers_as_one_that_does_not_exist(case, reviewer):
    where, lineage = case
    bar("a.reviewer", lineage)
    for place in PLACES:
        hidden = reviewer.get(f"{where}/{place}")
        missing = reviewer.get(f"/work/cases/C-00000-00000-0/{place}")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert words_of(hidden) == words_of(missing)
    assert reviewer.post(f"{where}/notes", {"reason": "x"}).status_code == 404
    assert reviewer.post(f"{where}/policy-file/new", ENTRY).status_code == 404
    assert reviewer.post(f"{where}/letters/new", LETTER).status_code == 404


def test_an_account_without_cases_is_turned_away(case):
    where, _ = case
    account("an.admin", role="administrator")
    client = signed_in(Client(), "an.admin")
    for place in PLACES:
        assert client.get(f"{where}/{place}").status_code == 403


def test_the_case_page_leads_there(case, reviewer):
    where, _ = case
    page = reviewer.get(where.removeprefix("/work")).content.decode()
    assert f'href="{where}/notes"' in page
