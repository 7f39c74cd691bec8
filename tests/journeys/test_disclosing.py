"""Facts are released to a subject, who reads and contests them; the handlers read the contest."""

from tests.integration.conflicts.desk import about, new_world, staff
from tests.journeys.desk import account

from onrecord.apps.access.models import User
from onrecord.apps.access.services import set_person_record
from onrecord.core.kernel.ids import public_reference
from onrecord.core.ledger.actors import LOCAL_OPERATOR


class TestFactsAreReleasedToTheirSubject:
    def test_from_service_to_contest(self, desk):
        self.given_a_case(desk)
        desk.start(f"/disclosure/cases/{self.reference}")
        desk.is_well_made("disclosing-case-empty")
        self.when_service_is_recorded(desk)
        self.when_facts_are_released(desk)
        self.when_the_subject_contests(desk)
        desk.page.get_by_role("button", name="Sign out").click()
        desk.sign_in()
        desk.go(f"/disclosure/cases/{self.reference}")
        desk.page.get_by_text("I was on leave that week.").wait_for()
        desk.is_well_made("disclosing-case-contested")

    def given_a_case(self, desk):
        world = new_world()
        (own,) = staff(world, "100")
        self.reference = public_reference("C", about(world, own, "CO/1"))
        world.settle()
        account(role="appropriate_authority")
        account("sub", role="analyst")
        user = User.objects.get(username="sub")
        set_person_record(actor=LOCAL_OPERATOR, user=user, person_record=own, reason="a test")

    def when_service_is_recorded(self, desk):
        desk.page.get_by_role("link", name="Record service").click()
        desk.page.get_by_label("Served on").fill("1 March 2018")
        desk.page.get_by_label("In person").check()
        desk.is_well_made("disclosing-service")
        desk.page.get_by_label("Who served it").fill("PC T. Marlow")
        desk.page.get_by_role("button", name="Record it").click()
        desk.page.get_by_role("link", name="Release facts").wait_for()

    def when_facts_are_released(self, desk):
        desk.page.get_by_role("link", name="Release facts").click()
        desk.page.get_by_role("button", name="Release these").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("disclosing-release-holes")
        desk.page.get_by_label("An allegation").check()
        desk.page.get_by_label("Why").fill("Notice was served.")
        desk.page.get_by_role("button", name="Release these").click()
        desk.page.get_by_text("Notice was served.").wait_for()
        desk.page.get_by_role("button", name="Sign out").click()

    def when_the_subject_contests(self, desk):
        desk.sign_in("sub")
        desk.page.get_by_role("link", name="Conflicts", exact=True).click()
        desk.page.get_by_role("link", name="What was released to you").click()
        desk.is_well_made("my-pack-list")
        desk.page.get_by_role("link", name="K-").click()
        desk.is_well_made("my-pack")
        desk.page.set_viewport_size({"width": 320, "height": 800})
        desk.does_not_scroll_sideways()
        desk.page.set_viewport_size({"width": 1280, "height": 800})
        desk.page.get_by_role("link", name="Contest this").first.click()
        desk.page.get_by_label("What is not so, and why").fill("I was on leave that week.")
        desk.is_well_made("my-pack-contest")
        desk.page.get_by_role("button", name="Contest it").click()
        desk.page.get_by_text("I was on leave that week.").wait_for()
