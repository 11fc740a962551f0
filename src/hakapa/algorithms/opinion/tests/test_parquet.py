"""Votes in Parquet and Arrow files."""

import sys

import numpy as np
import pytest

from hakapa.algorithms.errors import BadInputError
from hakapa.algorithms.opinion.parquet import write_parquet
from hakapa.algorithms.opinion.reading import read_votes
from hakapa.algorithms.opinion.tests.rooms import camps


def put(folder, text, name="votes.csv"):
    """Write a file; give its path."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows_of(path, **more):
    """The votes read from a file."""
    return list(read_votes(path, **more).rows())


@pytest.mark.parametrize("name", ["v.parquet", "v.arrow"])
def test_parquet_is_read_as_written(tmp_path, name):
    pytest.importorskip("pyarrow")
    votes = camps()
    write_parquet(votes, tmp_path / name)
    assert rows_of(tmp_path / name) == list(votes.rows())


def test_an_arrow_file_may_name_its_columns_as_the_api_does(tmp_path):
    arrow, feather = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.feather")
    votes, path = camps(), tmp_path / "v.feather"
    who = np.repeat(votes.participants, votes.cast)
    table = {"pid": who, "tid": votes.columns.astype(int), "vote": votes.values}
    feather.write_feather(arrow.table(table), path)
    assert rows_of(path) == list(votes.rows())


@pytest.mark.parametrize(
    ("columns", "line", "reason"),
    [
        ({"participant": [1], "vote": [1]}, 1, "no columns"),
        ({"participant": [1, 2], "statement": [1, 1], "vote": [1, 3]}, 2, "not 1, 0 or -1"),
        ({"participant": [1], "statement": [1], "vote": ["x"]}, 1, "not 1, 0 or -1"),
        ({"participant": [1, None], "statement": [1, 1], "vote": [1, 1]}, 2, "is missing"),
    ],
)
def test_broken_parquet_is_refused(tmp_path, columns, line, reason):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.table(columns), tmp_path / "v.parquet")
    with pytest.raises(BadInputError) as refused:
        read_votes(tmp_path / "v.parquet")
    assert refused.value.line == line
    assert reason in refused.value.reason


def test_parquet_may_name_people_and_times(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {"participant": ["b", "b"], "statement": [1, 1], "vote": [1, -1], "timestamp": [9, 4]}
    parquet.write_table(arrow.table(columns), tmp_path / "v.parquet")
    assert rows_of(tmp_path / "v.parquet") == [("b", 1, 1)]


@pytest.mark.parametrize("name", ["v.parquet", "v.feather"])
def test_what_is_no_parquet_is_refused(tmp_path, name):
    pytest.importorskip("pyarrow")
    with pytest.raises(BadInputError, match="not a Parquet or Arrow file"):
        read_votes(put(tmp_path, "hello", name))


def test_without_pyarrow_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError, match=r"hakapa\[parquet\]"):
        read_votes(put(tmp_path, "x", "v.parquet"))
