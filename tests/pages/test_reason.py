"""Why somebody looks: asked when the work does not say, kept for the task, on every look recorded."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.integration.work.desk import asked, viewer
from tests.journeys.desk import account
from tests.pages.conftest import PASSWORD
from tests.pages.reading import reference_of, words_of
from tests.stores import acting
from tests.worlds.screens import rowan

from onrecord.apps.access.models import CircleMember
from onrecord.apps.access.selectors import user_named
from onrecord.core.kernel import clock
from onrecord.core.kernel.ids import public_reference


@pytest.fixture
def made(store):
    account("a.reviewer")
    return rowan()


@pytest.fixture
def person(made):
    return f"/people/{reference_of(made['own'])}"


@pytest.fixture
def case(made):
    return f"/cases/{public_reference('C', made['report'])}"


@pytest.fixture
def reader(made, client):
    client.post("/account/sign-in", {"username": "a.reviewer", "password": PASSWORD})
    return client


def is_asked(answer):
    return answer.status_code == 302 and answer["Location"].startswith("/looking?")


def say(reader, path, reason="review 2026/014", holds="this"):
    return reader.post("/looking", {"reason": reason, "next": path, "holds": holds})


def reasons():
    with connection.cursor() as cursor:
        cursor.execute(
            "select reason from ledger.consultation where object_kind in ('person', 'case')"
            " and not was_refused order by consultation_id"
        )
        return [row[0] for row in cursor.fetchall()]


def test_it_is_asked_before_a_record_is_shown_and_brings_back(reader, person):
    assert is_asked(reader.get(person))
    answer = say(reader, person)

    assert answer["Location"] == person
    assert "You are looking because: review 2026/014." in reader.get(person).content.decode()
    assert reasons() == ["review 2026/014"]


def test_what_was_said_of_one_does_not_stand_for_another(reader, person, case):
    say(reader, person)

    assert reader.get(person).status_code == 200
    assert is_asked(reader.get(case))


def test_it_goes_along_to_what_is_opened_from_there(reader, person, case):
    say(reader, person)
    opened = reader.get(case, headers={"referer": f"http://testserver{person}"})
    again = reader.get(case)

    assert (opened.status_code, again.status_code) == (200, 200)
    assert reasons() == ["review 2026/014"] * 2


def test_another_site_carries_nothing(reader, person, case):
    say(reader, person)

    assert is_asked(reader.get(case, headers={"referer": f"http://elsewhere.example{person}"}))


def test_one_task_over_many_cases_is_said_once_and_for_two_hours(reader, person, case, monkeypatch):
    say(reader, person, holds="task")
    assert reader.get(person).status_code == reader.get(case).status_code == 200

    later = clock.now() + timedelta(hours=2, minutes=1)
    monkeypatch.setattr("onrecord.web.reasons.now", lambda: later)
    assert is_asked(reader.get(case))


def test_an_open_task_of_ones_own_says_why_by_itself(reader, made, case):
    task = asked(viewer("a.reviewer"), owner=user_named("a.reviewer"), case_lineage=made["report"])

    assert reader.get(case).status_code == 200
    assert reasons() == [f"task {task.reference}"]


def test_a_part_in_the_circle_says_why_by_itself(reader, made, case):
    with acting():
        CircleMember.objects.create(
            user=user_named("a.reviewer"), thing_kind="case", lineage=made["report"],
            part="second_reviewer", added_by="a.lead", reason="a test",
        )  # fmt: skip

    assert reader.get(case).status_code == 200
    assert reasons() == ["own work on this case, as second reviewer"]


def test_the_choice_of_how_long_is_offered_only_where_there_is_one_thing(reader, person):
    assert "How long does it hold?" in words_of(reader.get("/looking", {"next": person}))
    assert "How long does it hold?" not in words_of(reader.get("/looking", {"next": "/search/"}))


def test_nothing_said_and_a_page_of_others_are_not_taken(reader, person):
    answer = say(reader, person, reason="  ")
    assert answer.status_code == 422
    assert "Enter why you are looking" in words_of(answer)
    assert say(reader, "https://elsewhere.example/")["Location"] == "/"
