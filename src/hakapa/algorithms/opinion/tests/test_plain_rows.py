"""The compiled loop reads what row by row reads, and nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from hakapa.algorithms.opinion import polis_files
from hakapa.algorithms.opinion.plain_rows import Numbers, plain_rows
from hakapa.algorithms.opinion.reading import read_votes
from hakapa.algorithms.opinion.tables import table_of


def put(folder, text, name="votes.csv"):
    """Write a file; give its path."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows_of(path, **more):
    """The votes read from a file."""
    return list(read_votes(path, **more).rows())


PLAIN = "a,voter-id,comment-id,vote\nx,10,-2,1\n,0,3,-1\r\n\n\r\nö,5,4,0"


@pytest.mark.parametrize("extra", ["", "\n", "\r\n\n"])
def test_a_plain_table_is_read_by_the_compiled_loop_as_row_by_row(tmp_path, monkeypatch, extra):
    path = put(tmp_path, PLAIN + extra)
    table = table_of(path)
    found = plain_rows(table.raw, ",", 4, [1, 2, 3])
    assert found.stopped is None
    assert found.cells.tolist() == [[10, -2, 1], [0, 3, -1], [5, 4, 0]]
    assert found.lines.tolist() == [2, 3, 6]
    quick = rows_of(path)
    monkeypatch.setattr(
        polis_files, "plain_rows", lambda *_: Numbers(found.cells, found.lines, (27, 2))
    )
    assert rows_of(path) == quick


@pytest.mark.parametrize(
    "row",
    [
        *("1", "1,2,3,1,5", "1,x,3,1", "1,,3,1", "1,-,3,1", "1,--2,3,1", "1,2-,3,1", "1,02,3,1"),
        *("1,-0,3,1", '1,"2",3,1', "1,2,3,1\r", f"1,{'9' * 18},3,1", "1, 2,3,1", "1,+2,3,1", "\r"),
    ],
)
def test_a_row_that_is_not_plain_stops_the_compiled_loop(row):
    raw = b"a,b,c,d\n1,2,3,1\n\n" + row.encode()
    found = plain_rows(raw, ",", 4, [1, 2, 3])
    assert found.stopped == (17, 4)
    assert found.cells.tolist() == [[2, 3, 1]]


@given(some.lists(some.text(alphabet='01-9,\n\r"x', max_size=9), max_size=5))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_compiled_loop_never_reads_what_row_by_row_refuses(tmp_path, rows):
    path = put(tmp_path, "voter-id,comment-id,vote\n" + "\n".join(rows), "any.csv")
    table = table_of(path)
    found = plain_rows(table.raw, ",", 3, [0, 1, 2])
    if found.stopped is None:
        cells = [[int(cell) for cell in row.cells.values()] for row in table.rows()]
        assert found.cells.tolist() == cells
        assert found.lines.tolist() == [row.line for row in table.rows()]


def test_a_table_may_end_after_its_first_line(tmp_path):
    assert rows_of(put(tmp_path, "voter-id,comment-id,vote")) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_table_is_read_whatever_ends_its_lines_and_parts_its_cells(
    tmp_path, end, separator, mark
):
    lines = ("participant,statement,vote", "1,1,1", "2,1,-1", "2,2,0", "")
    path = put(tmp_path, mark + end.join(lines).replace(",", separator))
    assert rows_of(path) == [(1, 1, 1), (2, 1, -1), (2, 2, 0)]
