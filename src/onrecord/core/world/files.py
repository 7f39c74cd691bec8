"""Write the files that source systems would have sent, the same bytes every time.

Gzip headers, zip entries and spreadsheet properties normally carry the moment of
writing; here they carry none, so that one seed always makes one set of bytes.
"""

import datetime as dt
import gzip
import io
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

_EPOCH = dt.date(1899, 12, 30)
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)

_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}


def write_csv(
    table: pa.Table,
    path: Path,
    *,
    delimiter: str = ",",
    bom: bool = False,
    encoding: str = "utf-8",
) -> None:
    """Write comma (or otherwise) separated text, gzipped when the name ends so.

    Letters that `encoding` lacks become question marks, as they do in old systems.
    """
    text = io.BytesIO()
    options = pacsv.WriteOptions(delimiter=delimiter, quoting_style="needed")
    pacsv.write_csv(table, text, options)
    body = (b"\xef\xbb\xbf" if bom else b"") + text.getvalue()
    if encoding != "utf-8":
        body = body.decode().encode(encoding, "replace")
    if path.suffix == ".gz":
        body = gzip.compress(body, compresslevel=1, mtime=0)
    path.write_bytes(body)


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a columnar file."""
    pq.write_table(table, path, compression="zstd", store_schema=False)


def write_xlsx(table: pa.Table, path: Path, *, sheet: str = "Sheet1") -> None:
    """Write a plain workbook of one sheet: headings, text, numbers and dates."""
    lines = [_row(1, table.column_names)]
    lines += [_row(n, row.values()) for n, row in enumerate(table.to_pylist(), start=2)]
    parts = _PARTS | {
        "xl/workbook.xml": (
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            f'<sheets><sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/worksheets/sheet1.xml": (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
        ),
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, body in parts.items():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>{body}')


def _row(number: int, values: Any) -> str:
    cells = "".join(
        _cell(f"{_letters(column)}{number}", value) for column, value in enumerate(values)
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(where: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f'<c r="{where}" s="1"><v>{(value - _EPOCH).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{where}"><v>{value}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def _letters(column: int) -> str:
    """Return the spreadsheet's letters for a column counted from nought."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
