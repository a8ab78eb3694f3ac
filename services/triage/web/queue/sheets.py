"""Rows as a file for a spreadsheet: CSV and XLSX, the same cells in both.

A cell that a spreadsheet would take for a formula gets an apostrophe before it in CSV (OWASP, CSV
injection); in XLSX every cell is written as text, so that nothing in it is ever computed.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

import xlsxwriter
from flask import Response, stream_with_context

BATCH = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_ROWS = 1_048_575  # Excel's limit, less the heading
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(extension: str, name: str, heading: list[str], rows: Iterable[list[str]]) -> Response:
    """The answer that downloads `rows` as `<name>.csv` or `<name>.xlsx`."""
    if extension == "xlsx":
        answer = Response(_chunks(as_xlsx(heading, rows)), mimetype=_XLSX)
    else:
        answer = Response(stream_with_context(as_csv(heading, rows)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return answer


def as_csv(heading: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """RFC 4180 in UTF-8 with a byte order mark, a batch of lines at a time."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(heading)
    for number, cells in enumerate(rows, start=1):
        writer.writerow([f"'{one}" if one.startswith(_FORMULA) else one for one in cells])
        if number % BATCH == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def as_xlsx(heading: list[str], rows: Iterable[list[str]]) -> IO[bytes]:
    """One sheet with its heading held still, in a file that is gone once it is closed.

    Rows leave memory as they come (`constant_memory`). Rows beyond what a sheet can hold are left
    out, and its last row says so.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet()
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(heading):
            page.set_column(column, column, 24)
            page.write_string(0, column, name, bold)
        for number, cells in enumerate(rows, start=1):
            if number == _MOST_ROWS:
                page.write_string(number, 0, "…")
                break
            for column, text in enumerate(cells):
                page.write_string(number, column, text)
    file.seek(0)
    return file


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(65536):
            yield chunk
