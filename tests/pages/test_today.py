"""Today: empty, one, many; agreements, answered with reasons; what is not there for somebody."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.integration.work.desk import CASE, asked, bar, viewer
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of
from tests.stores import acting

from onrecord.apps.access.agreeing import ask_for_agreement
from onrecord.apps.access.asking import own_asks
from onrecord.apps.access.selectors import user_named
from onrecord.apps.work.models import Task
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.ids import public_reference

WAITING = "Waiting for your answer, the oldest first"
MINE = "What you asked others to agree to, newest first"


@pytest.fixture
def asks(reviewer):
    """Return what makes the signed-in review lead ask for something."""
    account("an.authority", role="appropriate_authority")

    def made(thing="list-1"):
        return ask_for_agreement(
            viewer=viewer("a.reviewer"), verb="export:take_large", object_kind="list",
            object_ref=thing, reason="The watchdog asked for it.",
        )  # fmt: skip

    return made


def authority():
    return signed_in(Client(), "an.authority")


def test_an_empty_morning_says_so_and_what_it_looked_for(reviewer):
    words = words_of(reviewer.get("/today/"))
    assert "Nothing waits for you." in words
    assert "Nothing under overdue, due today, due this week" in words


def test_one_and_many_lead_to_their_tasks(reviewer):
    tasks = [asked(viewer("a.reviewer"), owner=user_named("a.reviewer")) for _ in range(7)]
    with acting():
        Task.objects.update(due_on=today() - timedelta(days=3))
    answer = reviewer.get("/today/")
    words = words_of(answer)
    assert "Overdue (7)" in words
    assert "3 days late" in words
    assert "and 2 more" in words
    assert f'href="/work/tasks/{tasks[0].reference}"' in answer.content.decode()


def test_a_barred_case_leaves_the_morning_as_if_it_had_never_been(reviewer):
    before = words_of(reviewer.get("/today/"))
    asked(viewer("a.reviewer"), owner=user_named("a.reviewer"), case_lineage=CASE)
    bar("a.reviewer", CASE)
    assert words_of(reviewer.get("/today/")) == before


def test_the_menu_leads_to_it(reviewer):
    assert (
        '<a href="/today/" aria-current="true">Today</a>'
        in reviewer.get("/today/").content.decode()
    )


def test_nobody_is_asked_and_nobody_has_asked(reviewer):
    words = words_of(reviewer.get("/work/agreements/"))
    assert "Nothing waits for your answer." in words
    assert "You have asked nobody to agree to anything." in words


def test_an_ask_is_answered_by_somebody_else_with_reasons(asks):
    made = asks()
    client = authority()
    assert "Take out a list of more people" in table(client.get("/work/agreements/"), WAITING)[0][0]
    assert "Waiting for your agreement (1)" in words_of(client.get("/today/"))
    page = f"/work/agreements/{made.pk}"
    assert "The watchdog asked for it." in words_of(client.get(page))
    holed = client.post(page, {})
    assert holed.status_code == 422
    assert "Choose whether you agree" in words_of(holed)
    assert "Say it in a sentence" in words_of(holed)
    assert client.post(page, {"agrees": "yes", "reason": "Few enough."}).status_code == 302
    assert own_asks(viewer("a.reviewer"))[0].state == "agreed"
    assert client.get(page).status_code == 404


def test_whoever_asked_sees_how_it_stands_and_cannot_answer(asks, reviewer):
    made = asks()
    authority().post(f"/work/agreements/{made.pk}", {"agrees": "no", "reason": "Too many."})
    (row,) = table(reviewer.get("/work/agreements/"), MINE)
    assert "Refused" in row[1]
    assert "no, Too many." in row[2]
    own, missing = reviewer.get(f"/work/agreements/{made.pk}"), reviewer.get("/work/agreements/0")
    assert (own.status_code, missing.status_code) == (404, 404)
    assert words_of(own) == words_of(missing)


def test_an_ask_about_a_hidden_case_is_not_there(asks):
    made = asks(public_reference("C", CASE))
    client = authority()
    assert client.get(f"/work/agreements/{made.pk}").status_code == 200
    bar("an.authority", CASE)
    assert client.get(f"/work/agreements/{made.pk}").status_code == 404
    assert "Nothing waits for your answer." in words_of(client.get("/work/agreements/"))


def test_an_account_that_may_not_agree_is_turned_away(asks):
    made = asks()
    account("a.worker", role="investigator")
    client = signed_in(Client(), "a.worker")
    assert client.get(f"/work/agreements/{made.pk}").status_code == 403
    assert client.get("/work/agreements/").status_code == 200
