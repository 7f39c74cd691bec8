"""A file that is not what it is described to be refuses the batch, in words that help."""

import gzip

import pytest

from onrecord.core.kernel.errors import DataRejectedError
from unit.core.sources.trying import HEADINGS, row, small, trying, write


def refusal(text, folder):
    with pytest.raises(DataRejectedError) as caught, trying(text, folder):
        pass
    assert caught.value.next_step
    return str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "'rows.csv'" in refusal(small(), tmp_path)


def test_an_empty_file_refuses_the_batch(tmp_path):
    (tmp_path / "rows.csv").touch()
    assert "empty (0 bytes)" in refusal(small(), tmp_path)


def test_headings_and_no_rows_refuse_a_full_extract(tmp_path):
    write(tmp_path)
    assert "not one usable row" in refusal(small(), tmp_path)


def test_headings_and_no_rows_are_a_delta_without_changes(tmp_path):
    write(tmp_path)
    with trying(small(("reject_limit", "coverage: delta\nreject_limit")), tmp_path) as tried:
        assert tried.facts("allegation") == []


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04rest", "a workbook or zip archive"),
        (b"PAR1....", "a Parquet file"),
        (b"\x1f\x8b\x08rest", "a gzip-compressed file"),
        (b"\xd0\xcf\x11\xe0rest", "an old Office file"),
        (b"<!DOCTYPE html><html>", "a web page"),
    ],
)
def test_another_type_of_file_called_csv_is_recognised(tmp_path, start, what):
    (tmp_path / "rows.csv").write_bytes(start * 20)
    assert what in refusal(small(), tmp_path)


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "csv.gz"])
def test_a_csv_called_something_else_is_recognised(tmp_path, ending):
    write(tmp_path, row())
    (tmp_path / "rows.csv").rename(tmp_path / f"rows.{ending}")
    assert "the description says" in refusal(small(("rows.csv", f"rows.{ending}")), tmp_path)


def test_a_compressed_file_cut_short_refuses_the_batch(tmp_path):
    write(tmp_path, *(row(ref=f"C{n}") for n in range(500)))
    whole = gzip.compress((tmp_path / "rows.csv").read_bytes())
    (tmp_path / "rows.csv.gz").write_bytes(whole[: len(whole) // 2])
    assert "cut short" in refusal(small(("rows.csv", "rows.csv.gz")), tmp_path)


def test_a_whole_compressed_file_is_read(tmp_path):
    write(tmp_path, row())
    (tmp_path / "rows.csv.gz").write_bytes(gzip.compress((tmp_path / "rows.csv").read_bytes()))
    with trying(small(("rows.csv", "rows.csv.gz")), tmp_path) as tried:
        assert tried.facts("allegation", "category") == [("Rudeness",)]


def test_a_renamed_column_is_refused_and_the_nearest_one_named(tmp_path):
    headings = [heading if heading != "received" else "date_received" for heading in HEADINGS]
    write(tmp_path, row(), headings=headings)
    said = refusal(small(), tmp_path)
    assert "no column 'received'" in said
    assert "renamed to 'date_received'" in said


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    write(tmp_path, (*row(), "x"), headings=(*HEADINGS, "ref"))
    assert "2 columns called 'ref'" in refusal(small(), tmp_path)


def test_a_column_that_nobody_uses_is_ignored(tmp_path):
    write(tmp_path, (*row(), "x"), headings=(*HEADINGS, "colour"))
    with trying(small(), tmp_path) as tried:
        assert len(tried.facts("allegation")) == 1


def test_a_quotation_mark_never_closed_refuses_the_batch_with_its_line(tmp_path):
    (tmp_path / "rows.csv").write_text(
        ",".join(HEADINGS)
        + '\nC1,7,Rudeness,2015-01-01,2015-01-02\nC2,7,"Rude,2015-01-01,2015-01-02\nC3,7,x,,\n'
    )
    assert "line 3 is never closed" in refusal(small(), tmp_path)


def test_more_unreadable_rows_than_can_be_kept_refuse_the_batch(tmp_path, monkeypatch):
    from onrecord.core.sources import rows

    monkeypatch.setattr(rows, "MOST_BAD_ROWS", 3)
    write(tmp_path, *[("C1", "short")] * 4)
    assert "More than 3 rows cannot be read" in refusal(small(), tmp_path)


def test_more_rejected_rows_than_the_limit_refuse_the_batch(tmp_path):
    write(tmp_path, *(row(ref=f"C{n}") for n in range(50)), row(ref="bad", received="soon"))
    said = refusal(small(("100%", "1%")), tmp_path)
    assert "1 of the 51 rows" in said
    assert "2015-12-31" in said


def test_as_many_rejected_rows_as_the_limit_do_not(tmp_path):
    write(tmp_path, *(row(ref=f"C{n}") for n in range(99)), row(ref="bad", received="soon"))
    with trying(small(("100%", "1%")), tmp_path) as tried:
        assert len(tried.facts("case_reported")) == 99


def test_no_refusal_quotes_the_folder_of_this_machine_in_its_message(tmp_path):
    (tmp_path / "rows.csv").touch()
    with pytest.raises(DataRejectedError) as caught, trying(small(), tmp_path):
        pass
    assert str(tmp_path) not in caught.value.message
