"""A reviewer opens an officer's page and goes back to the day vetting was renewed."""

import pytest
from tests.journeys.desk import account
from tests.worlds.screens import rowan


@pytest.fixture
def officer(site):
    account()
    world = rowan()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select reference from projection.person where record_lineage = %s", [world["own"]]
        )
        world["reference"] = cursor.fetchone()[0]
    return world


class TestAReviewerGoesBackToTheDayVettingWasRenewed:
    def test_nothing_known_later_is_on_the_page(self, desk, officer):
        self.given_a_reviewer_on_the_page_of_the_officer(desk, officer)
        self.when_they_ask_for_the_day(desk, "14 July 2020")
        self.then_the_page_is_of_that_day(desk)

    def given_a_reviewer_on_the_page_of_the_officer(self, desk, officer):
        desk.start(f"/people/{officer['reference']}")
        assert desk.heading() == "Rowan Adair"
        assert "Suspended" in desk.words()
        desk.is_well_made("person-today")

    def when_they_ask_for_the_day(self, desk, day):
        desk.page.get_by_label("Show the record as known on").fill(day)
        desk.page.keyboard.press("Enter")
        desk.page.wait_for_url("**on=**")

    def then_the_page_is_of_that_day(self, desk):
        words = desk.words()
        assert "As known on 14 July 2020" in words
        assert "It saw" in words
        assert "Suspended" not in words
        assert "IOPC" not in words
        assert "1 Feb 2021" not in words
        desk.is_well_made("person-2020")
