"""An appropriate authority uploads a statement and reads it, page by page."""

from tests.integration.documents.files import pdf
from tests.journeys.desk import account
from tests.worlds.screens import rowan

from onrecord.core.kernel.ids import public_reference
from onrecord.project.home import Home


class TestSomebodyKeepsADocument:
    def test_and_reads_it(self, desk, settings, tmp_path):
        settings.HOME = Home(tmp_path / "home").prepare()
        account("an.authority", role="appropriate_authority")
        self.case = public_reference("C", rowan()["report"])
        self.given_no_documents(desk)
        self.when_they_leave_out_the_file(desk)
        self.when_they_upload_it(desk, tmp_path)
        self.then_it_is_sealed(desk)
        self.then_its_pages_turn(desk)
        self.then_its_words_are_found(desk)
        self.then_words_are_blacked_out(desk)

    def given_no_documents(self, desk):
        desk.sign_in("an.authority")
        desk.go(f"/documents/?about={self.case}")
        desk.give_reason()
        desk.page.get_by_role("heading", name="Documents").wait_for()
        desk.is_well_made("documents-empty")

    def when_they_leave_out_the_file(self, desk):
        desk.page.get_by_role("button", name="Upload a document").click()
        desk.is_well_made("documents-upload")
        desk.page.get_by_role("button", name="Upload and seal").click()
        desk.page.wait_for_selector(".govuk-error-summary:focus")
        desk.is_well_made("documents-upload-holes")

    def when_they_upload_it(self, desk, folder):
        path = folder / "statement.pdf"
        path.write_bytes(pdf("Seen at the gate at eight.\nNobody else was there.", "Left at nine."))
        desk.page.get_by_label("What it is").fill("Statement, 2 pages")
        desk.page.get_by_label("File").set_input_files(path)
        desk.page.get_by_role("button", name="Upload and seal").click()
        desk.page.get_by_role("link", name="The whole document").wait_for()

    def then_it_is_sealed(self, desk):
        assert "Not scanned" in desk.words()
        desk.is_well_made("documents-one")
        desk.go(f"/documents/?about={self.case}")
        desk.is_well_made("documents-list")
        desk.page.get_by_role("link", name="Statement, 2 pages").click()

    def then_its_pages_turn(self, desk):
        desk.page.get_by_role("link", name="The whole document").click()
        desk.page.get_by_text("Page 1 of 2").wait_for()
        desk.is_well_made("documents-page")
        desk.page.set_viewport_size({"width": 400, "height": 800})
        desk.does_not_scroll_sideways()
        desk.page.get_by_role("link", name="Next").first.click()
        desk.page.get_by_text("Page 2 of 2").wait_for()

    def then_its_words_are_found(self, desk):
        desk.page.set_viewport_size({"width": 1280, "height": 800})
        desk.go("/documents/search")
        desk.page.get_by_label("Words").fill("nobody gate")
        desk.page.get_by_role("button", name="Search").click()
        desk.page.get_by_role("heading", name="1 page.").wait_for()
        desk.is_well_made("documents-search")
        desk.page.get_by_role("link", name="page 1").click()
        desk.page.get_by_text("Page 1 of 2").wait_for()

    def then_words_are_blacked_out(self, desk):
        desk.page.get_by_role("link", name="Back to D-").click()
        desk.page.get_by_role("link", name="Make a redacted copy").click()
        desk.is_well_made("documents-redact")
        desk.page.get_by_label("Words (optional)").fill("the gate")
        desk.page.get_by_label("Why").fill("For disclosure.")
        desk.page.get_by_role("button", name="Make the copy").click()
        desk.page.get_by_text("Redacted copy").wait_for()
        desk.is_well_made("documents-redacted")
