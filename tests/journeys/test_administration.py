"""An administrator adds a user, asks for a guarded role, and closes the account."""

from tests.journeys.desk import account
from tests.worlds.screens import rowan

from onrecord.apps.access.selectors import user_named, viewer_for_user
from onrecord.apps.administration.template_acts import Text, make_template
from onrecord.core.kernel.ids import public_reference


def begin_from_a_letter_template():
    """Write a template for letters."""
    account("an.admin", role="administrator")
    viewer = viewer_for_user(user_named("an.admin"), reason="a test", page="a test")
    text = Text("letter", "Ask for custody records", "Custody log, case {case}",
                "Case {case}, {today}.\n\nPlease send it.\n\n{account}, {team}")  # fmt: skip
    make_template(viewer=viewer, text=text, reason="a test")


def test_a_user_comes_and_goes(desk):
    account("an.admin", role="administrator")
    desk.sign_in("an.admin")
    desk.page.get_by_role("link", name="Administration").first.click()
    desk.is_well_made("administration")
    desk.page.get_by_role("link", name="Users").click()
    desk.is_well_made("users")
    desk.page.get_by_role("button", name="Add a user").click()
    desk.page.get_by_role("button", name="Add a user").click()
    desk.page.wait_for_selector(".govuk-error-summary:focus")
    desk.is_well_made("user-new-holes")
    for label, words in (("User name", "b.hazel"), ("Name that pages show", "B. Hazel"),
                         ("Staff number", "7781"), ("Why", "Starts on Monday.")):  # fmt: skip
        desk.page.get_by_label(label).fill(words)
    desk.page.get_by_label("Role").select_option("reviewer")
    desk.page.get_by_role("button", name="Add a user").click()
    desk.page.get_by_text("First password of b.hazel").wait_for()
    desk.is_well_made("user-first-password")
    desk.page.get_by_role("link", name="I have passed it on").click()
    desk.page.wait_for_url("**/users/b.hazel")
    desk.page.get_by_role("link", name="Let in again").click()
    desk.is_well_made("user-let-in")
    desk.go("/administration/users/b.hazel")
    desk.page.get_by_role("link", name="Change the role").click()
    desk.is_well_made("user-role")
    desk.page.get_by_label("Role").select_option("counter_corruption")
    desk.page.get_by_label("Why").fill("Joins the unit.")
    desk.page.get_by_role("button", name="Save").click()
    desk.page.wait_for_url("**/users/b.hazel?asked=yes")
    assert "This takes two people" in desk.words()
    desk.is_well_made("user-asked")
    desk.page.get_by_role("link", name="Close the account").click()
    desk.page.get_by_label("Why").fill("Does not come after all.")
    desk.page.get_by_role("button", name="Close b.hazel").click()
    desk.page.wait_for_url("**/users/b.hazel")
    assert "Open the account again" in desk.words()
    desk.is_well_made("user-closed")
    desk.go("/administration/teams/")
    desk.is_well_made("teams")


def test_a_setting_is_tightened_alone_and_loosened_by_two(desk):
    account("an.admin", role="administrator")
    desk.sign_in("an.admin")
    desk.go("/administration/")
    desk.page.get_by_role("link", name="Settings").click()
    desk.is_well_made("settings")
    desk.page.get_by_role("link", name="One person takes out at most").click()
    desk.is_well_made("setting-untouched")
    desk.page.get_by_role("button", name="Change").click()
    desk.page.get_by_label("One person takes out at most").fill("lots")
    desk.page.get_by_role("button", name="Save").click()
    desk.page.wait_for_selector(".govuk-error-summary:focus")
    desk.is_well_made("setting-holes")
    desk.page.get_by_label("One person takes out at most").fill("50")
    desk.page.get_by_label("Why").fill("Too much has left.")
    desk.page.get_by_role("button", name="Save").click()
    desk.page.wait_for_url("**/settings/export.rows")
    assert "50 rows" in desk.words()
    desk.page.get_by_role("button", name="Change").click()
    desk.page.get_by_label("One person takes out at most").fill("900")
    desk.page.get_by_label("Why").fill("The review needs whole lists.")
    desk.page.get_by_role("button", name="Save").click()
    desk.page.wait_for_url("**/settings/export.rows?asked=yes")
    assert "This takes two people" in desk.words()
    desk.page.set_viewport_size({"width": 320, "height": 640})
    desk.is_well_made("setting-small")
    desk.does_not_scroll_sideways()
    desk.go("/administration/settings/")
    desk.is_well_made("settings-small")
    desk.does_not_scroll_sideways()


def test_a_choice_is_added_and_retired(desk):
    account("an.admin", role="administrator")
    desk.sign_in("an.admin")
    desk.go("/administration/")
    desk.page.get_by_role("link", name="Lists of choices").click()
    desk.is_well_made("vocabularies")
    desk.page.get_by_role("link", name="Rights under the Victims' Code").click()
    desk.is_well_made("vocabulary-fixed")
    desk.go("/administration/vocabularies/note-kinds")
    desk.is_well_made("vocabulary-untouched")
    desk.page.get_by_role("button", name="Add a choice").click()
    desk.page.get_by_label("What it is called").fill("DS Ashgrove visit")
    desk.page.get_by_label("Why").fill("We visit.")
    desk.page.get_by_role("button", name="Add it").click()
    desk.page.wait_for_selector(".govuk-error-summary:focus")
    desk.is_well_made("vocabulary-holes")
    desk.page.get_by_label("What it is called").fill("Visit")
    desk.page.get_by_role("button", name="Add it").click()
    desk.page.wait_for_url("**/vocabularies/note-kinds")
    desk.page.get_by_role("link", name="Retire Meeting").click()
    desk.page.get_by_label("Why").fill("A visit says it better.")
    desk.page.get_by_role("button", name="Retire").click()
    desk.page.wait_for_url("**/vocabularies/note-kinds")
    assert "Retired: forms offer it no more" in desk.words()
    desk.is_well_made("vocabulary")
    for place in ("/administration/vocabularies/note-kinds", "/administration/vocabularies/"):
        desk.page.set_viewport_size({"width": 320, "height": 640})
        desk.go(place)
        desk.is_well_made(f"small-{place.split('/')[-1] or 'all'}")
        desk.does_not_scroll_sideways()


def test_a_template_is_written_previewed_and_used(desk):
    account("an.admin", role="administrator")
    desk.sign_in("an.admin")
    desk.go("/administration/templates/")
    desk.is_well_made("templates-empty")
    desk.page.get_by_role("button", name="Write a template").click()
    desk.page.get_by_label("What it is for").select_option("letter")
    desk.page.get_by_label("What it is called").fill("Ask for custody records")
    desk.page.get_by_label("Title").fill("Custody log, case {case}")
    desk.page.get_by_label("Text").fill("Dear {victim},")
    desk.page.get_by_label("Why").fill("Everybody asks in other words.")
    desk.page.get_by_role("button", name="Save").click()
    desk.page.wait_for_selector(".govuk-error-summary:focus")
    desk.is_well_made("template-holes")
    desk.page.get_by_label("Text").fill("Case {case}, {today}.\n\nPlease send it.\n\n{account}")
    desk.page.get_by_role("button", name="Preview").click()
    desk.page.get_by_text("Nothing is kept yet").wait_for()
    desk.is_well_made("template-preview")
    desk.page.get_by_role("button", name="Save").click()
    desk.page.wait_for_url("**/templates/ask-for-custody-records")
    desk.is_well_made("template")
    desk.page.set_viewport_size({"width": 320, "height": 640})
    for place in ("", "new", "ask-for-custody-records", "ask-for-custody-records/versions/1"):
        desk.go(f"/administration/templates/{place}")
        desk.is_well_made(f"small-template-{place.replace('/', '-')}")
        desk.does_not_scroll_sideways()


def test_a_letter_begins_from_a_template(desk):
    begin_from_a_letter_template()
    reference = public_reference("C", rowan()["report"])
    account()
    desk.start(f"/work/cases/{reference}/letters/new")
    desk.is_well_made("letter-begin")
    desk.page.get_by_label("Begin from a template").select_option("ask-for-custody-records")
    desk.page.get_by_role("button", name="Fill in").click()
    desk.page.wait_for_url("**/letters/new?template=ask-for-custody-records")
    assert reference in desk.page.get_by_label("What it says or asks").input_value()
    desk.is_well_made("letter-begun")
    desk.page.set_viewport_size({"width": 320, "height": 640})
    desk.does_not_scroll_sideways()
