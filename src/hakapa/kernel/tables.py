"""Every list as a file: CSV and XLSX that open safely in a spreadsheet."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import tablib
from django.http import Http404, HttpResponse

Cell = str | int | float | bool | None
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r")
_UNWRITABLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]")
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Table:
    """A named list: its column headings and its rows."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def writable(text: str) -> str:
    """Return the text without the characters that no workbook and no document can hold."""
    return _UNWRITABLE.sub("", text)


def harmless(cell: Cell) -> Cell:
    """Return the cell so that every spreadsheet can hold it and none takes it for a formula."""
    if not isinstance(cell, str):
        return cell
    text = writable(cell)
    starts = text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
    return f"'{text}" if starts else text


def as_written(text: str) -> str:
    """Return what somebody wrote, from a cell that was made harmless."""
    is_marked = text.startswith("'") and harmless(text[1:]) == text
    return text[1:] if is_marked else text


def download(table: Table, form: str) -> HttpResponse:
    """Return the table as a file of the form, `csv` or `xlsx`.

    Raises:
        Http404: no such form.

    """
    if form not in _TYPES:
        raise Http404
    sheet = tablib.Dataset(
        *([harmless(cell) for cell in row] for row in table.rows),
        headers=[str(column) for column in table.columns],
        title=table.name[:31],
    )
    body = ("\ufeff" + sheet.export("csv")).encode() if form == "csv" else sheet.export("xlsx")
    return HttpResponse(
        body,
        content_type=_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{table.name}.{form}"'},
    )
