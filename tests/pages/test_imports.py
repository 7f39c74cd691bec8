"""Imports: none, some, one with rejects; and who may see what was rejected."""

import csv
import io
import shutil

import pytest
from tests.integration.intake.importing import EXAMPLE, example, import_from
from tests.pages.reading import table, words_of

from stores import acting

LIST = "Imports, newest first"


@pytest.fixture
def data(tmp_path):
    """The worked example with one row that cannot be read and one that begins a formula."""
    folder = tmp_path / "data"
    shutil.copytree(EXAMPLE, folder)
    with (folder / "complaints.csv").open("a", encoding="utf-8") as file:
        file.write("=cmd|calc,not a date,not a date\n")
    return folder


@pytest.fixture
def batch(home, data):
    text = example().replace("reject_limit: 0.01", "reject_limit: 0.9")
    text = text if "reject_limit" in text else text + "\nreject_limit: 0.9\n"
    return import_from(text, data, home.root).batch


def test_before_anything_was_imported_the_page_says_so(reviewer):
    assert "Nothing has been imported yet." in words_of(reviewer.get("/imports/"))


def test_a_batch_is_listed_with_its_totals_and_its_state(reviewer, batch):
    (row,) = table(reviewer.get("/imports/"), LIST)

    assert batch in row[0]
    assert int(row[3].replace(",", "")) > 0
    assert row[7] == "On record"


def test_a_batch_says_what_is_missing_and_what_that_does_to_a_cohort(reviewer, batch):
    response = reviewer.get(f"/imports/{batch}")

    assert "what each hole does to a cohort" in words_of(response)
    assert {row[0] for row in table(response, "Rows of the source, by table")} >= {
        "Complaints",
        "Officers",
    }
    assert table(response, "How complete each field is")


def test_that_no_row_was_rejected_is_a_sentence(home, reviewer):
    whole = import_from(example(), EXAMPLE, home.root).batch

    assert "No rows rejected." in words_of(reviewer.get(f"/imports/{whole}"))


def test_what_was_rejected_is_for_those_who_import(home, batch):
    from django.test import Client
    from tests.journeys.desk import account
    from tests.pages.conftest import signed_in

    account("a.vetter", role="vetting_officer")
    vetter = signed_in(Client(), "a.vetter")
    refused = vetter.get(f"/imports/{batch}/rejects.csv")
    account("an.importer", role="intake_officer")
    importer = signed_in(Client(), "an.importer")
    page, file = importer.get(f"/imports/{batch}"), importer.get(f"/imports/{batch}/rejects.csv")

    assert refused.status_code == 403
    assert "shown to those who import" in words_of(vetter.get(f"/imports/{batch}"))
    assert table(page, "Rows rejected, and values left empty")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert len(rows) > 1
    assert not [cell for row in rows[1:] for cell in row if cell.startswith("=")]


def test_an_unknown_batch_is_not_found(home, reviewer):
    assert reviewer.get("/imports/B-00000-00000-0").status_code == 404


def test_a_batch_taken_back_says_so(home, batch, reviewer):
    from tests.integration.intake.importing import VIEWER

    from onrecord.apps.intake.selectors import batch as find
    from onrecord.apps.intake.services import undo_batch
    from onrecord.core.ledger.actors import LOCAL_OPERATOR

    undo_batch(VIEWER, actor=LOCAL_OPERATOR, batch=find(VIEWER, batch))

    assert table(reviewer.get("/imports/"), LIST)[0][7] == "Taken back"
    assert "Taken back" in words_of(reviewer.get(f"/imports/{batch}"))


def test_an_import_of_sealed_material_has_no_shadow_on_any_page(home, batch, reviewer):
    from onrecord.apps.intake.models import Batch

    pages = ["/", "/imports/", f"/imports/{batch}"]
    seen = [reviewer.get(page).content.decode() for page in pages]
    with acting():
        Batch.objects.update(kinds=[{"kind": "intelligence_report", "added": 10}], title="Sealed")
    shadow = [reviewer.get(page) for page in pages]

    assert all(batch in page for page in seen)
    assert [page.status_code for page in shadow] == [200, 200, 404]
    assert not [page for page in shadow[:2] if batch in page.content.decode()]
    assert not [page for page in shadow if "Sealed" in page.content.decode()]
