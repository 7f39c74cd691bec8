"""A senior officer reads why a prompt was given, and answers it."""

from datetime import timedelta

from tests.journeys.desk import Desk, account
from tests.worlds.building import adair

from onrecord.core.kernel.ids import public_reference


class TestAnOfficerHearsOfUnusualLooking:
    def test_and_says_what_they_made_of_it(self, desk):
        self.given_somebody_looked_at_themselves()
        account("sid", role="senior_officer")
        desk.sign_in("sid")
        desk.page.get_by_role("link", name="Looks").first.click()
        desk.is_well_made("looks-list")
        desk.page.get_by_role("link", name="Looked at themselves").click()
        desk.is_well_made("looks-alert")
        desk.page.set_viewport_size({"width": 320, "height": 800})
        desk.does_not_scroll_sideways()
        desk.page.set_viewport_size({"width": 1280, "height": 800})
        desk.page.get_by_label("Explained").check()
        desk.page.get_by_label("Why", exact=True).fill("They had been asked to check it.")
        desk.page.get_by_role("button", name="Answer").click()
        desk.page.wait_for_url("**/looks/")
        desk.go("/looks/mine")
        desk.is_well_made("looks-mine")
        desk.go("/looks/who")
        desk.is_well_made("looks-who")

    def test_and_asks_the_person_how_it_was(self, desk, new_context, site):
        self.given_somebody_looked_at_themselves()
        account("sid", role="senior_officer")
        desk.sign_in("sid")
        desk.go("/looks/")
        desk.page.get_by_role("link", name="Looked at themselves").click()
        desk.page.get_by_label("Ask the person how it was").check()
        desk.page.get_by_label("Why", exact=True).fill("What were you working on that evening?")
        desk.page.get_by_role("button", name="Answer").click()
        desk.page.wait_for_url("**/looks/")
        other = Desk(site, new_context().new_page())
        other.sign_in("a.reviewer")
        other.go("/looks/mine")
        other.is_well_made("looks-mine-asked")
        other.page.get_by_role("link", name="Looked at themselves").click()
        other.page.get_by_label("How it was").fill("I checked my own number; my sergeant knows.")
        other.is_well_made("looks-said")
        other.page.set_viewport_size({"width": 320, "height": 800})
        other.does_not_scroll_sideways()

    def given_somebody_looked_at_themselves(self):
        from tests.stores import acting

        from onrecord.apps.access.selectors import user_named, viewer_for_user
        from onrecord.apps.audit.selectors import current_position
        from onrecord.apps.looking.services import check_looks
        from onrecord.apps.people.selectors import person_page
        from onrecord.core.kernel.clock import now
        from onrecord.core.timekeeping.views import View

        made = adair()
        account()
        with acting():
            user = user_named("a.reviewer")
            user.person_record = made["own"]
            user.save(update_fields=["person_record"])
        viewer = viewer_for_user(user, reason="a check", page="person")
        reference = public_reference("P", min(made["own"], made["crime"]))
        person_page(viewer, View(current_position()), reference)
        check_looks(now() - timedelta(days=1))
