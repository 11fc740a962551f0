import csv
import io

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from hakapa.kernel.tables import Table, as_written, download, harmless, writable

DANGEROUS = [
    "=1+1", "+46 70", "-2", "@sum(a1)", "\t=1", "\r=1", " =1", "\u00a0 @x", "=cmd|'/c calc'!a0",
    "-" * 40,
]  # fmt: skip


def table(*rows, columns=("Namn", "Antal")):
    return Table("listan", columns, rows)


def cells_of_csv(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def sheet_of(response):
    return load_workbook(io.BytesIO(response.content)).active


@pytest.mark.parametrize("cell", DANGEROUS)
def test_what_a_spreadsheet_would_compute_becomes_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Umeå", "1+1", "a=b", "", " Umeå", -3, 2.5, None, True])
def test_what_is_harmless_stays_as_it_is(cell):
    assert harmless(cell) == cell


def test_a_formula_hides_behind_no_control_character():
    assert harmless("\u0001=1+1") == "'=1+1"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("=+-@\t\r\n ")))
def test_no_cell_begins_as_a_formula(text):
    shown = str(harmless(text))

    assert not shown.strip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert shown in (text, f"'{text}")


def test_a_csv_begins_with_the_mark_that_excel_needs():
    answer = download(table(["Åre", 1]), "csv")

    assert answer.content.startswith("\ufeffNamn,Antal\r\n".encode())
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="listan.csv"'


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_csv_holds_no_formula(cell):
    answer = download(table([cell, 1], ['Åre, "by"', None]), "csv")

    assert cells_of_csv(answer) == [
        ["Namn", "Antal"],
        [f"'{cell}", "1"],
        ['Åre, "by"', ""],
    ]


@pytest.mark.parametrize("cell", [cell for cell in DANGEROUS if "\r" not in cell])
def test_a_workbook_holds_no_formula(cell):
    sheet = sheet_of(download(table([cell, 1], ["Åre", None]), "xlsx"))

    assert list(sheet.values) == [("Namn", "Antal"), (f"'{cell}", 1), ("Åre", None)]
    assert {row[0].data_type for row in sheet.rows} == {"s"}


def test_a_workbook_is_named_within_what_a_sheet_may_be_called():
    long = Table("x" * 40, ["a"], [["b"]])
    answer = download(long, "xlsx")

    assert sheet_of(answer).title == "x" * 31
    assert answer["Content-Disposition"] == f'attachment; filename="{"x" * 40}.xlsx"'
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_control_character_spoils_no_file(form):
    answer = download(table(["Å\u0001re\u000b", 1]), form)

    rows = cells_of_csv(answer) if form == "csv" else list(sheet_of(answer).values)
    assert rows[1][0] == "Åre"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_empty_list_has_its_headings(form):
    answer = download(table(), form)

    rows = cells_of_csv(answer) if form == "csv" else list(sheet_of(answer).values)
    assert [list(row) for row in rows] == [["Namn", "Antal"]]


@pytest.mark.parametrize("form", ["pdf", "", "CSV", "csv/../x"])
def test_an_unknown_form_does_not_exist(form):
    with pytest.raises(Http404):
        download(table(), form)


@pytest.mark.parametrize("cell", ["＝1", "＠a", "\n=1", "\u2003=1", "\u3000-1"])
def test_a_formula_in_disguise_is_marked_too(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\ud800"])
def test_what_no_workbook_can_hold_is_left_out(sign):
    assert harmless(f"a{sign}b") == "ab"


@pytest.mark.parametrize("text", ["=SUM(A1)", "  =x", "-1", "'citat'", "'", "", "vanlig", "+46"])
def test_what_was_made_harmless_is_itself_again_when_read(text):
    assert as_written(harmless(text)) == text


def test_signs_that_no_document_holds_are_taken_out():
    assert writable("a\x00b\x0bc\ufffed\né😀") == "abcd\né😀"
