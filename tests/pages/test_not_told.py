"""What was not done is not drawn, nor dated, as if it had been."""

import pytest
from tests.pages.reading import reference_of, table, words_of
from tests.worlds.building import day
from tests.worlds.screens import rowan

from onrecord.core.kernel.ids import public_reference

EVERYTHING = "Everything in the picture"
STOPPED = "M-9 9 9-9"
"""The stroke through an arrow that never left."""


@pytest.fixture
def officer(store):
    made = rowan()
    made["world"].add("notification", "EHP:CRIME", "2021-05-04", case_lineage=made["last"],
                      record_lineage=made["own"], from_organisation="EHP", to_organisation="NSP",
                      was_made=False, notified_on=day("2019-06-07"))  # fmt: skip
    return made


@pytest.fixture
def person(officer):
    return f"/people/{reference_of(officer['own'])}"


def test_not_told_has_a_mark_and_a_legend_entry_of_its_own(reviewer, person):
    html = reviewer.get(person).content.decode()
    earlier = reviewer.get(person, {"on": "2020-12-31"}).content.decode()

    assert html.count(STOPPED) == 2  # the mark, and its entry in the legend
    assert "did not tell" in html
    assert STOPPED not in earlier
    assert "did not tell" not in earlier


def test_not_told_happened_on_no_day_the_source_says_so_on_one(reviewer, officer, person):
    rows = table(reviewer.get(person), EVERYTHING)
    (row,) = [row for row in rows if "did not tell" in row[2]]

    assert row[0] == "4 May 2021"
    for address in (person, f"/cases/{public_reference('C', officer['last'])}"):
        words = words_of(reviewer.get(address))
        assert "Not told Eastholme Police did not tell Northshire Police" in words
        assert "Not told, says the source on 4 May 2021" in words
        assert "7 June 2019" not in words
        assert "7 Jun 2019" not in words


def test_the_end_of_a_duty_status_is_no_bar_of_service(reviewer, officer, person):
    world, own = officer["world"], officer["own"]
    spell = world.add("duty_status_spell", "NSP:HR", "2022-01-10", record_lineage=own,
                      happened_from=day("2022-01-10"), duty_status="restricted")  # fmt: skip
    before = reviewer.get(person).content.decode()
    world.add("spell_end", "NSP:HR", "2022-03-11", record_lineage=own, spell=spell,
              ended_on=day("2022-03-11"), spell_ending="ended")  # fmt: skip
    response = reviewer.get(person)
    rows = table(response, EVERYTHING)

    assert [row[2] for row in rows if row[0] == "11 Mar 2022"] == ["Duty status ended"]
    assert [row[2] for row in rows if row[0] == "1 Feb 2021"] == ["Service ended"]
    bar = 'x="-1.5"'
    assert response.content.decode().count(bar) == before.count(bar)
