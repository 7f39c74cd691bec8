"""Somebody starts the day: what is late, what is due, what waits for their agreement."""

from datetime import timedelta

from tests.integration.work.desk import asked, team, viewer
from tests.journeys.desk import account
from tests.stores import acting

from onrecord.apps.access.agreeing import ask_for_agreement
from onrecord.apps.access.models import Leave, User
from onrecord.apps.access.selectors import user_named
from onrecord.apps.work.models import Task
from onrecord.core.kernel.clock import today


class TestTheMorning:
    def test_what_waits_is_one_page_away(self, desk):
        account()
        account("an.authority", role="appropriate_authority")
        desk_team = team()
        with acting():
            User.objects.update(team=desk_team)
            User.objects.filter(username="an.authority").update(display_name="B. Authority")
            Leave.objects.create(
                user=user_named("an.authority"), cover=user_named("a.reviewer"),
                from_on=today(), until_on=today() + timedelta(days=4),
            )  # fmt: skip
        desk.sign_in()
        desk.page.get_by_role("link", name="Today").click()
        desk.is_well_made("today-empty")
        self.given_a_full_desk()
        desk.go("/today/")
        desk.is_well_made("today")
        desk.page.set_viewport_size({"width": 400, "height": 800})
        desk.does_not_scroll_sideways()
        desk.picture("today-narrow")
        desk.page.set_viewport_size({"width": 1280, "height": 800})
        self.then_an_ask_is_answered(desk)
        self.and_leave_is_taken(desk)
        desk.go("/today/")
        desk.page.get_by_role("link", name="Ask for the custody log").first.click()
        desk.page.wait_for_url("**/work/tasks/**")

    def given_a_full_desk(self):
        me = viewer("a.reviewer")
        days = (-9, -1, 0, 1, 40)
        for days_ahead in (*days, *days):
            task = asked(me, owner=user_named("a.reviewer"), title="Ask for the custody log")
            with acting():
                due_on = today() + timedelta(days=days_ahead)
                Task.objects.filter(pk=task.pk).update(due_on=due_on)
        raise_ = viewer("an.authority")
        asked(raise_, owner=user_named("a.reviewer"), title="Say which statements are missing")
        asked(me, owner=user_named("an.authority"), title="Decide on the interview")
        asked(me, title="Find the missing box of statements")
        ask_for_agreement(
            viewer=viewer("an.authority"), verb="export:take_large", object_kind="list",
            object_ref="list-1", reason="The watchdog asked for it.",
        )  # fmt: skip

    def then_an_ask_is_answered(self, desk):
        desk.page.get_by_role("link", name="Take out a list of more people").click()
        desk.is_well_made("ask")
        desk.page.get_by_role("button", name="Answer").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("ask-holes")
        desk.page.get_by_label("Yes, I agree").check()
        desk.page.get_by_label("Why", exact=True).fill("It is what the review was set up for.")
        desk.page.get_by_role("button", name="Answer").click()
        desk.page.wait_for_url("**/work/agreements/")
        desk.is_well_made("agreements")

    def and_leave_is_taken(self, desk):
        desk.go("/work/")
        desk.page.get_by_role("link", name="Leave and cover").click()
        desk.is_well_made("leave-empty")
        desk.page.get_by_label("First day away").fill("1 January 2199")
        desk.page.get_by_label("Last day away").fill("8 January 2199")
        desk.page.get_by_label("Who stands in").select_option("an.authority")
        desk.page.get_by_role("button", name="Save").click()
        desk.page.get_by_text("stands in for you").wait_for()
        desk.is_well_made("leave")
        desk.go("/work/notices/")
        desk.is_well_made("notices")
        desk.go("/work/?list=team")
        desk.is_well_made("work-team")
