"""An administrator adds a user, asks for a guarded role, and closes the account."""

from tests.journeys.desk import PASSWORD, account


def test_a_user_comes_and_goes(desk):
    account("an.admin", role="administrator")
    desk.sign_in("an.admin")
    desk.page.get_by_role("link", name="Administration").first.click()
    desk.is_well_made("users")
    desk.page.get_by_role("button", name="Add a user").click()
    desk.page.get_by_role("button", name="Add a user").click()
    desk.page.wait_for_selector(".govuk-error-summary:focus")
    desk.is_well_made("user-new-holes")
    for label, words in (("User name", "b.hazel"), ("Name that pages show", "B. Hazel"),
                         ("Staff number", "7781"), ("Password", PASSWORD),
                         ("Why", "Starts on Monday.")):  # fmt: skip
        desk.page.get_by_label(label).fill(words)
    desk.page.get_by_label("Role").select_option("reviewer")
    desk.page.get_by_role("button", name="Add a user").click()
    desk.page.wait_for_url("**/users/b.hazel")
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
