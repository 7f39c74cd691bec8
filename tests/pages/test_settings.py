"""Settings: what holds, who set it, what takes two people, what the operator has set, who may not."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.test import Client
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of

from onrecord.apps.access.models import TwoPersonAsk
from onrecord.apps.settings.declared import IDLE, SETTINGS
from onrecord.apps.settings.models import SettingValue
from onrecord.apps.settings.policies import loosens, require_environment
from onrecord.apps.settings.selectors import setting, sign_in_limits
from onrecord.core.kernel.clock import now

CHANGES = "Changes, newest first"


def page(key, act=""):
    return f"/administration/settings/{key}{'/' + act if act else ''}"


def change(client, key, value, reason="A test of it."):
    return client.post(page(key, "change"), {"value": value, "reason": reason})


def events():
    with connection.cursor() as cursor:
        cursor.execute("select action, object_ref, reason, body from ledger.event"
                       " where object_kind = 'setting' and action like 'setting:%%'"
                       " order by event_id")  # fmt: skip
        return cursor.fetchall()


@pytest.fixture
def other(administrator):
    """Return an authority, signed in, who is another human being."""
    account("an.authority", role="appropriate_authority")
    return signed_in(Client(), "an.authority")


def agree(client, ask, agrees="yes"):
    return client.post(f"/work/agreements/{ask.pk}", {"agrees": agrees, "reason": "It is right."})


class TestReading:
    def test_every_setting_is_listed_with_what_holds(self, administrator):
        rows = table(administrator.get("/administration/settings/"), "Settings")
        titles = [row[0] for row in rows]
        assert all(any(each.title in title for title in titles) for each in SETTINGS.values())
        assert any(row[1:] == ["30 minutes", "Never"] for row in rows)

    def test_one_says_that_nobody_changed_it_and_there_is_no_other(self, administrator):
        assert "Nobody has changed this" in words_of(administrator.get(page(IDLE)))
        assert administrator.get(page("no.such")).status_code == 404

    def test_the_start_page_leads_to_what_the_viewer_may_see(self, administrator, client):
        words = words_of(administrator.get("/administration/"))
        assert "Users" in words
        assert "Settings" in words
        account("a.lead", role="review_lead")
        lead = words_of(signed_in(Client(), "a.lead").get("/administration/"))
        assert "Settings" in lead
        assert "Users" not in lead

    def test_whose_duty_it_is_not_is_refused_and_who_reads_may_not_change(self, administrator):
        account("an.analyst", role="analyst")
        analyst = signed_in(Client(), "an.analyst")
        assert analyst.get("/administration/settings/").status_code == 403
        account("a.watchdog", role="watchdog")
        watchdog = signed_in(Client(), "a.watchdog")
        seen = watchdog.get(page(IDLE))
        assert seen.status_code == 200
        assert "/change" not in seen.content.decode()
        assert change(watchdog, IDLE, "10").status_code == 403
        assert setting(IDLE) == 30


class TestChanging:
    def test_a_tighter_value_holds_at_once_with_before_and_after_on_record(self, administrator):
        assert change(administrator, IDLE, "20", "Screens were left.").status_code == 302
        assert setting(IDLE) == 20
        assert sign_in_limits().idle_seconds == 1200
        (row,) = table(administrator.get(page(IDLE)), CHANGES)
        assert row[1:] == ["30 minutes", "20 minutes", "an.admin", "Screens were left."]
        ((action, ref, reason, body),) = events()
        assert (action, ref, reason) == ("setting:change", IDLE, "Screens were left.")
        assert '"new":"20","old":"30"' in body.replace('"key":"sign_in.idle_minutes",', "")

    @pytest.mark.parametrize("value", ["", "lots", "4", "121", "-5", "1e1", "20.5", "٢٠", "9" * 9])
    def test_what_cannot_be_is_said_and_nothing_changes(self, administrator, value):
        assert change(administrator, IDLE, value).status_code == 422
        assert not SettingValue.objects.exists()

    def test_no_reason_no_other_value_or_no_such_choice_is_said(self, administrator):
        assert "Say why" in words_of(change(administrator, IDLE, "20", ""))
        assert "That is what holds already" in words_of(change(administrator, IDLE, "30"))
        assert change(administrator, "sign_in.second_factor", "some").status_code == 422
        assert not SettingValue.objects.exists()

    def test_the_new_limit_ends_a_sign_in(self, administrator, monkeypatch):
        change(administrator, IDLE, "5")
        later = now() + timedelta(minutes=6)
        monkeypatch.setattr("onrecord.web.session_limits.now", lambda: later)
        assert "sign-in" in administrator.get("/administration/").headers["Location"]

    def test_a_second_factor_is_asked_of_everybody_until_that_is_changed(
        self, administrator, settings
    ):
        account("a.lead", role="review_lead")
        lead = signed_in(Client(), "a.lead")
        change(administrator, "sign_in.second_factor", "guarded")
        settings.SECOND_FACTOR = None
        assert "factors" in administrator.get("/administration/").headers["Location"]
        assert "factors" in lead.get("/work/").headers["Location"]

    def test_a_row_is_never_changed(self, administrator):
        from tests.stores import acting

        change(administrator, IDLE, "20")
        with pytest.raises(DatabaseError), acting():
            SettingValue.objects.update(value="120")


class TestLoosening:
    def test_it_takes_another_human_being_and_is_for_that_value_only(self, administrator, other):
        answer = change(administrator, IDLE, "60")
        assert answer.headers["Location"] == page(IDLE) + "?asked=yes"
        assert setting(IDLE) == 30
        assert "nobody has yet" in words_of(change(administrator, IDLE, "60"))
        ask = TwoPersonAsk.objects.get()
        seen = words_of(other.get(f"/work/agreements/{ask.pk}"))
        assert "sign_in.idle_minutes from 30 minutes to 60 minutes" in seen
        agree(other, ask)
        assert "asked=yes" in change(administrator, IDLE, "90").headers["Location"]
        assert setting(IDLE) == 30
        assert change(administrator, IDLE, "60").headers["Location"] == page(IDLE)
        assert setting(IDLE) == 60
        (row,) = table(administrator.get(page(IDLE)), CHANGES)
        assert row[2:4] == ["60 minutes Loosened by two people", "an.admin agreed by an.authority"]
        assert [action for action, *_ in events()] == ["setting:loosen"]

    def test_an_agreement_is_used_up_once_the_value_has_moved(self, administrator, other):
        change(administrator, IDLE, "60")
        agree(other, TwoPersonAsk.objects.get())
        change(administrator, IDLE, "20")
        assert "asked=yes" in change(administrator, IDLE, "60").headers["Location"]
        assert setting(IDLE) == 20

    def test_a_refusal_ends_it_and_the_same_human_is_nobody_else(self, administrator, other):
        from tests.stores import acting

        from onrecord.apps.access.models import User

        change(administrator, IDLE, "60")
        ask = TwoPersonAsk.objects.get()
        with acting():
            User.objects.filter(username="an.authority").update(human="an.admin")
        agree(other, ask)
        assert not ask.answers.exists()
        change(administrator, IDLE, "60")
        assert setting(IDLE) == 30

    def test_which_way_is_looser(self):
        wait = SETTINGS["sign_in.longest_wait_minutes"]
        assert loosens(wait, "15", "5")
        assert not loosens(wait, "15", "60")
        factor = SETTINGS["sign_in.second_factor"]
        assert loosens(factor, "everybody", "guarded")
        assert not loosens(factor, "nobody", "guarded")
        assert not loosens(SETTINGS["today.new_days"], "3", "14")

    def test_every_default_is_within_its_own_bounds(self):
        for each in SETTINGS.values():
            if each.options:
                assert each.default in dict(each.options)
            else:
                assert each.lowest <= int(each.default) <= each.highest


class TestOperator:
    def test_what_the_operator_has_set_is_said_and_cannot_be_changed(
        self, administrator, monkeypatch
    ):
        monkeypatch.setenv("ONRECORD_IDLE_MINUTES", "45")
        assert setting(IDLE) == 45
        seen = administrator.get(page(IDLE))
        assert "Set by the operator" in words_of(seen)
        assert "/change" not in seen.content.decode()
        assert change(administrator, IDLE, "20").status_code == 422
        rows = table(administrator.get("/administration/settings/"), "Settings")
        assert any("45 minutes Set by the operator" in row for row in rows)

    @pytest.mark.parametrize("said", ["lots", "0", "-1", "1.5"])
    def test_an_environment_that_sets_what_cannot_be_is_refused(self, monkeypatch, said):
        monkeypatch.setenv("ONRECORD_EXPORT_ROWS", said)
        with pytest.raises(ImproperlyConfigured, match="ONRECORD_EXPORT_ROWS"):
            require_environment()
