"""A review lead raises a task, gives its result, and finds the next thing to do."""

from tests.journeys.desk import account


class TestSomebodyStartsTheDay:
    def test_and_does_what_is_asked(self, desk):
        account()
        self.given_an_empty_list(desk)
        self.when_they_leave_out_what_must_be_said(desk)
        self.when_they_raise_a_task(desk)
        self.then_it_is_theirs(desk)
        self.when_they_give_its_result(desk)
        self.then_every_step_is_there(desk)

    def given_an_empty_list(self, desk):
        desk.sign_in()
        desk.page.get_by_role("link", name="My work").first.click()
        desk.is_well_made("work-empty")

    def when_they_leave_out_what_must_be_said(self, desk):
        desk.page.get_by_role("button", name="Raise a task").click()
        desk.is_well_made("work-raise")
        desk.page.get_by_label("Title").fill("Ask PC Ashgrove for the log")
        desk.page.get_by_role("button", name="Raise it").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("work-raise-holes")

    def when_they_raise_a_task(self, desk):
        desk.page.get_by_label("Action:").check()
        desk.page.get_by_label("Title").fill("Ask for the custody log")
        desk.page.get_by_label("What is asked").fill("It shows who was there that night.")
        desk.page.get_by_label("Owner").select_option("a.reviewer")
        desk.page.get_by_label("Due (optional)").fill("1 January 2199")
        desk.page.get_by_role("button", name="Raise it").click()
        desk.page.wait_for_url("**/work/tasks/**")
        desk.is_well_made("work-task")

    def then_it_is_theirs(self, desk):
        desk.go("/work/")
        desk.is_well_made("work-one")
        desk.page.set_viewport_size({"width": 400, "height": 800})
        desk.does_not_scroll_sideways()
        desk.page.set_viewport_size({"width": 1280, "height": 800})
        desk.page.get_by_role("link", name="Ask for the custody log").click()

    def when_they_give_its_result(self, desk):
        desk.page.get_by_role("link", name="Give the result").click()
        desk.is_well_made("work-act")
        desk.page.get_by_label("What came of it").fill("It came today.")
        desk.page.get_by_role("button", name="Give the result").click()
        desk.page.wait_for_url("**/work/tasks/T-*")

    def then_every_step_is_there(self, desk):
        desk.page.get_by_role("heading", name="Result given").wait_for()
        assert "It came today." in desk.words()
        desk.is_well_made("work-resulted")
