"""Somebody keeps the policy file of a case, writes a note and enters a letter."""

from tests.journeys.desk import account
from tests.worlds.screens import rowan

from onrecord.core.kernel.ids import public_reference


class TestSomebodyKeepsAFile:
    def test_from_the_case_and_back(self, desk):
        account()
        reference = public_reference("C", rowan()["report"])
        desk.start(f"/cases/{reference}")
        desk.page.get_by_role("link", name="Notes", exact=True).click()
        self.a_note(desk)
        self.a_decision_and_its_correction(desk)
        self.a_letter(desk)

    def a_note(self, desk):
        desk.is_well_made("case-notes-empty")
        desk.page.get_by_label("New note").fill("Rang the custody office. They will look.")
        desk.page.get_by_role("button", name="Add the note").click()
        desk.page.get_by_text("They will look.").wait_for()
        desk.is_well_made("case-notes")

    def a_decision_and_its_correction(self, desk):
        desk.page.get_by_role("link", name="Policy file").first.click()
        desk.is_well_made("policy-empty")
        desk.page.get_by_role("link", name="Enter a decision").click()
        desk.page.get_by_role("button", name="Enter it").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("policy-holes")
        self.fill(desk, "Interview before the search.")
        desk.page.get_by_role("link", name="Correct entry 1").click()
        self.fill(desk, "Search before the interview.")
        assert "Corrected by entry 2" in desk.words()
        desk.is_well_made("policy-file")
        desk.page.set_viewport_size({"width": 400, "height": 800})
        desk.does_not_scroll_sideways()
        desk.page.set_viewport_size({"width": 1280, "height": 800})
        desk.page.get_by_role("link", name="For paper").click()
        desk.page.emulate_media(media="print")
        desk.picture("policy-paper")
        desk.page.emulate_media(media="screen")
        desk.is_well_made("policy-print")
        desk.page.get_by_role("link", name="Back to the policy file").click()

    def fill(self, desk, decision):
        desk.page.get_by_label("Decision", exact=True).fill(decision)
        desk.page.get_by_label("Options rejected").fill("To wait for the laboratory.")
        desk.page.get_by_label("Reasons").fill("The telephone may be wiped from afar.")
        desk.page.get_by_label("Advice taken (optional)").fill("The lawyer on call: lawful.")
        desk.page.get_by_role("button", name="Enter it").click()
        desk.page.get_by_text(decision).first.wait_for()

    def a_letter(self, desk):
        desk.page.get_by_role("link", name="Letters").first.click()
        desk.page.get_by_role("button", name="Enter a letter").click()
        desk.is_well_made("letter-new")
        desk.page.get_by_label("We sent it").check()
        desk.page.get_by_label("To or from whom").fill("The custody office")
        desk.page.get_by_label("What it is about").fill("The custody log")
        desk.page.get_by_label("What it says or asks").fill("Please send the log of that night.")
        desk.page.get_by_label("Day of the letter").fill("4 November 2025")
        desk.page.get_by_label("Reply due (optional)").fill("1 January 2199")
        desk.page.get_by_role("button", name="Enter it").click()
        desk.page.get_by_role("heading", name="The custody log").wait_for()
        desk.is_well_made("letter")
        desk.page.get_by_role("link", name="Enter what answers it").click()
        desk.is_well_made("letter-answer")
        desk.page.go_back()
        desk.page.get_by_role("link", name="Letters of case").click()
        desk.is_well_made("letters")
