"""Templates: written in versions, previewed, refused with unknown gaps, used in forms without a script."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of
from tests.worlds.screens import rowan

from onrecord.apps.access.models import Team, User
from onrecord.apps.settings.gaps import GAPS, SAMPLES, filled
from onrecord.apps.settings.models import TextVersion
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.ids import public_reference
from onrecord.web.wording.dates import uk_date

LIST = "/administration/templates/"
CHANGES = "Changes, newest first"
LETTER = {
    "use": "letter", "name": "Ask for custody records", "title": "Custody log, case {case}",
    "text": "Case {case}, {today}.\n\nPlease send us the custody log.\n\n{account}, {team}",
    "reason": "Everybody asks in other words.",
}  # fmt: skip
CODE = "ask-for-custody-records"


def page(code=CODE, *more):
    return LIST + "/".join((code, *more))


def make(client, **changed):
    return client.post(page("new"), LETTER | changed)


def because(client, address, **given):
    return client.post(address, {"reason": "A test of it.", **given})


@pytest.fixture
def lead(administrator):
    """Return a review lead, signed in, beside the administrator."""
    account()
    return signed_in(Client())


@pytest.fixture
def case(home, lead):
    """Return the reference of the invented officer's case."""
    return public_reference("C", rowan()["report"])


class TestReading:
    def test_empty_one_and_many(self, administrator):
        assert "There is no template yet" in words_of(administrator.get(LIST))
        assert make(administrator).headers["Location"] == page()
        (row,) = table(administrator.get(LIST), "Templates")
        assert row[:3] == ["Ask for custody records", "Letters", "1"]
        make(administrator, name="A second", use="note", title="")
        assert len(table(administrator.get(LIST), "Templates")) == 2

    def test_one_is_shown_filled_in_and_there_is_no_other(self, administrator):
        make(administrator)
        words = words_of(administrator.get(page()))
        assert f"Custody log, case {SAMPLES['case']}" in words
        assert "30 September 2026." in words
        assert administrator.get(page("no-such")).status_code == 404
        assert administrator.get(page(CODE, "versions", "2")).status_code == 404

    def test_whose_duty_it_is_not_is_refused_and_who_reads_may_not_change(self, administrator):
        make(administrator)
        account("an.analyst", role="analyst")
        assert signed_in(Client(), "an.analyst").get(LIST).status_code == 403
        account("a.watchdog", role="watchdog")
        watchdog = signed_in(Client(), "a.watchdog")
        seen = watchdog.get(page())
        assert seen.status_code == 200
        assert "/retire" not in seen.content.decode()
        assert because(watchdog, page(CODE, "retire")).status_code == 403
        assert make(watchdog, name="Another").status_code == 403
        assert TextVersion.objects.count() == 1


class TestWriting:
    def test_changed_retired_and_offered_again_each_version_stays(self, administrator):
        make(administrator)
        given = {
            "name": "Ask for the log",
            "title": "",
            "text": "Please send it.",
            "reason": "Short.",
        }
        assert administrator.post(page(CODE, "change"), given).status_code == 302
        assert "Please send it." in words_of(administrator.get(page()))
        because(administrator, page(CODE, "retire"))
        assert "Retired: forms offer it no more" in words_of(administrator.get(page()))
        because(administrator, page(CODE, "restore"))
        rows = table(administrator.get(page()), CHANGES)
        assert [row[1:3] for row in rows] == [
            ["Offered again", "Version 2"], ["Retired", "Version 2"], ["Changed", "Version 2"],
            ["Made", "Version 1"],
        ]  # fmt: skip
        old = administrator.get(page(CODE, "versions", "1"))
        assert "Please send us the custody log." in words_of(old)
        assert LETTER["reason"] in words_of(old)
        again = administrator.get(page(CODE, "change") + "?version=1").content.decode()
        assert "Please send us the custody log." in again
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from ledger.event where action = 'template:change'"
                           " and object_ref = %s", [CODE])  # fmt: skip
            assert cursor.fetchone()[0] == 4

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"use": ""}, "Choose what it is for"),
            ({"use": "poem"}, "There is a problem"),
            ({"name": ""}, "Enter what it is called"),
            ({"text": " "}, "Write the text"),
            ({"reason": ""}, "Say why"),
            ({"text": "Dear {victim}"}, "Nothing fills in {victim} here"),
            ({"text": "Dear {officer name}"}, "Nothing fills in {officer name} here"),
            ({"text": "{}"}, "Nothing fills in {} here"),
            ({"text": "{ case"}, "A bracket { or } stands alone"),
            ({"text": "{{case}}"}, "A bracket { or } stands alone"),
            ({"title": "By {team}"}, "Nothing fills in {team} here"),
            ({"title": "About PC Ashgrove"}, "must not say who"),
            ({"title": "x" * 110 + " {case}"}, "between 1 and 120"),
            ({"name": "For {case}"}, "Nothing fills in {case} here"),
            ({"use": "note"}, "A note has no title"),
        ],
    )
    def test_what_cannot_be_is_said(self, administrator, given, said):
        answer = make(administrator, **given)
        assert answer.status_code == 422
        assert said in words_of(answer)
        assert not TextVersion.objects.exists()

    def test_a_preview_keeps_nothing_and_needs_no_reason(self, administrator):
        answer = make(administrator, preview="yes", reason="")
        assert answer.status_code == 200
        assert f"Case {SAMPLES['case']}, 30 September 2026." in words_of(answer)
        assert "Nothing is kept yet" in words_of(answer)
        assert not TextVersion.objects.exists()

    def test_nothing_twice_and_no_name_twice(self, administrator):
        make(administrator)
        assert "Another template is called that" in words_of(make(administrator))
        same = administrator.post(page(CODE, "change"), LETTER)
        assert "That is what it says already" in words_of(same)
        assert "It is offered already" in words_of(because(administrator, page(CODE, "restore")))
        because(administrator, page(CODE, "retire"))
        assert "It is retired already" in words_of(because(administrator, page(CODE, "retire")))
        assert make(administrator).headers["Location"] == page(f"{CODE}-2")
        back = because(administrator, page(CODE, "restore"))
        assert "Another template is called that" in words_of(back)

    def test_a_template_called_new_can_be_reached(self, administrator):
        assert make(administrator, name="New").headers["Location"] == page("new-2")
        assert administrator.get(page("new-2")).status_code == 200

    def test_a_row_is_never_changed(self, administrator):
        from tests.stores import acting

        make(administrator)
        with pytest.raises(DatabaseError), acting():
            TextVersion.objects.update(text="Other")

    def test_what_is_filled_in_is_not_looked_at_again(self):
        values = {"account": "{case}", "case": "C-4T7QX-2M9KB-H"}
        assert filled("{account} {case} {other}", values) == "{case} C-4T7QX-2M9KB-H {other}"
        assert set(GAPS) == set(SAMPLES) == {"case", "today", "account", "team"}


class TestUsing:
    def test_a_letter_begins_from_one(self, administrator, lead, case):
        from tests.stores import acting

        where = f"/work/cases/{case}/letters/new"
        assert "Begin from a template" not in words_of(lead.get(where))
        make(administrator)
        assert "Begin from a template" in words_of(lead.get(where))
        with acting():
            team = Team.objects.create(code="north", name="Review, north")
            User.objects.filter(username="a.reviewer").update(team=team)
        page_ = lead.get(where, {"template": CODE}).content.decode()
        assert f'value="Custody log, case {case}"' in page_
        assert f"Case {case}, {uk_date(today())}." in page_
        assert "a.reviewer, Review, north" in page_
        assert lead.get(where, {"template": "no-such"}).status_code == 404

    def test_one_for_another_use_or_retired_is_not_offered(self, administrator, lead, case):
        make(administrator)
        notes = f"/work/cases/{case}/notes"
        assert "Begin from a template" not in words_of(lead.get(notes))
        assert lead.get(notes, {"template": CODE}).status_code == 404
        because(administrator, page(CODE, "retire"))
        letters = f"/work/cases/{case}/letters/new"
        assert "Begin from a template" not in words_of(lead.get(letters))
        assert lead.get(letters, {"template": CODE}).status_code == 404

    def test_a_note_begins_from_one_and_what_was_typed_is_kept(self, administrator, lead, case):
        make(administrator, use="note", title="", name="Review", text="Reviewed {case}. By {team}.")
        notes = f"/work/cases/{case}/notes"
        page_ = lead.get(notes, {"template": "review"}).content.decode()
        assert f"Reviewed {case}. By (no team)." in page_
        lead.post(notes, {"kind": "supervision", "reason": f"Reviewed {case}. All in order."})
        assert f"Reviewed {case}. All in order." in words_of(lead.get(notes))
        holed = lead.post(f"{notes}?template=review", {"kind": "supervision", "reason": ""})
        assert holed.status_code == 422
        assert "By (no team)" not in words_of(holed)

    def test_a_task_begins_from_one_with_its_case_or_without(self, administrator, lead, case):
        make(administrator, use="task", name="Custody log", title="Ask for the log, {case}")
        page_ = lead.get("/work/raise", {"template": "custody-log", "case": case}).content.decode()
        assert f'value="Ask for the log, {case}"' in page_
        assert f'value="{case}"' in page_
        none = lead.get("/work/raise", {"template": "custody-log"}).content.decode()
        assert "Ask for the log, (no case)" in none

    def test_what_a_template_says_is_text_and_never_markup(self, administrator, lead, case):
        make(administrator, text="<script>alert(1)</script>", title="<b>Log</b>")
        for seen in (administrator.get(page()), lead.get(f"/work/cases/{case}/letters/new",
                                                         {"template": CODE})):  # fmt: skip
            assert "<script>alert" not in seen.content.decode()
            assert "<b>Log" not in seen.content.decode()
