"""Search: found, not found, out of reach; names in no address."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from tests.integration.work.desk import asked, somebody, team, viewer
from tests.journeys.desk import account
from tests.pages.conftest import PASSWORD, signed_in
from tests.pages.reading import reference_of, table, words_of
from tests.stores import acting
from tests.worlds.building import World
from tests.worlds.screens import rowan

from onrecord.apps.access.models import User
from onrecord.apps.searching.models import SavedSearch
from onrecord.apps.work.case_papers import add_case_note
from onrecord.core.kernel.ids import public_reference

PEOPLE = "People found"
CASES = "Cases and incidents found"


@pytest.fixture
def officer(store):
    return rowan()


@pytest.mark.parametrize("typed", ["Adair", "adare", "adiar", "rowen adiar", "Rowan Adair", "4471"])
def test_a_person_is_found_once_with_every_holder_that_matched(reviewer, officer, typed):
    rows = table(reviewer.post("/search", {"text": typed}), PEOPLE)

    assert len(rows) == 1
    assert rows[0][0] == "Rowan Adair"
    assert "Northshire Police" in rows[0][1]


def test_a_reference_finds_its_person_and_its_case(reviewer, officer):
    person = reviewer.post("/search", {"text": reference_of(officer["own"])})
    case = reviewer.post("/search", {"text": "cr/12/77"})

    assert len(table(person, PEOPLE)) == 1
    assert [row[2] for row in table(case, CASES)] == ["CR/12/77"]


def test_nothing_found_is_said_plainly_and_alike_for_whom_may_not_look(reviewer, officer):
    assert "Nothing found" in words_of(reviewer.post("/search", {"text": "Zzyzx"}))
    account("an.admin", role="administrator")
    admin = signed_in(Client(), "an.admin")
    unknown = words_of(admin.post("/search", {"text": "Zzyzx"}))

    assert "You may not do this" in unknown
    assert unknown == words_of(admin.post("/search", {"text": "Adair"}))


def test_an_empty_search_asks_for_something(reviewer):
    response = reviewer.post("/search", {"text": "  "})

    assert response.status_code == 422
    assert "Enter a name, a number, a reference or words" in words_of(response)


def test_what_is_typed_is_in_no_address_and_in_no_log(reviewer, officer, caplog):
    import logging

    with caplog.at_level(logging.DEBUG):
        response = reviewer.post("/search", {"text": "Adair"})

    assert response.status_code == 200  # not redirected to an address that would carry it
    logged = " ".join(
        str(record.__dict__) for record in caplog.records if not record.name.startswith("django.db")
    )
    assert "Adair" not in logged


def test_a_name_in_an_address_is_not_searched_for(reviewer, officer):
    response = reviewer.get("/search", {"text": "Adair"})

    assert "Rowan" not in response.content.decode()


@pytest.mark.parametrize("typed", ["WMP:CRIME:S-9", "wmp:crime:S-9", "NSP:HR:4471"])
def test_a_holders_key_finds_its_person_alone(reviewer, officer, typed):
    (row,) = table(reviewer.post("/search", {"text": typed}), PEOPLE)

    assert row[0] == "Rowan Adair"
    assert row[3] == reference_of(officer["own"])


def test_a_key_without_a_number_in_it_is_still_a_key(store, reviewer):
    world = World()
    lineage = world.person("NSP:HR", "JAY", "2004-12-20", given_names="Jay", family_name="Marsh")
    world.settle()

    (row,) = table(reviewer.post("/search", {"text": "NSP:HR:JAY"}), PEOPLE)

    assert row[3] == reference_of(lineage)


def test_another_holders_key_finds_nobody(reviewer, officer):
    assert "Nothing found" in words_of(reviewer.post("/search", {"text": "EHP:HR:4471"}))


@pytest.mark.parametrize("typed", ["4471", "E-512", "WMP:CRIME:S-9"])
def test_a_hit_by_number_names_every_organisation_that_a_hit_by_name_does(reviewer, officer, typed):
    (by_name,) = table(reviewer.post("/search", {"text": "Adair"}), PEOPLE)
    (by_number,) = table(reviewer.post("/search", {"text": typed}), PEOPLE)

    assert set(by_number[1].split(", ")) == set(by_name[1].split(", "))
    assert len(by_number[1].split(", ")) > 1


class TestWords:
    @pytest.fixture
    def said(self, officer):
        body = "Walked to the boathouse & back."
        officer["world"].add(
            "narrative", "WMP:CRIME", "2012-10-20", case_lineage=officer["report"], body=body
        )
        return public_reference("C", officer["report"])

    def test_are_found_with_the_way_to_their_case_and_marked(self, reviewer, said):
        response = reviewer.post("/search", {"text": "boathouses"})

        assert "1 place in the record found" in words_of(response)
        page = response.content.decode()
        assert f'href="/cases/{said}"' in page
        assert "<mark>boathouse</mark>" in page
        assert "&amp; back" in page

    def test_are_found_as_known_on_a_day_which_the_way_there_keeps(self, reviewer, said):
        before = reviewer.post("/search", {"text": "boathouse", "on": "19 October 2012"})
        later = reviewer.post("/search", {"text": "boathouse", "on": "20 October 2012"})

        assert "Nothing found" in words_of(before)
        assert f"/cases/{said}?on=2012-10-20" in later.content.decode()

    def test_of_a_day_that_is_none_say_so(self, reviewer, said):
        response = reviewer.post("/search", {"text": "boathouse", "on": "yesteryear"})

        assert response.status_code == 422
        assert "Enter a day, such as 14 July 2020" in words_of(response)

    def test_that_stand_in_more_places_than_are_shown_say_so(self, reviewer, officer, said):
        for number in range(51):
            officer["world"].add("narrative", "WMP:CRIME", "2012-10-20",
                                 case_lineage=officer["report"], body=f"boathouse {number}")  # fmt: skip

        text = words_of(reviewer.post("/search", {"text": "boathouse"}))

        assert "50 places in the record found" in text
        assert "more places than are shown" in text


def papers(case):
    add_case_note(
        viewer=viewer("a.reviewer"), case=case, words="She said the lantern was out", kind="note"
    )
    asked(viewer("a.reviewer"), title="Ask who lit the lantern", case_lineage=case)


def test_notes_and_tasks_are_found_by_their_words_with_the_way_to_them(reviewer, officer):
    papers(officer["report"])
    answer = reviewer.post("/search", {"text": "lanterns", "places": ["papers"]})
    words = words_of(answer)

    assert "2 notes, letters or tasks found" in words
    assert (
        f"/work/cases/{public_reference('C', officer['report'])}/notes" in answer.content.decode()
    )
    assert "/work/tasks/" in answer.content.decode()


def test_papers_of_a_case_out_of_reach_are_not_found(reviewer, officer, client):
    papers(officer["report"])
    account("an.investigator", role="investigator")
    answer = signed_in(Client(), "an.investigator").post("/search", {"text": "lantern"})

    assert "Nothing found" in words_of(answer)


def test_only_the_places_that_were_ticked_are_looked_in(reviewer, officer):
    everywhere = words_of(reviewer.post("/search", {"text": "Adair"}))
    elsewhere = words_of(reviewer.post("/search", {"text": "Adair", "places": ["documents"]}))

    assert "1 person" in everywhere
    assert "Nothing found" in elsewhere


KEPT = {"text": "Adair", "on": "", "places": ["people"], "name": "The officer from Eastholme"}


def test_a_search_is_kept_made_again_and_removed(reviewer, officer):
    assert reviewer.post("/searches/keep", KEPT).status_code == 302
    page = words_of(reviewer.get("/search"))
    assert "The officer from Eastholme : People" in page
    assert "Adair" not in page

    number = SavedSearch.objects.get().pk
    assert len(table(reviewer.post(f"/searches/{number}"), PEOPLE)) == 1
    assert reviewer.get(f"/searches/{number}").status_code == 405
    reviewer.post(f"/searches/{number}/remove")
    assert "Kept searches" not in words_of(reviewer.get("/search"))
    assert reviewer.post(f"/searches/{number}").status_code == 404


def test_a_search_kept_for_the_team_is_the_teams_to_make_and_not_to_remove(reviewer, officer):
    somebody("b.mate", "reviewer")
    somebody("c.other", "reviewer", of="elsewhere")
    with acting():
        User.objects.filter(username="a.reviewer").update(team=team())
    assert reviewer.post("/searches/keep", KEPT | {"for_team": "on"}).status_code == 302
    number = SavedSearch.objects.get().pk

    with acting():
        for name in ("b.mate", "c.other"):
            User.objects.filter(username=name).update(password=make_password(PASSWORD))
    mate, other = signed_in(Client(), "b.mate"), signed_in(Client(), "c.other")
    assert "for the team" in words_of(mate.get("/search"))
    assert mate.post(f"/searches/{number}").status_code == 200
    assert mate.post(f"/searches/{number}/remove").status_code == 404
    assert "Kept searches" not in words_of(other.get("/search"))
    assert other.post(f"/searches/{number}").status_code == 404


def test_a_search_needs_a_name_and_a_team_to_be_kept_for_one(reviewer, officer):
    unnamed = reviewer.post("/searches/keep", KEPT | {"name": " "})
    assert unnamed.status_code == 422
    assert "Enter a name for the search" in words_of(unnamed)
    teamless = reviewer.post("/searches/keep", KEPT | {"for_team": "on"})
    assert "You are in no team" in words_of(teamless)
    assert not SavedSearch.objects.exists()
