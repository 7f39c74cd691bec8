"""A world is the same for the same seed, and nothing real is in it."""

import csv
import gzip
import hashlib
import re
import zipfile
from datetime import date

import duckdb
import pytest

from onrecord.core.world.generating import generate

REAL_WORDS = (
    "carrick", "couzens", "onyx", "metropolitan", "scotland yard", "merseyside", "cumbria",
    "northumbria", "cleveland", "humberside", "lancashire", "cheshire", "derbyshire", "staffordshire",
    "warwickshire", "hertfordshire", "bedfordshire", "cambridgeshire", "norfolk", "suffolk", "essex",
    "kent", "sussex", "surrey", "hampshire", "dorset", "wiltshire", "gloucestershire", "avon and somerset",
    "devon", "gwent", "dyfed", "powys", "thames valley", "west mercia", "greater manchester",
    "west midlands", "south yorkshire", "north yorkshire", "west yorkshire", "nottinghamshire",
    "leicestershire", "lincolnshire", "northamptonshire", "durham", "city of london", "british transport",
)  # fmt: skip


def _digest(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def _text(path):
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes()).decode()
    if path.suffix == ".xlsx":
        return zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    if path.suffix == ".parquet":
        return str(
            duckdb.connect().execute("select * from read_parquet(?)", [str(path)]).fetchall()
        )
    return path.read_bytes().decode("utf-8", "replace")


def _rows(world, file, **how):
    return list(csv.DictReader(_text(world.extracts / file).splitlines(), **how))


@pytest.mark.parametrize("seed", [1, 29])
def test_the_same_seed_gives_the_same_bytes(tmp_path, seed):
    first = generate("small", seed, tmp_path / "first")
    second = generate("small", seed, tmp_path / "second")

    assert _digest(first.extracts) == _digest(second.extracts)
    assert _digest(first.truth) == _digest(second.truth)


def test_another_seed_gives_other_people_in_the_same_files(tmp_path, world):
    other = generate("small", 2, tmp_path)
    ours, theirs = _digest(world.extracts), _digest(other.extracts)

    assert ours.keys() == theirs.keys()
    assert all(ours[name] != theirs[name] for name in ours if "line_manager" not in name)


def test_no_real_force_or_reported_person_is_named_in_any_file(world):
    names = re.compile(r"\b(" + "|".join(REAL_WORDS) + r")\b", re.IGNORECASE)

    found = {
        path.name: names.search(_text(path)).group()
        for path in (*world.extracts.rglob("*.*"), *world.truth.rglob("*.*"))
        if names.search(_text(path))
    }

    assert found == {}


def test_the_search_for_real_words_would_find_one():
    names = re.compile(r"\b(" + "|".join(REAL_WORDS) + r")\b", re.IGNORECASE)

    assert names.search("SMITH,Durham Constabulary,2019")


def test_nothing_is_dated_after_the_day_of_the_extract(world):
    con = duckdb.connect()
    latest = con.execute(
        "select greatest(max(occurred), max(reported), max(recorded), max(finalised)) "
        "from read_parquet(?)",
        [str(world.truth / "cases.parquet")],
    ).fetchone()

    assert latest[0] <= date(2026, 6, 30)


def test_the_truth_is_in_no_extract(world):
    headings = {
        heading.lower().strip('"')
        for path in world.extracts.rglob("*.csv")
        for heading in re.split(r"[,;]", _text(path).splitlines()[0])
    }

    assert "emp no" in headings
    assert headings.isdisjoint({"person", "heritage", "soda", "reviewed"})


def test_systems_write_the_same_people_differently(world):
    hr = _rows(world, "northshire/hr/staff.csv.gz")
    psd = _rows(world, "northshire/standards/subjects.csv.gz")

    assert re.fullmatch(r"\d\d/\d\d/\d{4}", hr[0]["Date of Birth"])
    assert any(re.fullmatch(r"\d\d-[A-Z][a-z]{2}-\d{4}", row["dob"]) for row in psd)
    assert {row["Emp No"] for row in hr}.isdisjoint({row["subject_id"] for row in psd})


def test_collar_numbers_are_used_again_in_a_large_force():
    from onrecord.core.world.scales import FORCE
    from onrecord.core.world.streams import Streams
    from onrecord.core.world.workforce import make_employments

    employed = make_employments(Streams(1), FORCE)
    own = employed["collar"][employed["org"] == "NSP"]

    assert len(set(own.tolist())) < len(own)


def test_some_vetting_checks_are_done_some_not_and_some_not_recorded(world):
    rows = _rows(world, "northshire/vetting/clearances.csv", delimiter=";")

    assert {row["PND"] for row in rows} == {"Y", "N", ""}


def test_some_notices_between_forces_were_made_and_some_missed(world):
    told = [row["Told"] for row in _rows(world, "national/notifications.csv")]

    assert set(told) == {"Y", "N"}


def test_an_old_code_page_turns_letters_it_lacks_into_question_marks(tmp_path):
    import pyarrow as pa

    from onrecord.core.world.files import write_csv

    write_csv(pa.table({"name": ["Łukasz", "Zoë"]}), tmp_path / "old.csv", encoding="cp1252")

    text = (tmp_path / "old.csv").read_bytes().decode("cp1252").replace('"', "")
    assert text.split() == ["name", "?ukasz", "Zoë"]


def test_a_workbook_opens_with_its_dates_as_dates(world):
    from openpyxl import load_workbook

    sheet = load_workbook(world.extracts / "northshire/legacy/complaints_register.xlsx")["Register"]
    heading = [cell.value for cell in sheet[1]]

    assert sheet.cell(2, heading.index("Date Received") + 1).is_date
