"""Notices: none, some, ticked off; a mention that is refused; what is hidden is not told."""

import pytest
from django.test import Client
from tests.integration.work.desk import asked, bar, viewer
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import words_of
from tests.worlds.screens import rowan

from onrecord.apps.access.selectors import user_named
from onrecord.core.kernel.ids import public_reference

NONE = "You were told nothing that you have not seen."


@pytest.fixture
def other(reviewer):
    account("an.authority", role="appropriate_authority")
    return signed_in(Client(), "an.authority")


def seen(client, page):
    numbers = page.split('name="numbers" value="')[1].split('"')[0]
    return client.post("/work/notices/", {"numbers": numbers})


def test_nothing_was_told(reviewer):
    assert NONE in words_of(reviewer.get("/work/notices/"))


def test_what_was_given_is_told_and_ticked_off(other):
    for _ in range(52):
        asked(viewer("a.reviewer"), owner=user_named("an.authority"))
    answer = other.get("/work/notices/")
    assert "Given to you: Ask for the file By a.reviewer" in words_of(answer)
    assert "2 older notices will follow" in words_of(answer)
    assert seen(other, answer.content.decode()).status_code == 302
    answer = other.get("/work/notices/")
    assert words_of(answer).count("Given to you:") == 2
    seen(other, answer.content.decode())
    assert NONE in words_of(other.get("/work/notices/"))


@pytest.mark.parametrize("numbers", ["", "x", "-1", "²", "9" * 40, "1,,2"])
def test_odd_numbers_tick_nothing_off(other, numbers):
    asked(viewer("a.reviewer"), owner=user_named("an.authority"))
    mine = "999999" if numbers == "1,,2" else numbers
    assert other.post("/work/notices/", {"numbers": mine}).status_code == 302
    assert "Given to you" in words_of(other.get("/work/notices/"))


def test_a_mention_in_a_note_leads_to_it_until_the_case_is_hidden(home, reviewer, other):
    lineage = rowan()["report"]
    where = f"/work/cases/{public_reference('C', lineage)}/notes"
    assert reviewer.post(where, {"reason": "See this, @an.authority."}).status_code == 302
    assert f'href="{where}"' in other.get("/work/notices/").content.decode()
    assert "Mentions of you (1)" in words_of(other.get("/today/"))
    bar("an.authority", lineage)
    assert NONE in words_of(other.get("/work/notices/"))
    assert "Mentions of you (1)" not in words_of(other.get("/today/"))


def test_a_mention_of_somebody_who_may_not_see_it_is_refused_word_for_word(home, reviewer, other):
    lineage = rowan()["report"]
    where = f"/work/cases/{public_reference('C', lineage)}/notes"
    bar("an.authority", lineage)
    barred = reviewer.post(where, {"reason": "See this, @an.authority."})
    nobody = reviewer.post(where, {"reason": "See this, @no.body.here."})
    assert (barred.status_code, nobody.status_code) == (422, 422)
    said = "This person cannot be mentioned here: @"
    assert said in words_of(barred)
    assert words_of(barred).replace("an.authority", "X") == words_of(nobody).replace(
        "no.body.here", "X"
    )
    assert "Nobody has written a note" in words_of(reviewer.get(where))
