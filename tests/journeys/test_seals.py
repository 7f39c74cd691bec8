"""A head of counter-corruption opens a seal, puts a case behind it, and sees who looks."""

from tests.journeys.desk import account
from tests.worlds.building import adair

from onrecord.core.kernel.ids import public_reference


class TestSomebodyKeepsASeal:
    def test_from_opening_to_review(self, desk):
        account("hana", role="head_of_counter_corruption")
        self.reference = public_reference("C", adair()["report"])
        desk.sign_in("hana")
        desk.page.get_by_role("link", name="Seals").first.click()
        desk.is_well_made("seals-empty")
        self.when_they_open_one(desk)
        self.when_they_put_a_case_behind_it(desk)
        self.when_they_review_it(desk)
        desk.go("/seals/ask")
        desk.is_well_made("seals-ask")

    def when_they_open_one(self, desk):
        desk.page.get_by_role("button", name="Open a seal").click()
        desk.page.get_by_role("button", name="Open it").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("seals-open-holes")
        desk.page.get_by_label("What to call it").fill("Operation Larch")
        desk.page.get_by_label("Why it is sealed").fill("A covert inquiry is under way.")
        desk.page.get_by_label("How it is to be handled").fill("The owner only.")
        desk.page.get_by_label("First review").fill("1 January 2199")
        desk.page.get_by_role("button", name="Open it").click()
        desk.page.get_by_role("heading", name="Operation Larch").wait_for()
        desk.is_well_made("seals-one-empty")

    def when_they_put_a_case_behind_it(self, desk):
        desk.page.get_by_role("link", name="Put something behind it").click()
        desk.is_well_made("seals-act")
        desk.page.get_by_label("Reference").fill(self.reference)
        desk.page.get_by_role("button", name="Put something behind it").click()
        desk.page.get_by_role("link", name=self.reference).wait_for()
        desk.is_well_made("seals-one")
        desk.page.set_viewport_size({"width": 320, "height": 800})
        desk.does_not_scroll_sideways()
        desk.page.set_viewport_size({"width": 1280, "height": 800})

    def when_they_review_it(self, desk):
        desk.page.get_by_role("link", name="Review it").click()
        desk.is_well_made("seals-review")
        desk.page.get_by_label("Keep it").check()
        desk.page.get_by_label("Next review").fill("1 February 2199")
        desk.page.get_by_label("Why").fill("The inquiry goes on.")
        desk.page.get_by_role("button", name="Review it").click()
        desk.page.get_by_role("cell", name="The inquiry goes on.").wait_for()
