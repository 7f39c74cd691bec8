"""A review lead lets somebody work on a case, and puts them out again."""

from tests.journeys.desk import account
from tests.worlds.screens import rowan

from onrecord.core.kernel.ids import public_reference


class TestAReviewLead:
    def test_lets_somebody_in_and_puts_them_out(self, desk):
        case = public_reference("C", rowan()["report"])
        account("a.reviewer")
        account("i.vestigator", role="investigator")
        desk.sign_in()
        desk.go(f"/circles/{case}")
        desk.is_well_made("circle-empty")
        desk.page.get_by_role("button", name="Let somebody in").click()
        desk.page.get_by_role("button", name="Let them in").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("circle-holes")
        desk.page.get_by_label("Who", exact=True).select_option("i.vestigator")
        desk.page.get_by_label("Their part").select_option("investigator")
        desk.page.get_by_label("Why", exact=True).fill("On the desk of that night.")
        desk.page.get_by_role("button", name="Let them in").click()
        desk.page.get_by_text("On the desk of that night.").wait_for()
        desk.is_well_made("circle-one")
        desk.page.set_viewport_size({"width": 320, "height": 800})
        desk.does_not_scroll_sideways()
        desk.page.get_by_role("link", name="Put out").click()
        desk.is_well_made("circle-out")
