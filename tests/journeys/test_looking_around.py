"""A reviewer signs in, is asked why, finds somebody, and reads a case and an incident."""

import pytest
from tests.journeys.desk import account
from tests.worlds.screens import rowan


@pytest.fixture
def officer(site):
    account()
    return rowan()


class TestAReviewerFindsSomebodyAndReadsACase:
    def test_from_signing_in_to_the_incident(self, desk, officer):
        self.given_a_mistyped_pass_phrase_is_refused_in_words(desk)
        self.when_the_reviewer_signs_in(desk)
        self.then_home_says_what_changed(desk)
        self.when_they_search_they_are_first_asked_why(desk)
        self.then_a_misspelt_name_finds_the_officer_and_is_in_no_address(desk)
        self.and_nobody_found_is_said_plainly(desk)
        self.when_they_open_the_log_entry(desk)
        self.then_the_case_names_no_victim(desk)
        self.and_the_incident_lists_its_cases(desk)

    def given_a_mistyped_pass_phrase_is_refused_in_words(self, desk):
        desk.go("/account/sign-in")
        desk.is_well_made("sign-in")
        desk.page.get_by_label("User name").fill("a.reviewer")
        desk.page.get_by_label("Password").fill("wrong")
        desk.page.keyboard.press("Enter")
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        assert "There is a problem" in desk.words()
        desk.is_well_made("sign-in-refused")

    def when_the_reviewer_signs_in(self, desk):
        desk.sign_in()

    def then_home_says_what_changed(self, desk):
        assert desk.heading() == "What changed"
        desk.is_well_made("home")

    def when_they_search_they_are_first_asked_why(self, desk):
        desk.page.get_by_role("link", name="Search", exact=True).click()
        assert desk.heading() == "Why are you looking?"
        desk.page.keyboard.press("Enter")
        desk.is_well_made("reason")
        desk.page.get_by_role("button", name="Continue").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("reason-missing")
        desk.give_reason()
        desk.page.wait_for_url("**/search")
        desk.is_well_made("search")

    def then_a_misspelt_name_finds_the_officer_and_is_in_no_address(self, desk):
        self._search(desk, "rowan adiar")
        assert "Rowan Adair" in desk.words()
        assert "adiar" not in desk.page.url
        desk.is_well_made("search-found")

    def and_nobody_found_is_said_plainly(self, desk):
        self._search(desk, "Zzyzx")
        assert "Nothing found" in desk.words()
        desk.is_well_made("search-nothing")

    def when_they_open_the_log_entry(self, desk):
        self._search(desk, "LOG-5")
        desk.is_well_made("search-reference")
        desk.page.locator("tr", has_text="Case").get_by_role("link").first.click()

    def then_the_case_names_no_victim(self, desk):
        assert desk.heading() == "Domestic incident"
        assert "Victim 1" in desk.words()
        desk.is_well_made("case")

    def and_the_incident_lists_its_cases(self, desk):
        desk.page.get_by_role("link", name="I-").click()
        assert "LOG-5" in desk.words()
        desk.is_well_made("incident")

    def _search(self, desk, text):
        desk.page.get_by_label("Name, number, reference or words").fill(text)
        with desk.page.expect_navigation():
            desk.page.keyboard.press("Enter")
