"""Lists of choices: the service's own changed with reasons, fixed ones shown; forms offer the live list."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of
from tests.worlds.screens import rowan

from onrecord.apps.settings.listing import labels, offered, terms
from onrecord.apps.settings.models import TermChange
from onrecord.apps.settings.vocabularies import NOTE_KINDS, SCHEDULES, TASK_KINDS, VOCABULARIES
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.ids import public_reference

LISTS = "/administration/vocabularies/"
CHANGES = "Changes, newest first"
VISIT = {"label": "Visit", "meaning": "", "reason": "We visit people now."}


def page(key, *more):
    return LISTS + "/".join((key, *more))


def codes(key):
    return [code for code, _ in offered(key)]


def because(client, address, **given):
    return client.post(address, {"reason": "A test of it.", **given})


@pytest.fixture
def lead(administrator):
    """Return a review lead, signed in, beside the administrator."""
    account()
    return signed_in(Client())


@pytest.fixture
def notes(home, lead):
    """Return where notes about the invented officer's case are written."""
    return f"/work/cases/{public_reference('C', rowan()['report'])}/notes"


class TestReading:
    def test_own_and_fixed_lists_are_shown_each_with_why(self, administrator):
        seen = administrator.get(LISTS)
        rows = table(seen, "Lists of the service's own")
        assert len(rows) == len(VOCABULARIES)
        assert rows[0][1:] == ["3", "0"]
        fixed = table(seen, "Fixed lists")
        assert any("Victims' Code" in row[0] and "The law says" in row[1] for row in fixed)

    def test_an_untouched_an_empty_and_a_fixed_list(self, administrator):
        assert "Nobody has changed this list" in words_of(administrator.get(page(NOTE_KINDS)))
        assert "There is no choice in this list yet" in words_of(administrator.get(page(SCHEDULES)))
        fixed = administrator.get(page("code-rights"))
        assert "A charge" in words_of(fixed)
        assert "/add" not in fixed.content.decode()
        assert administrator.get(page("no-such")).status_code == 404
        assert administrator.get(page("code-rights", "add")).status_code == 404

    def test_whose_duty_it_is_not_is_refused_and_who_reads_may_not_change(self, administrator):
        account("an.analyst", role="analyst")
        assert signed_in(Client(), "an.analyst").get(LISTS).status_code == 403
        account("a.watchdog", role="watchdog")
        watchdog = signed_in(Client(), "a.watchdog")
        seen = watchdog.get(page(NOTE_KINDS))
        assert seen.status_code == 200
        assert "/retire" not in seen.content.decode()
        assert because(watchdog, page(NOTE_KINDS, "meeting", "retire")).status_code == 403
        assert "meeting" in codes(NOTE_KINDS)


class TestChanging:
    def test_added_renamed_retired_and_offered_again_each_on_record(self, administrator):
        assert administrator.post(page(NOTE_KINDS, "add"), VISIT).status_code == 302
        assert codes(NOTE_KINDS)[-1] == "visit"
        because(administrator, page(NOTE_KINDS, "visit", "rename"), label="Home visit", meaning="")
        assert labels(NOTE_KINDS)["visit"] == "Home visit"
        because(administrator, page(NOTE_KINDS, "visit", "retire"))
        assert "visit" not in codes(NOTE_KINDS)
        seen = administrator.get(page(NOTE_KINDS))
        assert "Retired: forms offer it no more" in words_of(seen)
        because(administrator, page(NOTE_KINDS, "visit", "restore"))
        assert "visit" in codes(NOTE_KINDS)
        rows = table(administrator.get(page(NOTE_KINDS)), CHANGES)
        assert [row[1] for row in rows] == ["Offered again", "Retired", "Renamed", "Added"]
        assert rows[-1][2:] == ["Visit", "an.admin", VISIT["reason"]]
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from ledger.event where action = 'vocabulary:change'"
                           " and object_ref = 'note-kinds'")  # fmt: skip
            assert cursor.fetchone()[0] == 4

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"label": ""}, "Enter what it is called"),
            ({"label": "   "}, "Enter what it is called"),
            ({"label": "MEETING"}, "Another choice is called that"),
            ({"label": "Call PC Ashgrove"}, "must not say who"),
            ({"label": "Visit", "meaning": "ask a.person@force.example"}, "must not say who"),
            ({"label": "Visit", "reason": ""}, "Say why"),
        ],
    )
    def test_what_cannot_be_is_said(self, administrator, given, said):
        answer = administrator.post(page(NOTE_KINDS, "add"), VISIT | given)
        assert answer.status_code == 422
        assert said in words_of(answer)
        assert not TermChange.objects.exists()

    def test_the_last_cannot_be_retired_and_nothing_twice(self, administrator):
        for code in codes(TASK_KINDS)[1:]:
            assert because(administrator, page(TASK_KINDS, code, "retire")).status_code == 302
        (last,) = codes(TASK_KINDS)
        answer = because(administrator, page(TASK_KINDS, last, "retire"))
        assert "Forms need at least one choice" in words_of(answer)
        again = because(administrator, page(TASK_KINDS, "task", "retire"))
        assert "It is retired already" in words_of(again)
        offered_still = because(administrator, page(TASK_KINDS, last, "restore"))
        assert "It is offered already" in words_of(offered_still)
        same = because(administrator, page(TASK_KINDS, last, "rename"),
                       label="Question", meaning="somebody answers it")  # fmt: skip
        assert "It is called that already" in words_of(same)
        assert administrator.get(page(TASK_KINDS, "nothing", "retire")).status_code == 404

    def test_the_code_of_what_was_retired_is_never_given_again(self, administrator):
        administrator.post(page(NOTE_KINDS, "add"), VISIT)
        because(administrator, page(NOTE_KINDS, "visit", "retire"))
        administrator.post(page(NOTE_KINDS, "add"), VISIT)
        assert [term.code for term in terms(NOTE_KINDS)][-2:] == ["visit", "visit_2"]
        answer = because(administrator, page(NOTE_KINDS, "visit", "restore"))
        assert "Another choice is called that" in words_of(answer)

    def test_a_row_is_never_changed(self, administrator):
        from tests.stores import acting

        administrator.post(page(NOTE_KINDS, "add"), VISIT)
        with pytest.raises(DatabaseError), acting():
            TermChange.objects.update(label="Other")


class TestForms:
    def test_notes_offer_the_live_list_and_show_what_was_retired(self, administrator, lead, notes):
        administrator.post(page(NOTE_KINDS, "add"), VISIT)
        assert '<option value="visit"' in lead.get(notes).content.decode()
        assert lead.post(notes, {"kind": "visit", "reason": "Nobody in."}).status_code == 302
        because(administrator, page(NOTE_KINDS, "visit", "retire"))
        seen = lead.get(notes)
        assert '<option value="visit"' not in seen.content.decode()
        assert "Visit: a.reviewer," in words_of(seen)
        assert lead.post(notes, {"kind": "visit", "reason": "Again."}).status_code == 422
        because(
            administrator, page(NOTE_KINDS, "visit", "rename"), label="Call at home", meaning=""
        )
        assert "Call at home: a.reviewer," in words_of(lead.get(notes))

    def test_a_note_from_before_there_were_kinds_shows_none(self, lead, notes):
        lead.post(notes, {"reason": "Rang the office."})
        words = words_of(lead.get(notes))
        assert "a.reviewer," in words
        assert "Note: a.reviewer," not in words

    def test_letters_and_tasks_offer_the_live_list(self, administrator, lead, notes):
        because(administrator, page("letter-kinds", "add"), label="Fax", meaning="")
        letters = notes.replace("notes", "letters")
        letter = {
            "kind": "out", "form": "fax", "correspondent": "The custody office",
            "subject": "The custody log", "words": "Please send it.", "dated_on": "4 November 2020",
        }  # fmt: skip
        where = lead.post(f"{letters}/new", letter)["Location"]
        assert "Sent, Fax" in words_of(lead.get(where))
        assert "Sent, Fax" in words_of(lead.get(letters))
        because(
            administrator, page(TASK_KINDS, "add"), label="Visit", meaning="somebody goes there"
        )
        because(administrator, page(TASK_KINDS, "question", "retire"))
        form = lead.get("/work/raise").content.decode()
        assert "Visit: somebody goes there" in form
        assert 'value="question"' not in form
        task = {
            "kind": "visit",
            "title": "See the store",
            "asked": "All of it.",
            "owner": "a.reviewer",
            "due_on": f"{today():%-d %B %Y}",
        }
        assert "Visit" in words_of(lead.get(lead.post("/work/raise", task)["Location"]))
        assert "Visit ·" in words_of(lead.get("/work/"))
        assert "Visit" in words_of(lead.get("/today/"))

    def test_a_schedule_is_chosen_once_there_is_a_list_of_them(self, administrator):
        from onrecord.web.file_desk.forms import DestroyedForm

        given = {"schedule": "RRD 4.2", "confirmed_by": "Records manager", "words": "Gone."}
        assert DestroyedForm(given).is_valid()
        because(administrator, page(SCHEDULES, "add"), label="Records schedule", meaning="line 4.2")
        assert not DestroyedForm(given).is_valid()
        assert DestroyedForm(given | {"schedule": "Records schedule"}).is_valid()
