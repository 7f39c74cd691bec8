"""A review lead defines a cohort by hand, reads why somebody is out, and looks at an import."""

import shutil

import pytest
from tests.integration.intake.importing import EXAMPLE, example, import_from
from tests.journeys.desk import account
from tests.worlds.screens import rowan


@pytest.fixture
def home(site, settings, tmp_path):
    """An installation with the invented officer and one imported batch."""
    from onrecord.project.home import Home

    settings.HOME = Home(tmp_path / "home").prepare()
    account("a.reviewer", role="review_lead")
    rowan()
    shutil.copytree(EXAMPLE, tmp_path / "data")
    with (tmp_path / "data" / "complaints.csv").open("a", encoding="utf-8") as file:
        file.write("C/9,31/02/2010,never,Conduct,,\n")
    text = example().replace("reject_limit: 0.01", "reject_limit: 0.9")
    text = text if "reject_limit" in text else text + "\nreject_limit: 0.9\n"
    return import_from(text, tmp_path / "data", settings.HOME.root).batch


class TestAReviewLeadDefinesACohort:
    def test_and_reads_its_exclusions(self, desk, home):
        self.given_the_empty_list_and_the_builder(desk)
        self.when_they_leave_out_what_must_be_answered(desk)
        self.then_each_hole_is_named_and_led_to(desk)
        self.when_they_answer(desk)
        self.then_the_five_units_and_the_exclusions_are_there(desk)
        self.and_the_list_has_it(desk)

    def given_the_empty_list_and_the_builder(self, desk):
        desk.start("/cohorts/new")
        desk.go("/cohorts/")
        desk.is_well_made("cohorts-none-run")
        desk.page.get_by_role("button", name="Define a cohort").click()
        desk.is_well_made("cohort-builder")

    def when_they_leave_out_what_must_be_answered(self, desk):
        desk.page.get_by_label("Title").fill("Domestic allegations since 2010")
        desk.page.get_by_role("button", name="Save and run").click()

    def then_each_hole_is_named_and_led_to(self, desk):
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("cohort-builder-holes")
        desk.page.get_by_role("link", name="Choose which date counts").click()
        assert desk.page.evaluate("document.activeElement.name") == "date_basis"

    def when_they_answer(self, desk):
        desk.page.get_by_label("Short name").fill("domestic-2010")
        desk.page.get_by_label("Factors").fill("domestic")
        desk.page.get_by_label("When it was finalised").check()
        desk.page.get_by_label("First day").fill("1 January 2010")
        desk.page.get_by_label("Only cases that are finished with").check()
        desk.page.get_by_role("button", name="Save and run").click()
        desk.page.wait_for_url("**/cohorts/results/**")

    def then_the_five_units_and_the_exclusions_are_there(self, desk):
        assert "review items" in desk.words()
        desk.is_well_made("cohort-result")
        desk.page.get_by_role("link", name="The date of the case is outside the period.").click()
        assert "Show what is in scope" in desk.words()
        desk.page.get_by_label("Person, case or incident").fill("C-00000-00000-0")
        desk.page.get_by_role("button", name="Ask").click()
        assert "Nothing by that reference" in desk.words()
        desk.is_well_made("cohort-why-unknown")

    def and_the_list_has_it(self, desk):
        desk.go("/cohorts/")
        desk.is_well_made("cohorts-one-run")


class TestAReviewLeadReadsAnImport:
    def test_its_health_and_its_rejects(self, desk, home):
        desk.start("/search")
        desk.go("/imports/")
        desk.is_well_made("imports-one")
        desk.go("/imports/" + home)
        assert "what each hole does to a cohort" in desk.words()
        desk.is_well_made("import")
        desk.page.set_viewport_size({"width": 320, "height": 640})
        desk.does_not_scroll_sideways()
        desk.go("/")
        desk.is_well_made("home-with-changes")
