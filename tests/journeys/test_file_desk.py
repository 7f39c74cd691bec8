"""Somebody seeks a paper file, asks for it, and says that it came."""

from tests.journeys.desk import account
from tests.worlds.screens import rowan

from onrecord.core.kernel.ids import public_reference


class TestSomebodySeeksAFile:
    def test_until_it_comes(self, desk):
        account("an.authority", role="appropriate_authority")
        self.case = public_reference("C", rowan()["report"])
        self.given_an_empty_desk(desk)
        self.when_they_leave_out_what_must_be_said(desk)
        self.when_they_put_it_on_the_desk(desk)
        self.when_they_request_it(desk)
        self.then_it_is_on_the_list(desk)

    def given_an_empty_desk(self, desk):
        desk.sign_in("an.authority")
        desk.go("/file-desk/")
        desk.is_well_made("files-empty")

    def when_they_leave_out_what_must_be_said(self, desk):
        desk.page.get_by_role("button", name="Seek a file").click()
        desk.page.get_by_role("button", name="Put it on the desk").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("files-seek-holes")

    def when_they_put_it_on_the_desk(self, desk):
        desk.page.get_by_label("Case or person").fill(self.case)
        desk.page.get_by_label("What it is").fill("Paper file of the 2009 complaint")
        desk.page.get_by_label("What is known of it").fill("It has the first statements.")
        desk.page.get_by_role("button", name="Put it on the desk").click()
        desk.page.wait_for_url("**/file-desk/files/F-*")
        desk.is_well_made("files-one")

    def when_they_request_it(self, desk):
        desk.page.get_by_role("link", name="Request it").click()
        desk.is_well_made("files-request")
        desk.page.get_by_label("Asked of").fill("Westmark Police, records store")
        desk.page.get_by_label("By when").fill("1 January 2199")
        desk.page.get_by_label("What was asked").fill("The whole file, by letter.")
        desk.page.get_by_role("button", name="Request it").click()
        desk.page.get_by_role("heading", name="Requested").wait_for()
        desk.is_well_made("files-requested")

    def then_it_is_on_the_list(self, desk):
        desk.go("/file-desk/")
        assert "Westmark Police, records store" in desk.words()
        desk.is_well_made("files-list")
        desk.page.set_viewport_size({"width": 400, "height": 800})
        desk.does_not_scroll_sideways()
