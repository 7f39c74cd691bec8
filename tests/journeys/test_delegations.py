"""A senior officer lets a colleague act for them, who is told so above every page."""

from tests.journeys.desk import Desk, account


class TestASeniorOfficer:
    def test_lets_a_colleague_act_for_them(self, desk, new_context, site):
        account("s.officer", role="senior_officer")
        account("i.vestigator", role="investigator")
        self.given_nobody_acts_for_them(desk)
        self.when_they_leave_out_who(desk)
        self.when_they_delegate(desk)
        self.then_the_colleague_is_told(Desk(site, new_context().new_page()))

    def given_nobody_acts_for_them(self, desk):
        desk.sign_in("s.officer")
        desk.go("/account/delegations/")
        desk.is_well_made("delegations-none")

    def when_they_leave_out_who(self, desk):
        desk.page.get_by_role("button", name="Delegate").click()
        desk.is_well_made("delegations-new")
        desk.page.get_by_role("button", name="Delegate").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("delegations-holes")

    def when_they_delegate(self, desk):
        desk.page.get_by_label("Who is to act for you").select_option("i.vestigator")
        desk.page.get_by_label("First day").fill("1 January 2199")
        desk.page.get_by_label("Last day").fill("9 January 2199")
        desk.page.get_by_label("Why", exact=True).fill("A course of nine days.")
        desk.page.get_by_role("button", name="Delegate").click()
        desk.page.get_by_role("button", name="Take back").wait_for()
        desk.is_well_made("delegations-one")
        desk.page.set_viewport_size({"width": 320, "height": 800})
        desk.does_not_scroll_sideways()

    def then_the_colleague_is_told(self, desk):
        desk.sign_in("i.vestigator")
        desk.go("/account/delegations/")
        desk.page.get_by_role("button", name="Give back").wait_for()
        desk.is_well_made("delegations-taken")
