"""My work: empty, one, many; raising, giving the result, and what is not there for somebody."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.integration.work.desk import CASE, asked, bar, viewer
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of
from tests.stores import acting
from tests.worlds.screens import rowan

from onrecord.apps.access.selectors import user_named
from onrecord.apps.work import services
from onrecord.apps.work.models import Task
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.ids import public_reference

NEW = {
    "kind": "action", "title": "Ask for the custody log", "asked": "It shows who was there.",
    "case": "", "owner": "", "team": "", "due_on": "", "escalate_to": "",
}  # fmt: skip
CAPTION = "Mine: what was due first comes first"


@pytest.fixture
def mine(reviewer):
    """Return what raises a task for the signed-in review lead."""

    def made(**changed):
        return asked(viewer("a.reviewer"), owner=user_named("a.reviewer"), **changed)

    return made


def address(task, act=""):
    return f"/work/tasks/{task.reference}{'/' + act if act else ''}"


def test_an_empty_day_says_so(reviewer):
    assert "Nothing is yours to do" in words_of(reviewer.get("/work/"))
    assert "Everything has an owner" in words_of(reviewer.get("/work/?list=unallocated"))
    assert "you are in no team" in words_of(reviewer.get("/work/?list=team"))
    assert reviewer.get("/work/?list=nothing").status_code == 404


def test_one_overdue_task_is_told_with_its_age(reviewer, mine):
    task = mine(due_on=today())
    with acting():
        Task.objects.filter(pk=task.pk).update(
            due_on=today() - timedelta(days=2), raised_at=task.raised_at - timedelta(days=9)
        )
    answer = reviewer.get("/work/")
    (row,) = table(answer, CAPTION)
    assert "Overdue" in row[2]
    assert row[3] == "9"
    assert "1 task, 1 of them overdue." in words_of(answer)


def test_many_are_turned_page_by_page(reviewer, mine):
    for _ in range(27):
        mine()
    first, second = reviewer.get("/work/"), reviewer.get("/work/?list=mine&page=2")
    assert len(table(first, CAPTION)) == 25
    assert len(table(second, CAPTION)) == 2
    assert "1 to 25 of 27" in words_of(first)
    for odd in ("99", "x", "²", "9" * 40, "-1", "0"):
        assert reviewer.get("/work/", {"page": odd}).status_code == 200


def test_a_task_is_raised_and_read(reviewer, store):
    answer = reviewer.post("/work/raise", NEW | {"due_on": "1 January 2199", "owner": "a.reviewer"})
    assert answer.status_code == 302, words_of(answer)
    words = words_of(reviewer.get(answer["Location"]))
    assert "Ask for the custody log" in words
    assert "It shows who was there." in words
    assert "1 January 2199" in words
    assert len(table(reviewer.get("/work/"), CAPTION)) == 1


def test_a_task_about_a_case_leads_to_it(home, reviewer):
    reference = public_reference("C", rowan()["report"])
    answer = reviewer.post("/work/raise", NEW | {"case": reference})
    assert answer.status_code == 302, words_of(answer)
    assert f"/cases/{reference}" in reviewer.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": ""}, "Choose what it is"),
        ({"title": ""}, "Enter a title that names nobody"),
        ({"title": "Ask PC Ashgrove"}, "A title must not say who it is about"),
        ({"asked": ""}, "Say what is asked, and why"),
        ({"due_on": "sometime"}, "Enter a day, such as"),
        ({"due_on": "1 January 2001"}, "The day must be today or later"),
        ({"case": "C-00000-00000-0"}, "nothing on record by that reference"),
        ({"owner": "nobody.here"}, "nobody.here"),
    ],
)
def test_what_is_wrong_with_a_new_task_is_said(reviewer, given, said):
    answer = reviewer.post("/work/raise", NEW | given)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert "There is a problem" in words_of(answer)
    assert not Task.objects.exists()


def test_every_act_has_a_page_and_leaves_a_step(reviewer, mine):
    acts = {
        "note": {"reason": "Rang twice."},
        "due": {"reason": "Post is late.", "due_on": "1 January 2199"},
        "escalate": {"reason": "No answer.", "to": "a.reviewer"},
        "allocate": {"reason": "Mine.", "to": "a.reviewer"},
        "hand-over": {"reason": "Mine.", "to": "a.reviewer"},
        "result": {"reason": "It came."},
    }
    task = mine()
    for name, given in acts.items():
        assert reviewer.get(address(task, name)).status_code == 200
        empty = reviewer.post(address(task, name), {})
        assert empty.status_code == 422
        assert "There is a problem" in words_of(empty)
        answer = reviewer.post(address(task, name), given)
        assert answer.status_code == 302, words_of(answer)
    words = words_of(reviewer.get(address(task)))
    for given in acts.values():
        assert given["reason"] in words
    assert "To review" in words


def test_a_result_is_reviewed_by_somebody_else(reviewer, mine):
    task = mine()
    services.result(viewer=viewer("a.reviewer"), reference=task.reference, words="It came.")
    assert "Review the result" not in words_of(reviewer.get(address(task)))
    own = reviewer.post(address(task, "review"), {"is_enough": "yes", "reason": "Fine."})
    assert own.status_code == 403
    assert "Nobody reviews their own result" in words_of(own)
    account("an.authority", role="appropriate_authority")
    other = signed_in(Client(), "an.authority")
    assert "Review the result" in words_of(other.get(address(task)))
    answer = other.post(address(task, "review"), {"is_enough": "yes", "reason": "Complete."})
    assert answer.status_code == 302
    assert "Result accepted" in words_of(other.get(address(task)))


def test_withdrawing_keeps_it_on_record(reviewer, mine):
    task = mine()
    assert reviewer.post(address(task, "withdraw"), {"reason": "Found."}).status_code == 302
    assert "Withdrawn" in words_of(reviewer.get(address(task)))
    assert reviewer.post(address(task, "result"), {"reason": "x"}).status_code == 422


def test_what_is_hidden_reads_as_what_does_not_exist(reviewer, mine):
    task = mine(case_lineage=CASE)
    bar("a.reviewer", CASE)
    hidden, missing = reviewer.get(address(task)), reviewer.get("/work/tasks/T-00000-00000-0")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert words_of(hidden) == words_of(missing)
    assert reviewer.post(address(task, "note"), {"reason": "x"}).status_code == 404
    assert "Nothing is yours to do" in words_of(reviewer.get("/work/"))


def test_whoever_runs_the_system_allocates_nothing(mine):
    task = mine()
    account("an.admin", role="administrator")
    client = signed_in(Client(), "an.admin")
    assert client.get(address(task, "allocate")).status_code == 403
    assert client.get(address(task)).status_code == 404
