"""Somebody who is stuck follows the link at the foot of the page."""

from tests.journeys.desk import account


class TestSomebodyIsStuck:
    def test_and_reads_what_the_page_is_for(self, desk):
        account()
        desk.sign_in()
        desk.go("/work/")
        desk.page.get_by_role("link", name="Help with this page").click()
        desk.page.get_by_role("heading", name="When you are stuck").wait_for()
        desk.is_well_made("help-page")
        desk.go("/help/")
        desk.is_well_made("help-list")
        desk.go("/help/who-may?role=reviewer")
        desk.is_well_made("help-who-may")
        desk.page.set_viewport_size({"width": 400, "height": 800})
        desk.does_not_scroll_sideways()
