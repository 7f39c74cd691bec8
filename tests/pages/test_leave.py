"""Leave and cover: none, some, wrong, cancelled; and what the lists then say about hands."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.integration.work.desk import asked, team, viewer
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of
from tests.stores import acting

from onrecord.apps.access.models import Leave, User
from onrecord.apps.access.selectors import user_named
from onrecord.core.kernel.clock import today
from onrecord.web.wording.dates import uk_date

LAST = today() + timedelta(days=5)
GIVEN = {"from_on": uk_date(today()), "until_on": uk_date(LAST), "cover": "an.authority"}


@pytest.fixture
def other(reviewer):
    account("an.authority", role="appropriate_authority")
    desk = team()
    with acting():
        User.objects.update(team=desk)
        User.objects.filter(username="an.authority").update(display_name="An Authority")
    return signed_in(Client(), "an.authority")


def test_nobody_is_away(reviewer):
    assert "You are not away" in words_of(reviewer.get("/work/leave/"))


def test_leave_is_saved_shown_to_both_and_cancelled(reviewer, other):
    asked(viewer("an.authority"), owner=user_named("a.reviewer"))
    assert reviewer.post("/work/leave/", GIVEN).status_code == 302
    assert "An Authority stands in for you." in words_of(reviewer.get("/work/leave/"))
    mine = words_of(reviewer.get("/work/"))
    assert f"You are away until {uk_date(LAST)}. An Authority stands in." in mine
    theirs = words_of(other.get("/work/"))
    assert f"You stand in for A. Reviewer until {uk_date(LAST)}" in theirs
    assert "you stand in" in theirs
    assert "You stand in for (1)" in words_of(other.get("/today/"))
    number = Leave.objects.get().pk
    assert other.post(f"/work/leave/{number}/cancel").status_code == 404
    assert reviewer.get(f"/work/leave/{number}/cancel").status_code == 405
    assert reviewer.post(f"/work/leave/{number}/cancel").status_code == 302
    assert "You stand in" not in words_of(other.get("/work/"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"from_on": ""}, "Enter your first day away"),
        ({"until_on": "soon"}, "Enter a day, such as"),
        ({"from_on": "1 January 2001"}, "must be today or later"),
        ({"until_on": uk_date(today()), "from_on": uk_date(LAST)}, "before the first"),
        ({"cover": "a.reviewer"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said(reviewer, other, given, said):
    answer = reviewer.post("/work/leave/", GIVEN | given)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert not Leave.objects.exists()


def test_the_team_page_says_who_has_what_and_who_is_away(reviewer, other):
    asked(viewer("a.reviewer"), owner=user_named("an.authority"))
    reviewer.post("/work/leave/", GIVEN | {"cover": ""})
    rows = table(other.get("/work/?list=team"), "Members of your team, by name")
    assert [row[0].split("Away")[0].split("Until")[0].strip() for row in rows] == [
        "A. Reviewer", "An Authority",
    ]  # fmt: skip
    assert "Nobody stands in" in rows[0][0]
    assert [row[1:] for row in rows] == [["0", "0"], ["1", "0"]]


def test_a_task_handed_over_says_by_whom(reviewer, other):
    from onrecord.apps.work import services

    task = asked(viewer("an.authority"), owner=user_named("a.reviewer"))
    services.hand_over(
        viewer=viewer("a.reviewer"), reference=task.reference, to=user_named("an.authority"),
        reason="course",
    )  # fmt: skip
    assert "handed over by a.reviewer on" in words_of(other.get("/work/"))
