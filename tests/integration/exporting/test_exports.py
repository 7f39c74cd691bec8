"""A list leaves as its page shows it; a large one takes two human beings; no cell of it runs."""

import csv
import hashlib
import io

import pytest
from openpyxl import load_workbook
from tests.integration.sealing.desk import account, opened, owner, sees
from tests.worlds.building import adair

from onrecord.apps.access.agreeing import answer_ask
from onrecord.apps.access.roles import Role
from onrecord.apps.exporting import services
from onrecord.apps.exporting.files import file_of
from onrecord.apps.exporting.lists import Listed
from onrecord.apps.exporting.models import Export
from onrecord.apps.sealing.services import seal_thing
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.ids import public_reference


@pytest.fixture
def made(store):
    made = adair()
    account("rita", Role.REVIEW_LEAD)
    account("sid", Role.SENIOR_OFFICER)
    made["person"] = public_reference("P", min(made["own"], made["crime"]))
    return made


def taken(made, name="rita", **changed):
    given = {"what": "person", "of": made["person"], "file_format": "csv", "reason": "a meeting"}
    return services.take(viewer=sees(name), **(given | changed))


def rows_of(taken):
    return list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))


def test_a_chronology_leaves_without_names_and_is_recorded_by_its_hash(made):
    out = taken(made)
    text = out.content.decode("utf-8-sig")
    assert "Rudeness" in text
    assert "Adair" not in text
    assert "Rowan" not in text
    assert out.name == "onrecord-person.csv"
    export = Export.objects.get()
    assert export.sha256 == hashlib.sha256(out.content).hexdigest()
    assert export.rows == len(rows_of(out)) - 1


def test_both_forms_hold_the_same_rows(made):
    book = load_workbook(io.BytesIO(taken(made, file_format="xlsx").content))
    rows = [["" if cell is None else str(cell) for cell in row] for row in book["List"].values]
    assert rows == rows_of(taken(made))


def test_what_is_sealed_is_in_nobodys_file_but_the_owners(made):
    head = owner()
    wall = opened(head)
    seal_thing(viewer=head, number=wall.pk, thing_kind="case", lineage=made["report"])
    reference = public_reference("C", made["report"])
    assert reference not in taken(made).content.decode("utf-8-sig")
    with pytest.raises(NotFoundError):
        taken(made, what="case", of=reference)
    assert reference in taken(made, name="hana").content.decode("utf-8-sig")


def test_a_large_list_takes_another_human_being_and_once(made, monkeypatch):
    monkeypatch.setenv("ONRECORD_EXPORT_ROWS", "2")
    with pytest.raises(services.TooLargeError):
        taken(made)
    ask = services.ask_to_take(viewer=sees("rita"), what="person", of=made["person"], reason="m")
    with pytest.raises(NotPermittedError):
        answer_ask(viewer=sees("rita"), ask_id=ask.pk, agrees=True, reason="I am sure")
    with pytest.raises(services.TooLargeError):
        taken(made)
    answer_ask(viewer=sees("sid"), ask_id=ask.pk, agrees=True, reason="seen")
    assert taken(made).rows > 2
    with pytest.raises(services.TooLargeError):
        taken(made)
    assert Export.objects.count() == 1


def test_an_agreement_to_one_list_is_none_to_another(made, monkeypatch):
    monkeypatch.setenv("ONRECORD_EXPORT_ROWS", "1")
    case = public_reference("C", made["complaint"])
    ask = services.ask_to_take(viewer=sees("rita"), what="case", of=case, reason="m")
    answer_ask(viewer=sees("sid"), ask_id=ask.pk, agrees=True, reason="seen")
    with pytest.raises(services.TooLargeError):
        taken(made)


def test_no_cell_is_a_formula():
    listed = Listed(("a",), [("=1+1",), ("+x",), ("-x",), ("@x",), ("\tx",), ("plain",)])
    rows = list(csv.reader(io.StringIO(file_of(listed, "csv").decode("utf-8-sig"))))
    assert [row[0][0] for row in rows[1:]] == ["'"] * 5 + ["p"]


def test_what_is_not_said_or_not_permitted_takes_nothing(made):
    for changed in ({"reason": " "}, {"what": "all"}, {"file_format": "exe"}, {"of": ""}):
        with pytest.raises(DataRejectedError):
            taken(made, **changed)
    account("inga", Role.INVESTIGATOR)
    with pytest.raises(NotPermittedError):
        taken(made, name="inga")
    assert not Export.objects.exists()
