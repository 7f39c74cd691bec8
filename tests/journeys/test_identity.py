"""Somebody judges links at the desk by keyboard, and the officer's side contests one and sees it undone."""

import uuid

from django.db import connection
from tests.journeys.desk import account
from tests.worlds.screens import rowan

from onrecord.core.kernel.ids import lineage_of, public_reference
from onrecord.project.home import Home


def link_between(one, other):
    low, high = sorted((one, other))
    return lineage_of("ONRECORD:DESK", "identity_judgement", str(low), str(high))


def left_open(world, one, name, key):
    """Put somebody on record whom the model would not join with `one`, nor part from them."""
    other = world.person("CVP:CAD", key, "2011-05-20", given_names="Rowan", family_name=name)
    world.add(
        "identity_judgement", "ONRECORD:DESK", "2026-01-01", lineage=link_between(one, other),
        record_a=min(one, other), record_b=max(one, other), judgement="undecided",
        method="model people-1-test", judged_by="people-1-test",
        reason="Family name: nearly the same (+5.3). Together 4.2; a person decides from 0 up to 6.",
    )  # fmt: skip
    return other


def by_key(desk, key, label):
    """Press a key once the page that listens for it is there."""
    desk.page.get_by_label(label, exact=True).wait_for()
    desk.page.wait_for_load_state("load")
    desk.page.keyboard.press(key)
    assert desk.page.get_by_label(label, exact=True).is_checked()


class TestSomebodyJudgesLinks:
    def test_by_keyboard_and_a_wrong_one_is_undone(self, desk, settings, tmp_path):
        settings.HOME = Home(tmp_path)
        account()
        made = rowan()
        self.one = made["own"]
        self.others = [
            left_open(made["world"], self.one, name, key)
            for name, key in (
                ("Adaire-With-A-Very-Long-Name-Of-Many-Parts", "C-1"),
                ("Adares", "C-2"),
            )
        ]
        made["world"].settle()
        desk.start("/identity/")
        self.given_two_pairs_wait(desk)
        self.when_they_forget_to_choose(desk)
        self.when_they_choose_by_key(desk)
        self.then_the_next_one_comes_and_then_none(desk)
        self.when_a_link_is_contested_from_the_persons_page(desk)
        self.then_it_stands_first_and_three_clicks_undo_it(desk)

    def given_two_pairs_wait(self, desk):
        assert desk.page.get_by_text("To judge (2)").is_visible()
        desk.is_well_made("links-two")
        desk.page.locator("table a").first.click()
        desk.is_well_made("links-judge")
        assert "Cases" not in desk.words()
        desk.page.set_viewport_size({"width": 320, "height": 800})
        desk.does_not_scroll_sideways()
        desk.page.set_viewport_size({"width": 1200, "height": 900})

    def when_they_forget_to_choose(self, desk):
        desk.page.get_by_role("button", name="Record it and go on").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("links-holes")

    def when_they_choose_by_key(self, desk):
        self.first = desk.page.url
        by_key(desk, "d", "Not one person (d)")
        desk.page.get_by_label("Two people of one name").check()
        desk.page.get_by_role("button", name="Record it and go on").click()
        desk.page.wait_for_url(lambda url: url != self.first)

    def then_the_next_one_comes_and_then_none(self, desk):
        desk.go(
            "/identity/"
        )  # by chance a pair that was judged before comes to be read a second time first
        desk.page.locator("table a").first.click()
        by_key(desk, "s", "One person (s)")
        desk.page.get_by_label("Something else, as written below").check()
        desk.page.get_by_label("In words").fill("The same handwriting on both forms.")
        here = desk.page.url
        desk.page.get_by_role("button", name="Record it and go on").click()
        desk.page.wait_for_url(lambda url: url != here)
        desk.go("/identity/")
        desk.page.get_by_text("To judge (0)").wait_for()
        desk.is_well_made("links-none")

    def when_a_link_is_contested_from_the_persons_page(self, desk):
        desk.go(f"/people/{public_reference('P', self.one)}")
        desk.page.get_by_role("link", name="Why these records are one person").click()
        desk.is_well_made("links-of-a-person")
        joined = public_reference("L", self._joined())
        desk.page.get_by_role("link", name=joined).click()
        desk.is_well_made("link")
        desk.page.get_by_role("link", name="Contest it").click()
        desk.page.get_by_label("Why").fill("That is somebody else's record.")
        desk.page.get_by_role("button", name="Contest this link").click()
        desk.page.get_by_text("It is contested").wait_for()
        self.contested = joined

    def _joined(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "select lineage from facts.identity_judgement where judgement = 'same' and method = 'by hand'"
                " and judged_by = 'a.reviewer'"
            )
            return uuid.UUID(str(cursor.fetchone()[0]))

    def then_it_stands_first_and_three_clicks_undo_it(self, desk):
        desk.go("/identity/?list=contested")
        desk.page.get_by_role("link", name=self.contested).click()
        desk.page.get_by_label("Not one person (d)").check()
        desk.page.get_by_label("What cannot change differs").check()
        desk.page.get_by_role("button", name="Record it and go on").click()
        desk.page.wait_for_load_state()
        desk.go("/identity/?list=contested")
        assert desk.page.get_by_text("Contested (0)").is_visible()


class TestSomebodyJoinsTwoAndSettlesWhatNobodyKnew:
    def test_by_hand_and_back(self, desk, settings, tmp_path):
        settings.HOME = Home(tmp_path)
        account()
        made = rowan()
        world = made["world"]
        self.one = public_reference("P", made["own"])
        self.other = public_reference("P", world.person(
            "CVP:CAD", "C-9", "2011-05-20", given_names="Wren", family_name="Okonkwo"
        ))  # fmt: skip
        self.case = world.case("NSP:PSD", "DI/7", "2019-01-01", case_type="domestic_incident")
        world.add("party_role", "NSP:PSD", "2019-01-01", case_lineage=self.case,
                  record_lineage=made["own"], role="unknown")  # fmt: skip
        crime = world.case("CVP:CRIME", "CR/7", "2019-01-01", case_type="crime_report")
        low, high = sorted((self.case, crime))
        world.add("incident_judgement", "ONRECORD:DESK", "2026-01-01", case_a=low, case_b=high,
                  lineage=lineage_of("ONRECORD:DESK", "incident_judgement", str(low), str(high)),
                  judgement="undecided", method="model incidents-2", judged_by="incidents-2",
                  reason="One subject; within three days (+2). Together -1.0")  # fmt: skip
        world.settle()
        desk.start("/identity/join")
        self.when_they_join_two_and_mistype_one(desk)
        self.then_they_are_one_and_it_is_taken_back(desk)
        self.when_two_cases_are_judged_and_it_is_taken_back(desk)
        self.when_a_role_is_settled_the_case_names_nobody(desk)

    def when_they_join_two_and_mistype_one(self, desk):
        desk.is_well_made("join")
        desk.page.get_by_label("One of them").fill(self.one)
        desk.page.get_by_label("The other").fill("P-00000-00000-1")
        desk.page.get_by_label("Why").fill("The deed poll, page 2.")
        desk.page.get_by_role("button", name="Join them").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("join-mistyped")
        desk.page.get_by_label("The other").fill(self.other)
        desk.page.get_by_role("button", name="Join them").click()

    def then_they_are_one_and_it_is_taken_back(self, desk):
        desk.page.get_by_text("They are one person from now on").wait_for()
        desk.is_well_made("joined")
        desk.page.get_by_role("link", name="Take the judgement back").click()
        desk.page.get_by_label("Why").fill("Another Wren Okonkwo.")
        desk.page.get_by_role("button", name="Take the judgement back").click()
        desk.page.get_by_text("It was taken back").wait_for()

    def when_two_cases_are_judged_and_it_is_taken_back(self, desk):
        desk.go("/identity/cases")
        desk.is_well_made("cases-one")
        desk.page.locator("table a").first.click()
        by_key(desk, "s", "One incident (s)")
        desk.page.get_by_label("Why").fill("One log number in both.")
        desk.is_well_made("two-cases")
        desk.page.get_by_role("button", name="Record it and go on").click()
        desk.page.get_by_text("No pair of cases waits for you.").wait_for()
        desk.go(f"/cases/{public_reference('C', self.case)}")
        desk.page.get_by_role("link", name="One incident with others?").click()
        desk.page.get_by_text("One log number in both.").wait_for()
        desk.is_well_made("cases-of")
        desk.page.locator("table a").first.click()
        desk.page.get_by_role("link", name="Take the judgement back").click()
        desk.page.get_by_label("Why").fill("Two log numbers.")
        desk.is_well_made("two-cases-take-back")
        desk.page.get_by_role("button", name="Take the judgement back").click()
        desk.page.get_by_text("It was taken back").wait_for()

    def when_a_role_is_settled_the_case_names_nobody(self, desk):
        desk.go("/identity/roles")
        desk.is_well_made("roles-one")
        desk.page.locator("table a").first.click()
        desk.page.get_by_role("button", name="Settle it").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("settle-holes")
        desk.page.get_by_label("A victim").check()
        desk.page.get_by_label("Why").fill("Page 4 of the report.")
        desk.page.get_by_role("button", name="Settle it").click()
        desk.page.get_by_text("Everybody's role in every case that you reach is known.").wait_for()
        desk.go(f"/cases/{public_reference('C', self.case)}")
        assert "Adaire" not in desk.words()
