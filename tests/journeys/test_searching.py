"""A reviewer looks in some places only, keeps the search and makes it again."""

from tests.integration.work.desk import asked, viewer
from tests.journeys.desk import account
from tests.worlds.screens import rowan


class TestAReviewer:
    def test_keeps_a_search_and_makes_it_again(self, desk):
        account("a.reviewer")
        made = rowan()
        asked(viewer("a.reviewer"), title="Ask who lit the lantern", case_lineage=made["report"])
        self.when_they_search_in_one_place(desk)
        self.when_they_keep_it(desk)
        self.then_it_can_be_made_again(desk)

    def when_they_search_in_one_place(self, desk):
        desk.start("/search")
        desk.page.get_by_text("Look in some places only").click()
        desk.page.get_by_label("Notes, letters, policy files and tasks").check()
        desk.page.get_by_label("Name, number, reference or words").fill("lantern")
        desk.page.get_by_role("button", name="Search", exact=True).click()
        desk.page.get_by_role("heading", name="1 note, letter or task found").wait_for()

    def when_they_keep_it(self, desk):
        desk.page.get_by_text("Keep this search").click()
        desk.is_well_made("search-found")
        desk.page.get_by_role("button", name="Keep it").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("search-unnamed")
        desk.page.get_by_label("Name of the search").fill("Lanterns, with a name as long as may be")
        desk.page.get_by_role("button", name="Keep it").click()
        desk.page.get_by_role("heading", name="Kept searches").wait_for()
        desk.is_well_made("search-kept")

    def then_it_can_be_made_again(self, desk):
        desk.page.get_by_role("button", name="Search again").click()
        desk.page.get_by_role("heading", name="1 note, letter or task found").wait_for()
        desk.page.set_viewport_size({"width": 320, "height": 800})
        desk.does_not_scroll_sideways()
        desk.is_well_made("search-320")
