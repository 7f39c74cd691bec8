"""Encodings, delimiters, quotation marks, broken rows: each has one result."""

import pytest

from onrecord.core.kernel.errors import DataRejectedError
from unit.core.sources.trying import HEADINGS, row, small, trying, write

FIVE = ",".join(HEADINGS)


def categories(text, folder):
    with trying(text, folder) as tried:
        return [one[0] for one in tried.facts("allegation", "category")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac-roman", "latin-1"]
)
def test_text_is_read_in_the_encoding_that_is_described(tmp_path, encoding):
    write(tmp_path, row(what="Café naïve" if encoding != "latin-1" else "Café"), encoding=encoding)
    told = "utf-8" if encoding.startswith("utf-8") else encoding
    read = categories(small(("rows.csv}", f"rows.csv, encoding: {told}}}")), tmp_path)
    assert read == ["Café naïve" if encoding != "latin-1" else "Café"]


def test_bytes_of_another_encoding_refuse_the_batch_with_their_line(tmp_path):
    write(tmp_path, row(), row(ref="C2", what="Café"), encoding="cp1252")
    with pytest.raises(DataRejectedError, match="line 3: the byte 0xe9 is not utf-8") as caught:
        categories(small(), tmp_path)
    assert "cp1252" in caught.value.next_step


def test_a_file_in_utf_16_that_is_described_as_utf_8_is_recognised(tmp_path):
    write(tmp_path, row(), encoding="utf-16")
    with pytest.raises(DataRejectedError) as caught:
        categories(small(), tmp_path)
    assert "utf-16" in caught.value.next_step


def test_an_encoding_that_does_not_exist_is_refused(tmp_path):
    write(tmp_path, row())
    with pytest.raises(DataRejectedError, match="no encoding called 'klingon'"):
        categories(small(("rows.csv}", "rows.csv, encoding: klingon}")), tmp_path)


def test_text_once_misread_and_saved_so_is_repaired(tmp_path):
    spoiled = "Café".encode("mac-roman").decode("cp1252")
    write(tmp_path, row(what=spoiled))
    repaired = small(("rows.csv}", "rows.csv, misread: {as: cp1252, really: mac-roman}}"))
    assert categories(repaired, tmp_path) == ["Café"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_the_one_described(tmp_path, delimiter):
    write(tmp_path, row(what="Rude, loud"), delimiter=delimiter)
    shown = "\\t" if delimiter == "\t" else delimiter
    assert categories(small(("rows.csv}", f'rows.csv, delimiter: "{shown}"}}')), tmp_path) == [
        "Rude, loud"
    ]


def test_commas_and_line_ends_inside_quotation_marks_belong_to_the_cell(tmp_path):
    write(
        tmp_path,
        *(row(ref=f"C{n}", what="plain") for n in range(3000)),
        row(ref="Z", what='A "b", c\nd'),
    )
    assert 'A "b", c\nd' in categories(small(), tmp_path)


def test_text_after_a_closing_quotation_mark_rejects_the_row(tmp_path):
    (tmp_path / "rows.csv").write_text(
        f'{FIVE}\nC1,7,"Rude"x,2015-01-01,2015-01-02\nC2,7,ok,2015-01-01,2015-01-02\n'
    )
    with trying(small(), tmp_path) as tried:
        assert tried.facts("allegation", "category") == [("ok",)]
        assert tried.rejected() == [(2, "")]


def test_quotation_marks_that_mean_nothing_are_kept(tmp_path):
    (tmp_path / "rows.csv").write_text(f'{FIVE}\nC1,7,6" blade,2015-01-01,2015-01-02\n')
    assert categories(small(("rows.csv}", "rows.csv, quote: none}")), tmp_path) == ['6" blade']


def test_blank_rows_are_counted_and_not_rejected(tmp_path):
    (tmp_path / "rows.csv").write_text(f"{FIVE}\nC1,7,ok,2015-01-01,2015-01-02\n\n,,,,\n   ,,,,\n")
    with trying(small(), tmp_path) as tried:
        assert tried.staged["rows"].findings.blank_rows == 3
        assert tried.rejects() == []


def test_ragged_rows_are_rejected_with_their_line(tmp_path):
    (tmp_path / "rows.csv").write_text(
        f"{FIVE}\nC1,7,ok,2015-01-01,2015-01-02\nC2,7,short\nC3,7,long,2015-01-01,2015-01-02,extra\n"
    )
    with trying(small(), tmp_path) as tried:
        assert tried.rejected() == [(3, ""), (4, "")]
        assert "3 cells where the headings have 5" in tried.rejects()[0].sentence


def test_empty_cells_after_the_last_column_do_no_harm(tmp_path):
    (tmp_path / "rows.csv").write_text(f"{FIVE}\nC1,7,ok,2015-01-01,2015-01-02,,\n")
    assert categories(small(), tmp_path) == ["ok"]


@pytest.mark.parametrize("character", ["\x00", "\x1f"])
def test_a_row_with_a_character_that_cannot_be_kept_is_rejected(tmp_path, character):
    write(tmp_path, row(what=f"Ru{character}de"), row(ref="C2", what="ok"))
    with trying(small(), tmp_path) as tried:
        assert tried.facts("allegation", "category") == [("ok",)]
        assert tried.rejected() == [(2, "")]


def test_what_belongs_to_a_case_in_an_unreadable_row_is_rejected_with_it(tmp_path):
    text = small(
        ("rows: {file: rows.csv}", "rows: {file: rows.csv}\n  cases: {file: cases.csv}"),
        ("kind: case_reported\n    from: rows", "kind: case_reported\n    from: cases"),
    )
    write(tmp_path, row(), row(ref="C2"))
    (tmp_path / "cases.csv").write_text(
        "ref,day,received\nC1,2015-01-01,2015-01-02\nC2,2015-01-01\n"
    )
    with trying(text, tmp_path) as tried:
        assert tried.facts("allegation", "source_ref") == [("C1/7/Rudeness",)]
        assert ("rows", 3) in {(one.table, one.row) for one in tried.rejects()}


def test_several_files_of_one_shape_are_one_table(tmp_path):
    write(tmp_path, row(), name="rows-1.csv")
    write(tmp_path, row(ref="C2", received="soon"), name="rows-2.csv")
    with trying(small(("rows.csv", "'rows-*.csv'")), tmp_path) as tried:
        assert len(tried.facts("allegation")) == 1
        assert {(one.file, one.row) for one in tried.rejects()} == {("rows-2.csv", 2)}


def test_lines_above_the_headings_are_skipped_and_counted(tmp_path):
    (tmp_path / "rows.csv").write_text(f"Report\n\n{FIVE}\nC1,7,ok,2015-01-01,soon\n")
    with trying(small(("rows.csv}", "rows.csv, skip_lines: 2}")), tmp_path) as tried:
        assert {one.row for one in tried.rejects()} == {4}


def test_a_file_without_headings_is_given_them(tmp_path):
    (tmp_path / "rows.csv").write_text("C1,7,ok,2015-01-01,2015-01-02\n")
    given = small(("rows.csv}", f"rows.csv, headings: [{FIVE}]}}"))
    assert categories(given, tmp_path) == ["ok"]
