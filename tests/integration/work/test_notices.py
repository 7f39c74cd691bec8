"""People are told that something waits, never what; whoever may not see it is told nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.integration.work import mailer
from tests.integration.work.desk import CASE, account, asked, bar, somebody, viewer, wall_around
from tests.stores import acting
from tests.worlds.commands import answered

from onrecord.apps.access.models import CircleMember, User
from onrecord.apps.work import mailing, services
from onrecord.apps.work.case_papers import add_case_note
from onrecord.apps.work.mailing import send_notices
from onrecord.apps.work.models import CaseNote, Mail, MailAttempt, Notice, TaskStep
from onrecord.apps.work.morning import morning
from onrecord.apps.work.notices import notices_for, tick_off
from onrecord.core.kernel import clock
from onrecord.core.kernel.errors import DataRejectedError, UsageError
from onrecord.core.ledger.actors import LOCAL_OPERATOR

HOUR = timedelta(hours=1)


@pytest.fixture
def people(store):
    lead, worker = somebody("a.lead", "review_lead"), somebody("b.worker", "review_lead")
    somebody("c.other")
    with acting():
        for name in ("a.lead", "b.worker"):
            User.objects.filter(username=name).update(email=f"{name}@nsp.example")
    return lead, worker


@pytest.fixture
def later(monkeypatch):
    """Return what moves every clock of the sending forward."""
    passed = timedelta()

    def move(by):
        nonlocal passed
        passed += by
        monkeypatch.setattr(mailing, "now", lambda: clock.now() + passed)

    return move


def note(who, words):
    return add_case_note(viewer=who, case=CASE, words=words)


def told(name):
    return [notice.kind for notice in notices_for(viewer(name))]


def sending():
    done = send_notices(actor=LOCAL_OPERATOR)
    return done.queued, done.sent, done.failed, done.dropped


def outcomes():
    return list(MailAttempt.objects.order_by("pk").values_list("outcome", flat=True))


class TestMentions:
    def test_a_note_tells_those_it_mentions_once_and_not_its_writer(self, people):
        lead, _ = people
        note(lead, "@b.worker, please look. Thank you, @b.worker. Written by @a.lead.")
        assert told("b.worker") == ["mention"]
        assert told("a.lead") == []
        (line,) = [
            ln for ln in morning(viewer("b.worker"), clock.today()) if "Mentions" in ln.heading
        ]
        assert (line.count, line.items[0].kind) == (1, "notes")

    def test_an_address_is_no_mention(self, people):
        lead, _ = people
        note(lead, "They write from desk@b.worker and not from here.")
        assert told("b.worker") == []

    @pytest.mark.parametrize("why", ["nobody", "out of the circle", "barred", "sealed"])
    def test_who_may_not_see_the_case_gets_nothing_and_why_is_not_said(self, people, why):
        lead, _ = people
        name = {"nobody": "x.nobody", "out of the circle": "c.other"}.get(why, "b.worker")
        if why == "barred":
            bar("b.worker", CASE)
        if why == "sealed":
            wall_around(CASE, "a.lead")
        with pytest.raises(DataRejectedError) as refused:
            note(lead, f"Ask @{name} about it.")
        assert str(refused.value.message) == f"This person cannot be mentioned here: @{name}."
        assert not CaseNote.objects.exists()
        assert not Notice.objects.exists()

    def test_somebody_of_the_circle_can_be_mentioned(self, people):
        lead, _ = people
        with acting():
            CircleMember.objects.create(
                user=account("c.other"), thing_kind="case", lineage=CASE, part="investigator",
                added_by="a-test", reason="a test",
            )  # fmt: skip
        note(lead, "Ask @c.other about it.")
        assert told("c.other") == ["mention"]

    def test_a_note_with_a_task_mentions_only_who_sees_the_task(self, people):
        lead, _ = people
        somebody("d.far", of="elsewhere")
        task = asked(lead, owner=account("c.other"))
        services.add_note(viewer=lead, reference=task.reference, words="As @b.worker said.")
        assert told("b.worker") == ["mention"]
        steps = TaskStep.objects.count()
        with pytest.raises(DataRejectedError, match="cannot be mentioned here"):
            services.add_note(viewer=lead, reference=task.reference, words="Or @d.far.")
        assert TaskStep.objects.count() == steps


class TestNotices:
    def test_what_is_given_or_escalated_is_told_and_ticked_off(self, people):
        lead, worker = people
        task = asked(lead, owner=account("b.worker"))
        services.escalate(
            viewer=worker, reference=task.reference, to=account("a.lead"), reason="stuck"
        )
        assert (told("b.worker"), told("a.lead")) == (["given"], ["escalated"])
        (mine,) = notices_for(worker)
        (others,) = notices_for(lead)
        assert tick_off(viewer=worker, numbers=[mine.pk, others.pk, 0]) == 1
        assert (told("b.worker"), told("a.lead")) == ([], ["escalated"])

    @pytest.mark.parametrize("hide", ["bar", "wall"])
    def test_what_became_hidden_takes_its_notices_with_it(self, people, hide):
        lead, worker = people
        note(lead, "See @b.worker.")
        asked(lead, owner=account("b.worker"), case_lineage=CASE)
        assert len(told("b.worker")) == 2
        bar("b.worker", CASE) if hide == "bar" else wall_around(CASE, "a.lead")
        assert told("b.worker") == []
        assert (
            tick_off(viewer=worker, numbers=list(Notice.objects.values_list("pk", flat=True))) == 0
        )


class TestMail:
    def test_it_says_how_many_things_wait_and_nothing_else(self, people, settings):
        lead, _ = people
        for _ in range(2):
            asked(lead, owner=account("b.worker"), title="Ask Rowan Adair for the log")
        note(lead, "Rowan Adair was seen, @b.worker.")
        settings.SITE_URL = "https://onrecord.example"
        with mailer.running() as server:
            settings.MAILER_URL = server.url
            assert sending() == (1, 1, 0, 0)
        (mail,) = server.taken
        assert (
            "You have 3 things waiting in Onrecord.\r\n\r\nhttps://onrecord.example/today/" in mail
        )
        assert "To: b.worker@nsp.example" in mail
        for word in ("Rowan", "Adair", "log", "a.lead", "A.LEAD", "mention", "C-", "T-"):
            assert word not in mail.replace("Message-ID", "")
        assert outcomes() == ["sent"]

    def test_it_is_sent_once_and_again_only_for_news_after_a_quiet_hour(
        self, people, settings, later
    ):
        lead, _ = people
        asked(lead, owner=account("b.worker"))
        with mailer.running() as server:
            settings.MAILER_URL = server.url
            assert sending() == (1, 1, 0, 0)
            asked(lead, owner=account("b.worker"))
            assert sending() == (0, 0, 0, 0)
            later(HOUR * 1.1)
            assert sending() == (1, 1, 0, 0)
            with acting():
                Mail.objects.update(queued_at=clock.now())
            later(HOUR * 2)
            assert sending() == (0, 0, 0, 0)
        assert len(server.taken) == 2

    @pytest.mark.parametrize(
        ("mood", "outcome"),
        [
            ("hangs up", "SMTPServerDisconnected"),
            ("refuses", "SMTPRecipientsRefused"),
            ("is not there", "ConnectionRefusedError"),
        ],
    )
    def test_a_mailer_that_fails_is_tried_again_until_it_takes_it(
        self, people, settings, later, mood, outcome
    ):
        lead, _ = people
        asked(lead, owner=account("b.worker"))
        with mailer.running(mood) as broken:
            settings.MAILER_URL = broken.url if mood != "is not there" else "smtp://127.0.0.1:9"
            assert sending() == (1, 0, 1, 0)
            assert sending() == (0, 0, 0, 0), "it waits before it tries again"
            later(timedelta(minutes=2))
            assert sending() == (0, 0, 1, 0)
            assert broken.taken == []
        with mailer.running() as mended:
            settings.MAILER_URL = mended.url
            assert sending() == (0, 0, 0, 0), "each time it waits longer"
            later(timedelta(minutes=6))
            assert sending() == (0, 1, 0, 0)
            assert len(mended.taken) == 1
        assert outcomes() == [outcome, outcome, "sent"]

    def test_a_mailer_that_is_down_is_met_once_a_round(self, people, settings):
        lead, worker = people
        asked(lead, owner=account("b.worker"))
        asked(worker, owner=account("a.lead"))
        with mailer.running("hangs up") as broken:
            settings.MAILER_URL = broken.url
            assert sending() == (2, 0, 2, 0)
            assert broken.met == 1

    def test_one_mailbox_that_is_refused_does_not_stop_the_others(self, people, settings):
        lead, worker = people
        asked(lead, owner=account("b.worker"))
        asked(worker, owner=account("a.lead"))
        with mailer.running("refuses") as server:
            settings.MAILER_URL = server.url
            assert sending() == (2, 0, 2, 0)
        assert outcomes() == ["SMTPRecipientsRefused"] * 2

    @pytest.mark.parametrize("hide", ["bar", "wall", "tick"])
    def test_what_waits_no_more_or_is_hidden_by_then_is_not_told(
        self, people, settings, later, hide
    ):
        lead, worker = people
        asked(lead, owner=account("b.worker"), case_lineage=CASE)
        settings.MAILER_URL = "smtp://127.0.0.1:9"
        assert sending() == (1, 0, 1, 0)
        if hide == "tick":
            tick_off(viewer=worker, numbers=[notices_for(worker).get().pk])
        else:
            bar("b.worker", CASE) if hide == "bar" else wall_around(CASE, "a.lead")
        later(timedelta(minutes=2))
        with mailer.running() as server:
            settings.MAILER_URL = server.url
            assert sending() == (0, 0, 0, 1)
            assert sending() == (0, 0, 0, 0)
        assert server.taken == []

    def test_a_closed_account_and_one_without_an_address_get_none(self, people, settings):
        lead, _ = people
        asked(lead, owner=account("b.worker"))
        asked(lead, owner=account("c.other"))
        with acting():
            User.objects.filter(username="b.worker").update(is_active=False)
        with mailer.running() as server:
            settings.MAILER_URL = server.url
            assert sending() == (0, 0, 0, 0)

    def test_nothing_a_mailer_said_is_kept(self, people, settings):
        lead, _ = people
        asked(lead, owner=account("b.worker"))
        with mailer.running("refuses") as server:
            settings.MAILER_URL = server.url
            sending()
        with connection.cursor() as cursor:
            cursor.execute("select string_agg(body || reason, ' ') from ledger.event")
            kept = cursor.fetchone()[0] + " ".join(outcomes())
        assert "jane.roe" not in kept

    @pytest.mark.parametrize("url", ["", "mail.example", "http://mail.example"])
    def test_without_a_mailer_the_command_says_what_to_set(self, people, settings, url):
        settings.MAILER_URL = url
        with pytest.raises(UsageError, match="No mailer is named"):
            sending()

    def test_the_command_counts_and_tells_of_nobody(self, people, settings, capsys):
        lead, _ = people
        asked(lead, owner=account("b.worker"))
        with mailer.running() as server:
            settings.MAILER_URL = server.url
            code, found = answered(capsys, "notices", "send")
        assert (code, found) == (
            0, {"notices": {"queued": 1, "sent": 1, "failed": 0, "dropped": 0}},
        )  # fmt: skip
