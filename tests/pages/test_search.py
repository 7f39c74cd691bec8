"""Search: found, not found, out of reach; names in no address."""

import pytest
from tests.pages.reading import reference_of, table, words_of
from tests.worlds.building import World
from tests.worlds.screens import rowan

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
    from django.test import Client
    from tests.journeys.desk import account
    from tests.pages.conftest import signed_in

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
