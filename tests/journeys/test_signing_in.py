"""Somebody adds a passkey and an app, and signs in with the passkey."""

from tests.journeys.desk import PASSWORD, account


class TestSomebodyProtectsTheirAccount:
    def test_with_a_passkey(self, desk, site):
        account()
        self.given_a_device_with_passkeys(desk)
        desk.address = desk.address.replace("127.0.0.1", "localhost")
        desk.sign_in()
        desk.go("/account/sessions")
        desk.is_well_made("account-sessions")
        desk.page.get_by_role("link", name="change your password").click()
        desk.is_well_made("account-password")
        desk.go("/account/second-factors/codes")
        desk.is_well_made("account-add-codes")
        desk.go("/account/second-factors")
        desk.is_well_made("account-factors-empty")
        self.when_they_add_a_passkey(desk)
        self.then_it_signs_them_in(desk)
        desk.page.goto(desk.address + "/account/again?next=/work/")
        desk.is_well_made("account-again")

    def given_a_device_with_passkeys(self, desk):
        device = desk.page.context.new_cdp_session(desk.page)
        device.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def when_they_add_a_passkey(self, desk):
        desk.page.get_by_role("link", name="Add a passkey").click()
        desk.is_well_made("account-add-passkey")
        desk.page.get_by_label("What to call it").fill("blue key")
        desk.page.get_by_role("button", name="Make it").click()
        desk.page.wait_for_url(
            "**/second-factors"
        )  # the page sends the form itself, a moment later
        desk.page.get_by_text("blue key").first.wait_for()
        desk.is_well_made("account-factors")
        desk.page.get_by_role("button", name="Make new recovery codes").click()
        desk.page.get_by_role("heading", name="New recovery codes").wait_for()
        desk.is_well_made("account-recovery-codes")

    def then_it_signs_them_in(self, desk):
        desk.page.get_by_role("button", name="Sign out").click()
        desk.page.get_by_label("User name").fill("a.reviewer")
        desk.page.get_by_label("Password").fill(PASSWORD)
        desk.page.get_by_role("button", name="Sign in").click()
        desk.page.get_by_role("heading", name="Second step").wait_for()
        desk.is_well_made("account-second-step")
        desk.page.get_by_role("button", name="Use a passkey").click()
        desk.page.get_by_role("button", name="Sign out").wait_for()
