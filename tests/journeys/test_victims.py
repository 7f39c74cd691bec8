"""A victim contact officer reads the warning, records a safe channel, and is shown who it is."""

from tests.integration.victims.desk import NAME, Harm
from tests.journeys.desk import account


class TestAContactOfficerFollowsAVictim:
    def test_from_the_list_to_who_it_is(self, desk):
        self.harm = Harm(people=3)
        self.given_the_list(desk)
        self.then_the_page_warns_first(desk)
        self.when_they_leave_out_what_must_be_said(desk)
        self.when_they_record_a_safe_channel(desk)
        self.when_they_ask_who_it_is(desk)
        self.when_they_compare_two(desk)
        self.then_it_fits_a_small_window(desk)

    def test_nobody_and_not_theirs(self, desk):
        self.harm = Harm(people=0)
        desk.sign_in("vc.officer")
        desk.go("/victims/")
        desk.is_well_made("victims-empty")
        account("a.reviewer")
        desk.page.context.clear_cookies()
        desk.sign_in("a.reviewer")
        desk.go("/victims/")
        desk.is_well_made("victims-forbidden")

    def given_the_list(self, desk):
        desk.sign_in("vc.officer")
        desk.go("/victims/")
        desk.is_well_made("victims-many")
        desk.page.get_by_role("link", name="Victim 1").click()

    def then_the_page_warns_first(self, desk):
        assert "No safe channel is recorded" in desk.words()
        desk.is_well_made("victims-one")

    def when_they_leave_out_what_must_be_said(self, desk):
        desk.page.get_by_role("link", name="Safe channel", exact=True).click()
        desk.page.get_by_role("button", name="Record it").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("victims-record-holes")

    def when_they_record_a_safe_channel(self, desk):
        desk.page.get_by_label("Text message").check()
        desk.page.get_by_label("Number or address").fill("07700 900555" + " and again" * 40)
        desk.page.get_by_label("Code word").fill("Wolverhampton" * 12)
        desk.page.get_by_role("button", name="Record it").click()
        desk.page.get_by_text("Contact only by this safe channel").wait_for()
        desk.is_well_made("victims-one-safe")

    def when_they_ask_who_it_is(self, desk):
        desk.page.get_by_role("button", name="Show who this is").click()
        desk.is_well_made("victims-who-asked")
        desk.page.get_by_label("Why do you need to know?").fill("to call about the charge")
        desk.page.get_by_role("button", name="Show who this is").click()
        desk.page.get_by_role("heading", name="Who this is").wait_for()
        assert NAME in desk.words()
        assert NAME not in desk.page.title() + desk.page.url
        desk.is_well_made("victims-who")
        desk.page.set_viewport_size({"width": 320, "height": 700})
        desk.does_not_scroll_sideways()
        desk.picture("victims-who-320")
        desk.page.set_viewport_size({"width": 1280, "height": 900})
        desk.page.get_by_role("link", name="Back to Victim 1").click()

    def when_they_compare_two(self, desk):
        desk.page.get_by_role("link", name="Compare with somebody").click()
        desk.page.get_by_label("Compare with").select_option(index=1)
        desk.page.get_by_label("Why are you comparing them?").fill("the same street")
        desk.page.get_by_role("button", name="Show both").click()
        desk.page.get_by_label("Different people").wait_for()
        desk.is_well_made("victims-both")
        desk.page.get_by_label("Different people").check()
        desk.page.get_by_label("On what the answer rests").fill("Twenty years apart.")
        desk.page.get_by_role("button", name="Record the answer").click()
        desk.page.get_by_text("Different people").wait_for()

    def then_it_fits_a_small_window(self, desk):
        desk.page.set_viewport_size({"width": 320, "height": 700})
        desk.does_not_scroll_sideways()
        desk.picture("victims-one-320")
