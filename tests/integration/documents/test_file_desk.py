"""A file is sought step by step, each from the one before; what is overdue comes first."""

from datetime import timedelta

import pytest
from tests.integration.documents.files import kept
from tests.integration.work.desk import CASE, bar, somebody
from tests.stores import acting

from onrecord.apps.documents import file_acts
from onrecord.apps.documents.file_acts import NewFile
from onrecord.apps.documents.file_reads import (
    file_named,
    files_about,
    files_visible,
    outstanding,
    overdue,
    page_of,
    settled,
    steps_of_file,
)
from onrecord.apps.documents.models import FileSought, FileStep
from onrecord.apps.documents.morning_lines import file_lines
from onrecord.core.documents.shelf import DocumentShelf
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError

SOON = timedelta(days=14)


@pytest.fixture
def lead(store):
    return somebody("a.lead", "appropriate_authority")


def sought(by, **changed):
    usual = {"title": "Paper file of the 2009 complaint", "words": "We need the statements.",
             "case_lineage": CASE}  # fmt: skip
    return file_acts.seek(viewer=by, new=NewFile(**usual | changed))


def late(file, days=3):
    with acting():
        FileSought.objects.filter(pk=file.pk).update(due_on=today() - timedelta(days=days))


def state(file):
    return FileSought.objects.get(pk=file.pk).state


def test_a_file_goes_from_sought_to_scanned(lead, tmp_path):
    shelf = DocumentShelf.at(tmp_path)
    file = sought(lead)
    on = {"viewer": lead, "reference": file.reference}
    file_acts.locate(**on, words="In the store.")
    file_acts.request(**on, of="Records store", due_on=today() + SOON, words="By letter.")
    file_acts.chase(**on, due_on=today() + 2 * SOON, words="Rang.")
    file_acts.note(**on, words="They are short of people.")
    found = file_named(lead, file.reference)
    assert (found.state, found.asked_of, found.chased) == ("requested", "Records store", 1)
    assert found.due_on == today() + 2 * SOON
    file_acts.receive(**on, words="One box.")
    scan = kept(lead, shelf)
    file_acts.scanned(**on, document=scan.reference, words="All 40 pages.")
    assert file_named(lead, file.reference).document == scan
    assert [step.kind for step in steps_of_file(file)] == [
        "opened", "located", "requested", "chased", "note", "received", "scanned",
    ]  # fmt: skip
    assert not outstanding(lead).exists()
    assert list(settled(lead)) == [file]


def test_destruction_needs_a_schedule_and_somebody_s_word(lead):
    file = sought(lead)
    on = {"viewer": lead, "reference": file.reference, "words": "By letter."}
    for missing in ({"schedule": " ", "confirmed_by": "x"}, {"schedule": "x", "confirmed_by": ""}):
        with pytest.raises(DataRejectedError, match="Destruction needs"):
            file_acts.destroyed(**on, **missing)
    file_acts.not_found(**on)
    file_acts.destroyed(**on, schedule="RRD 4.2", confirmed_by="Records manager")
    assert state(file) == "destroyed"
    step = steps_of_file(file)[-1]
    assert (step.schedule, step.confirmed_by) == ("RRD 4.2", "Records manager")


def test_what_was_not_found_can_turn_up(lead):
    file = sought(lead)
    file_acts.not_found(viewer=lead, reference=file.reference, words="Not in the store.")
    file_acts.locate(viewer=lead, reference=file.reference, words="In a drawer.")
    assert state(file) == "located"


def test_a_step_that_does_not_follow_is_refused_and_leaves_nothing(lead):
    file = sought(lead)
    on = {"viewer": lead, "reference": file.reference, "words": "x"}
    with pytest.raises(DataRejectedError, match="does not follow"):
        file_acts.chase(**on, due_on=today())
    with pytest.raises(DataRejectedError, match="gone by"):
        file_acts.request(**on, of="Store", due_on=today() - timedelta(days=1))
    with pytest.raises(DataRejectedError, match="Nothing was written"):
        file_acts.locate(viewer=lead, reference=file.reference, words=" ")
    assert state(file) == "sought"
    assert FileStep.objects.count() == 1


def test_a_scan_of_something_else_is_refused(lead, tmp_path):
    import uuid

    other = kept(lead, DocumentShelf.at(tmp_path), case_lineage=uuid.UUID(int=78 << 78))
    file = sought(lead)
    on = {"viewer": lead, "reference": file.reference, "words": "x"}
    file_acts.receive(**on)
    with pytest.raises(DataRejectedError, match="something else"):
        file_acts.scanned(**on, document=other.reference)
    with pytest.raises(NotFoundError):
        file_acts.scanned(**on, document="D-00000-00000-0")
    assert state(file) == "received"


def test_what_is_overdue_comes_first_and_into_the_morning(lead):
    first, second, third = sought(lead), sought(lead), sought(lead)
    late(second, 1)
    late(third, 9)
    assert list(outstanding(lead)) == [third, second, first]
    assert set(overdue(outstanding(lead), today())) == {second, third}
    assert page_of(outstanding(lead), 99).overdue == 2
    lines = {line.heading: line for line in file_lines(lead, today())}
    assert lines["Files overdue"].count == 2
    assert lines["Files overdue"].items[0].when == "9 days late"
    assert lines["Files to scan"].count == 0


def test_who_may_not_know_of_the_case_knows_of_no_file(lead):
    file, outside = sought(lead), somebody("out.circle")
    assert list(files_about(lead, "case", CASE)) == [file]
    assert not files_visible(outside).exists()
    for act in (
        lambda: file_named(outside, file.reference),
        lambda: file_acts.note(viewer=outside, reference=file.reference, words="x"),
        lambda: sought(outside),
    ):
        with pytest.raises(NotFoundError):
            act()
    bar("a.lead", CASE)
    assert not files_visible(lead).exists()


def test_a_role_without_the_verb_seeks_nothing(store):
    admin = somebody("an.admin", "administrator")
    with pytest.raises(NotPermittedError):
        sought(admin)
    assert list(file_lines(admin, today())) == []
