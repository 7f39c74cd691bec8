"""Somebody who allocates a case looks at ties, has one decided, and puts a colleague on it."""

from tests.integration.conflicts.desk import about, new_world, staff, unit
from tests.journeys.desk import account
from tests.stores import acting

from onrecord.apps.access.models import User
from onrecord.apps.access.services import set_person_record
from onrecord.core.kernel.ids import public_reference
from onrecord.core.ledger.actors import LOCAL_OPERATOR


class TestSomebodyAllocatesACase:
    def test_from_declaring_a_tie_to_putting_somebody_on_the_case(self, desk):
        self.given_a_case_and_a_colleague_of_its_subject()
        desk.start(f"/conflicts/cases/{self.reference}")
        desk.is_well_made("conflicts-case-empty")
        self.when_they_look_at_the_colleague(desk)
        self.when_they_decide(desk)
        self.when_they_put_them_on_it(desk)
        self.when_they_declare_a_tie_of_their_own(desk)
        desk.go("/conflicts/asks")
        desk.is_well_made("conflicts-asks-empty")

    def given_a_case_and_a_colleague_of_its_subject(self):
        world = new_world()
        subject, colleague = staff(world, "100", "200")
        for record in (subject, colleague):
            unit(world, record)
        self.reference = public_reference("C", about(world, subject, "CO/1"))
        self.person = public_reference("P", subject)
        world.settle()
        account(role="appropriate_authority")
        ina = account("ina", role="investigator")
        with acting():
            ina.display_name = "Ina Holloway"
            ina.save(update_fields=["display_name"])
        ina = User.objects.get(username="ina")
        set_person_record(actor=LOCAL_OPERATOR, user=ina, person_record=colleague, reason="a test")

    def when_they_look_at_the_colleague(self, desk):
        desk.page.get_by_label("Colleague").select_option(label="Ina Holloway (ina)")
        desk.page.get_by_role("button", name="Look", exact=True).click()
        desk.page.get_by_text("Same unit as a subject").wait_for()
        desk.is_well_made("conflicts-case-asked")
        desk.page.set_viewport_size({"width": 320, "height": 800})
        desk.does_not_scroll_sideways()
        desk.page.set_viewport_size({"width": 1280, "height": 800})

    def when_they_decide(self, desk):
        desk.page.get_by_role("link", name="Decide", exact=False).first.click()
        desk.page.get_by_role("button", name="Record it").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("conflicts-decide-holes")
        desk.page.get_by_label("with safeguards").check()
        desk.page.get_by_label("Why").fill("They overlapped for a month in a large unit.")
        desk.page.get_by_label("Safeguards", exact=True).fill(
            "No interviews; the sergeant reads every report."
        )
        desk.page.get_by_role("button", name="Record it").click()
        desk.page.get_by_role("heading", name="Who works on it").wait_for()

    def when_they_put_them_on_it(self, desk):
        desk.page.get_by_role("link", name="Put somebody on this case").click()
        desk.page.get_by_label("Who").select_option(label="Ina Holloway (ina)")
        desk.page.get_by_label("Their part").select_option("investigator")
        desk.page.get_by_label("Why").fill("The only one who knows the unit's logs.")
        desk.is_well_made("conflicts-let-work")
        desk.page.get_by_role("button", name="Record it").click()
        desk.page.get_by_text("Decided: may work on it").wait_for()
        desk.is_well_made("conflicts-case-one")

    def when_they_declare_a_tie_of_their_own(self, desk):
        desk.page.get_by_role("link", name="Conflicts", exact=True).click()
        desk.is_well_made("conflicts-mine-empty")
        desk.page.get_by_label("Whom you are tied to").fill(self.person)
        desk.page.get_by_label("A friend or acquaintance").check()
        desk.page.get_by_label("What the tie is").fill("We play in one football team.")
        desk.page.get_by_role("button", name="Declare").click()
        desk.page.get_by_text("We play in one football team.").wait_for()
        desk.is_well_made("conflicts-mine")
