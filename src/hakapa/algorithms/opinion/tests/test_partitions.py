import os
import subprocess
import sys

import numpy as np
import pytest

from hakapa.algorithms.opinion.document import document_of
from hakapa.algorithms.opinion.mapping import map_opinions
from hakapa.algorithms.opinion.partitions import map_parts, needed
from hakapa.algorithms.opinion.tests.rooms import two_camps
from hakapa.algorithms.opinion.votes import Votes


def columns(rows):
    """Three columns of some rows."""
    return tuple(np.array(column) for column in zip(*rows, strict=True))


@pytest.mark.parametrize("parts", [1, 3])
def test_a_map_of_parts_equals_the_map_of_the_whole(parts):
    pytest.importorskip("dask")
    rows = two_camps(people=50)
    pieces = [columns([row for row in rows if row[0] % parts == one]) for one in range(parts)]
    found = map_parts(pieces, range(12), moderated=[3])
    wanted = map_opinions(Votes.from_rows(rows, known=range(12), moderated=[3]))
    assert document_of(found) == document_of(wanted)


def test_parts_may_be_made_where_they_lie():
    dask = pytest.importorskip("dask")
    rows = two_camps(people=20)
    later = dask.delayed(lambda rest: columns([row for row in rows if row[0] % 2 == rest]))
    found = map_parts([later(0), later(1)], range(12))
    assert document_of(found) == document_of(map_opinions(Votes.from_rows(rows, known=range(12))))


def test_nobody_in_no_part_is_an_empty_map():
    pytest.importorskip("dask")
    assert map_parts([], range(3)).k == 0


def test_a_participant_in_two_parts_is_refused():
    pytest.importorskip("dask")
    part = columns([(1, 1, 1)])
    with pytest.raises(ValueError, match="more than one part"):
        map_parts([part, part], [1])


def test_without_dask_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(ModuleNotFoundError, match=r"hakapa\[scale\]"):
        needed("dask")


def test_the_library_is_imported_without_django_compiler_or_dask():
    program = (
        "import sys, hakapa.algorithms.opinion\n"
        "print(sorted({'django', 'numba', 'dask', 'pyarrow'} & set(sys.modules)))"
    )
    told = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert told.stdout.strip() == "[]"
