"""Workbooks and Parquet files, and what in them has no meaning as rows."""

import zipfile
from datetime import date, datetime

import duckdb
import pytest
from openpyxl import Workbook

from onrecord.core.kernel.errors import DataRejectedError
from unit.core.sources.trying import HEADINGS, row, small, trying

XLSX = small(("rows.csv", "rows.xlsx"))


def workbook(folder, *rows, sheets=(), merged=None, above=0):
    book = Workbook()
    sheet = book.active
    sheet.title = "Cases"
    for _ in range(above):
        sheet.append(["A title"])
    sheet.append(list(HEADINGS))
    for one in rows:
        sheet.append(list(one))
    for name in sheets:
        book.create_sheet(name).append(["nothing"])
    if merged:
        sheet.merge_cells(merged)
    book.save(folder / "rows.xlsx")


def test_dates_numbers_and_texts_of_a_sheet_are_read(tmp_path):
    half_past_nine = datetime(2015, 1, 2, 9, 30)  # noqa: DTZ001 - a cell knows no zone
    workbook(tmp_path, ("C1", 7, "Rudeness", date(2015, 1, 1), half_past_nine))
    with trying(XLSX, tmp_path) as tried:
        assert tried.facts("allegation", "source_ref", "known_on") == [
            ("C1/7/Rudeness", date(2015, 1, 2))
        ]


def test_several_sheets_need_the_name_of_one(tmp_path):
    workbook(tmp_path, row(), sheets=["Notes"])
    with pytest.raises(DataRejectedError, match="2 sheets: Cases, Notes"), trying(XLSX, tmp_path):
        pass
    with trying(XLSX.replace("rows.xlsx}", "rows.xlsx, sheet: Cases}"), tmp_path) as tried:
        assert len(tried.facts("allegation")) == 1
    with (
        pytest.raises(DataRejectedError, match="no sheet 'cases'"),
        trying(XLSX.replace("rows.xlsx}", "rows.xlsx, sheet: cases}"), tmp_path),
    ):
        pass


def test_cells_merged_below_the_headings_refuse_the_batch(tmp_path):
    workbook(tmp_path, row(), row(ref=None), merged="A2:A3")
    with pytest.raises(DataRejectedError, match="merged in row 2"), trying(XLSX, tmp_path):
        pass


def test_cells_merged_above_the_headings_do_no_harm(tmp_path):
    workbook(tmp_path, row(), merged="A1:C1", above=1)
    with trying(XLSX.replace("rows.xlsx}", "rows.xlsx, skip_lines: 1}"), tmp_path) as tried:
        assert len(tried.facts("allegation")) == 1


def test_a_formula_that_was_never_calculated_rejects_its_row(tmp_path):
    workbook(tmp_path, row(), ("C2", "7", '="Rude"&"ness"', "2015-01-01", "2015-01-02"))
    with trying(XLSX, tmp_path) as tried:
        assert tried.facts("allegation", "source_ref") == [("C1/7/Rudeness",)]
        assert "never calculated" in tried.rejects()[0].sentence


def test_blank_rows_of_a_sheet_are_counted(tmp_path):
    workbook(tmp_path, row(), (), row(ref="C2"))
    with trying(XLSX, tmp_path) as tried:
        assert tried.staged["rows"].findings.blank_rows == 1
        assert len(tried.facts("allegation")) == 2


def test_a_damaged_workbook_refuses_the_batch(tmp_path):
    workbook(tmp_path, row())
    whole = (tmp_path / "rows.xlsx").read_bytes()
    (tmp_path / "rows.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataRejectedError, match="damaged"), trying(XLSX, tmp_path):
        pass


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"<unclosed", b""])
def test_a_workbook_with_a_part_that_does_not_fit_refuses_the_batch(tmp_path, part, content):
    workbook(tmp_path, row())
    file = tmp_path / "rows.xlsx"
    with zipfile.ZipFile(file) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(file, "w") as broken:
        for name, kept in (parts | {part: content}).items():
            broken.writestr(name, kept)
    with pytest.raises(DataRejectedError), trying(XLSX, tmp_path):
        pass


def test_typed_columns_of_a_parquet_file_are_read(tmp_path):
    file = tmp_path / "rows.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select 'C1' as ref, 7 as officer, ' Rudeness ' as what, date '2015-01-01' as day,"
            f" timestamp '2015-01-02 10:00' as received) to '{file}' (format parquet)"
        ).fetchall()
    with trying(small(("rows.csv", "rows.parquet")), tmp_path) as tried:
        assert tried.facts("allegation", "source_ref", "known_on") == [
            ("C1/7/Rudeness", date(2015, 1, 2))
        ]


def test_a_damaged_parquet_file_refuses_the_batch(tmp_path):
    (tmp_path / "rows.parquet").write_bytes(b"PAR1" + b"x" * 100)
    with (
        pytest.raises(DataRejectedError, match="damaged"),
        trying(small(("rows.csv", "rows.parquet")), tmp_path),
    ):
        pass
