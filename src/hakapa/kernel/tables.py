"""Every list as a file: CSV and XLSX that open safely in a spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import tablib
from django.http import Http404, HttpResponse

Cell = str | int | float | bool | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
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


def harmless(cell: Cell) -> Cell:
    """Return the cell so that no spreadsheet takes it for a formula."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


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
