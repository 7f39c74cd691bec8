"""A review lead takes their list to a meeting."""

from tests.journeys.desk import account


class TestSomebodyTakesAListOut:
    def test_as_a_file(self, desk):
        account()
        desk.sign_in()
        desk.page.get_by_role("link", name="Exports").first.click()
        desk.is_well_made("exports-empty")
        desk.page.get_by_role("button", name="Take it out").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("exports-holes")
        desk.page.get_by_label("What it is for").fill("The weekly meeting")
        with desk.page.expect_download() as download:
            desk.page.get_by_role("button", name="Take it out").click()
        assert download.value.suggested_filename == "onrecord-my-work.csv"
        desk.go("/exports/")
        desk.is_well_made("exports-one")
        desk.page.set_viewport_size({"width": 320, "height": 800})
        desk.does_not_scroll_sideways()
