"""The same pages without scripts, on a narrow screen, by keyboard, on paper, in every state."""

import pytest
from tests.journeys.desk import REASON, Desk, account
from tests.pages.reading import reference_of
from tests.worlds.screens import rowan


@pytest.fixture
def officer(site):
    account()
    return reference_of(rowan(complaints=45)["own"])


class TestACaseworkerOnANarrowScreen:
    def test_reads_the_whole_page_without_scrolling_sideways(self, desk, officer):
        desk.page.set_viewport_size({"width": 320, "height": 640})
        desk.start(f"/people/{officer}")
        for path in (
            f"/people/{officer}",
            f"/people/{officer}?on=2020-07-14",
            "/",
            "/search",
            "/looking",
        ):
            desk.go(path)
            desk.does_not_scroll_sideways()
            desk.is_well_made("narrow" + path.replace("/", "-").replace("?", "-"))


class TestACaseworkerWithoutScripts:
    def test_signs_in_searches_and_goes_back_in_time(self, site, new_context, officer):
        desk = Desk(site.url, new_context(java_script_enabled=False).new_page())
        self.given_they_signed_in_and_said_why(desk)
        self.when_they_search_and_open_the_person(desk)
        self.then_the_picture_and_its_table_are_there(desk)
        self.and_the_day_can_be_chosen(desk)

    def given_they_signed_in_and_said_why(self, desk):
        desk.sign_in()
        desk.go("/search")
        desk.give_reason()
        desk.page.wait_for_url("**/search")

    def when_they_search_and_open_the_person(self, desk):
        desk.page.get_by_label("Name, number, reference or words").fill("Adair")
        desk.page.get_by_role("button", name="Search").click()
        desk.page.get_by_role("link", name="Rowan Adair").click()

    def then_the_picture_and_its_table_are_there(self, desk):
        assert desk.page.locator("svg .onr-mark").count() > 10
        desk.page.get_by_text("Show as a table").click()
        assert desk.page.get_by_role("table", name="Everything in the picture").is_visible()

    def and_the_day_can_be_chosen(self, desk):
        desk.page.get_by_label("Show the record as known on").fill("14/7/2020")
        desk.page.get_by_role("button", name="Show", exact=True).click()
        assert "As known on 14 July 2020" in desk.words()


class TestACaseworkerAtTheKeyboard:
    def test_skips_to_the_page_and_reaches_the_control(self, desk, officer):
        desk.start(f"/people/{officer}")
        desk.go(f"/people/{officer}")
        desk.page.keyboard.press("Tab")
        assert desk.page.evaluate("document.activeElement.textContent") == "Skip to main content"
        desk.page.keyboard.press("Enter")
        for _ in range(8):  # past what else there is about the person
            desk.page.keyboard.press("Tab")
            if desk.page.evaluate("document.activeElement.id") == "on":
                break
        assert desk.page.evaluate("document.activeElement.id") == "on"
        outline = desk.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        desk.page.keyboard.type("14 July 2020")
        with desk.page.expect_navigation():
            desk.page.keyboard.press("Enter")
        assert "As known on 14 July 2020" in desk.words()


class TestAPageOnPaper:
    def test_keeps_the_reason_and_drops_the_controls(self, desk, officer):
        desk.start(f"/people/{officer}")
        desk.page.emulate_media(media="print")
        assert desk.page.get_by_text(f"You are looking because: {REASON}").is_visible()
        assert not desk.page.get_by_role("button", name="Show", exact=True).is_visible()
        assert not desk.page.get_by_role("navigation", name="Menu").is_visible()
        desk.picture("paper")


class TestEveryState:
    def test_empty_missing_and_mistyped_pages_are_well_made(
        self, desk, officer, settings, tmp_path
    ):
        from onrecord.project.home import Home

        settings.HOME = Home(tmp_path / "home").prepare()
        desk.start(f"/people/{officer}?on=1999-01-01")
        desk.is_well_made("person-not-yet-known")
        for path, name in (
            (f"/people/{officer}?on=nonsense", "person-day-mistyped"),
            (f"/people/{officer}?to=NSP:PSD&on=2007-06-01", "person-one-holder"),
            (f"/people/{officer}?cases=2", "person-second-page"),
            ("/people/P-00000-00000-0", "not-found"),
            ("/cohorts/", "cohorts"),
            ("/imports/", "imports"),
        ):
            desk.go(path)
            desk.is_well_made(name)
