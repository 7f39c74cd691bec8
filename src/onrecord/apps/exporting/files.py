"""Write a list as a file for a spreadsheet; no cell of it can be run."""

import csv
import io

from openpyxl import Workbook

from onrecord.apps.exporting.lists import Listed
from onrecord.core.cohorts.spreadsheets import harmless

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_of(listed: Listed, file_format: str) -> bytes:
    """Return the list as CSV (UTF-8 with a mark, as Excel expects) or as a workbook."""
    return _workbook(listed) if file_format == "xlsx" else _csv(listed)


def _csv(listed: Listed) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(listed.columns)
    writer.writerows([harmless(cell) for cell in row] for row in listed.rows)
    return text.getvalue().encode("utf-8-sig")


def _workbook(listed: Listed) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("List")
    sheet.append(list(listed.columns))
    for row in listed.rows:
        sheet.append([harmless(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
