"""Why in, why out, and what leaves the program in a spreadsheet."""

import csv
from datetime import date
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pytest
from openpyxl import load_workbook

from onrecord.core.cohorts.explaining import why
from onrecord.core.cohorts.freezing import freeze, frozen_items
from onrecord.core.cohorts.loading import parse_definition
from onrecord.core.cohorts.references import lineages_of, references_of
from onrecord.core.cohorts.results import find_cohort
from onrecord.core.cohorts.spreadsheets import format_of, harmless, written
from onrecord.core.kernel.errors import NotFoundError, UsageError, VerificationFailedError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.timekeeping.views import View
from unit.core.cohorts.small_worlds import DOMESTIC, SERVING, SmallWorld

ASKED = DOMESTIC + SERVING + "not_dismissed: {}\n"


@pytest.fixture
def world(tmp_path: Path) -> SmallWorld:
    return SmallWorld(tmp_path / "snapshots")


def answer(world: SmallWorld, reference: str, yaml: str = ASKED) -> str:
    snapshot = world.snapshot()
    result = find_cohort(snapshot, parse_definition(yaml))
    return " ".join(why(snapshot, result, reference).sentences)


def test_what_is_in_says_everything_that_it_rests_on(world):
    case = world.case(finalised=date(2015, 1, 1))
    world.allegation(case, world.person())

    said = answer(world, public_reference("C", case))

    assert "is in scope." in said
    assert "It was finalised on 1 January 2015, within 1 January 2010 to 31 December 2019." in said
    assert "serving on 30 June 2020 (service from 1 January 2000)" in said


def test_what_is_out_gives_the_first_reason_and_then_the_others(world):
    case = world.case(finalised=date(2001, 1, 1))
    person = world.person(left=date(2012, 3, 1))
    world.allegation(case, person)

    said = answer(world, public_reference("P", person))

    assert "is out of scope: It was finalised on 1 January 2001, not within" in said
    assert (
        "Also: The person was no longer serving on 30 June 2020; service ended on 1 March" in said
    )


def test_an_incident_answers_for_its_cases_and_a_case_without_one_is_its_own(world):
    incident = world.add("incident")
    told, alone = world.case(incident=incident), world.case()
    for case in (told, alone):
        world.allegation(case, world.person())

    assert public_reference("C", told) in answer(world, public_reference("I", incident))
    assert public_reference("C", alone) in answer(world, public_reference("I", alone))


def test_what_was_never_looked_at_says_what_it_is_instead(world):
    other, bare = world.case(), world.case()
    person, nobody = world.person(), world.person()
    world.allegation(other, person, factors="alcohol", category="Drunk on duty")

    said = answer(world, public_reference("C", other))
    assert "none of its 1 allegations" in said
    assert "categories: Drunk on duty; factors: alcohol" in said
    assert "makes no allegation" in answer(world, public_reference("C", bare))
    assert "none of the 1 allegations" in answer(world, public_reference("P", person))
    assert "only subjects count" in answer(world, public_reference("P", nobody))


def test_any_record_of_a_person_answers_for_the_person(world):
    first, second = world.person(), world.person()
    world.same_person(first, second)
    world.allegation(world.case(), first)

    assert answer(world, public_reference("P", first)) == answer(
        world, public_reference("P", second)
    )


@pytest.mark.parametrize(
    "reference", ["P-00000-00000-0", "nothing", "NSP:HR:9999", "X-00000-00000-0", "P-1", ""]
)
def test_what_is_not_on_record_is_not_found(world, reference):
    world.allegation(world.case(), world.person())

    with pytest.raises(NotFoundError):
        answer(world, reference)


def test_references_are_those_of_the_kernel_and_lead_back():
    lineages = [UUID(int=n * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128)) for n in range(200)]
    array = pa.ExtensionArray.from_storage(
        pa.uuid(), pa.array([*(x.bytes for x in lineages), None], pa.binary(16))
    )
    for prefix in "PCI":
        expected = [public_reference(prefix, lineage) for lineage in lineages]
        assert references_of(prefix, array).to_pylist() == [*expected, None]
        for lineage, reference in zip(lineages, expected, strict=True):
            bounds = lineages_of(reference)
            assert bounds.first <= lineage <= bounds.last
    assert lineages_of("P-00000-00000-1") is None


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_nothing_in_a_cell_begins_like_a_formula(begins):
    assert str(harmless(begins))[0] == "'"
    assert str(harmless([begins, "x"]))[0] == "'"


def test_an_export_holds_what_is_in_scope_and_a_workbook_everything(world, tmp_path):
    case = world.case(case_type="=cmd()", holder="NSP:PSD")
    world.allegation(case, world.person())
    world.allegation(world.case(finalised=None), world.person())
    result = find_cohort(world.snapshot(), parse_definition(ASKED))

    (tmp_path / "out.csv").write_bytes(written(result, "csv"))
    (tmp_path / "out.xlsx").write_bytes(written(result, "xlsx"))

    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8-sig")))
    assert [(row["case"], row["case type"]) for row in rows] == [
        (public_reference("C", case), "'=cmd()")
    ]
    book = load_workbook(tmp_path / "out.xlsx")
    assert [sheet.max_row - 1 for sheet in (book["In scope"], book["Left out"])] == [1, 1]
    assert book["Left out"]["J2"].value == "not-completed"
    counts = {row[0].value: row[1].value for row in book["Counts"].iter_rows()}
    assert (counts["items"], counts["hash"]) == (1, result.hash)


def test_a_file_of_another_sort_is_refused(world, tmp_path):
    world.allegation(world.case(), world.person())
    find_cohort(world.snapshot(), parse_definition(ASKED))

    with pytest.raises(UsageError, match=r"neither .csv nor .xlsx"):
        format_of(tmp_path / "out.doc")


def test_frozen_rows_come_back_as_they_were_or_not_at_all(world, tmp_path):
    world.allegation(world.case(), world.person())
    definition = parse_definition(ASKED)
    result = find_cohort(world.snapshot(), definition)
    path = freeze(tmp_path / "cohorts", result)

    assert freeze(tmp_path / "cohorts", result) == path
    again = frozen_items(path, definition, result.snapshot_id, result.view)
    assert again.equals(result.items)
    with pytest.raises(VerificationFailedError):
        frozen_items(path, definition, result.snapshot_id, View(0))
    with pytest.raises(VerificationFailedError):
        frozen_items(tmp_path / "none.parquet", definition, result.snapshot_id, result.view)
