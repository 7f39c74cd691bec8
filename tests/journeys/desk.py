"""What somebody does at a screen, and what holds on every page they meet."""

import os

from axe_playwright_python.sync_playwright import Axe

WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
PICTURE = 1400
"""How tall a picture may be before its words are too small to judge."""
PASSWORD = "an invented pass phrase"
REASON = "review 2026/014, case 311"


def account(name="a.reviewer", role="review_lead"):
    """Make an account that may sign in."""
    from onrecord.apps.access.roles import Role
    from onrecord.apps.access.services import create_user
    from onrecord.core.ledger.actors import LOCAL_OPERATOR

    return create_user(
        actor=LOCAL_OPERATOR,
        reason="a test",
        username=name,
        display_name="A. Reviewer",
        organisation_code="NSP",
        role=Role(role),
        password=PASSWORD,
    )


class Desk:
    """One person at one browser. Failures of the page itself are collected as they come."""

    def __init__(self, address, page):
        self.address = address
        self.page = page
        self.troubles = []
        page.on("console", self._heard)
        page.on("response", self._answered)

    def _heard(self, message):
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.troubles.append(message.text)

    def _answered(self, response):
        if response.status >= 400 and "/static/" in response.url:
            self.troubles.append(f"{response.status} {response.url}")

    def go(self, path):
        """Open an address."""
        return self.page.goto(self.address + path)

    def sign_in(self, name="a.reviewer"):
        """Sign in by the keyboard alone."""
        self.go("/account/sign-in")
        self.page.get_by_label("User name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(self.address + "/")

    def give_reason(self, words=REASON):
        """Say why, on the page that asks."""
        self.page.get_by_label("Why are you looking?").fill(words)
        self.page.keyboard.press("Enter")

    def start(self, path):
        """Sign in, say why, and be on `path`."""
        self.sign_in()
        self.go(path)
        self.give_reason()
        self.page.wait_for_url(self.address + path)
        return self

    def heading(self):
        """Return the first heading."""
        return self.page.locator("h1").inner_text()

    def words(self):
        """Return every word of the page's own part."""
        return self.page.locator("main").inner_text()

    def picture(self, name):
        """Keep a picture for somebody to look at, when a folder was named for them."""
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            height = self.page.evaluate("document.documentElement.scrollHeight")
            width = self.page.viewport_size["width"]
            for number, top in enumerate(range(0, height, PICTURE)):
                clip = {"x": 0, "y": top, "width": width, "height": min(PICTURE, height - top)}
                self.page.screenshot(
                    path=f"{folder}/{name}-{number}.png", full_page=True, clip=clip
                )

    def is_well_made(self, name=""):
        """Hold the page to what every page must be: styled, quiet, accessible."""
        self.page.wait_for_load_state("load")
        colour = self.page.evaluate(
            "getComputedStyle(document.querySelector('.onr-header')).backgroundColor"
        )
        assert colour == "rgb(31, 41, 55)", "the stylesheet did not load"
        self.picture(name or self.heading().replace(" ", "-"))
        found = Axe().run(self.page, options=WCAG)
        assert found.violations_count == 0, found.generate_report()
        assert self.troubles == []

    def does_not_scroll_sideways(self):
        """Tell whether the page fits the window."""
        wide, window = self.page.evaluate(
            "[document.documentElement.scrollWidth, window.innerWidth]"
        )
        assert wide <= window, f"{wide} pixels in a window of {window}"
