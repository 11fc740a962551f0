import csv

import pytest

from hakapa.algorithms.budgeting.pabulib import parse_pb
from hakapa.algorithms.budgeting.tests.test_pabulib import GOOD
from hakapa.algorithms.budgeting.votes_section import LONGEST_CELL
from hakapa.algorithms.errors import BadInputError

ENDLESS = "x" * (LONGEST_CELL + 1)


@pytest.fixture(params=[LONGEST_CELL, 10 * LONGEST_CELL])
def allowed(request):
    """What the reader allows: one setting for the whole process, which others may change."""
    before = csv.field_size_limit(request.param)
    yield
    csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("3;Path", f"3;{ENDLESS}", 10), ("b;1;\n", f'b;"1";{ENDLESS}\n', 16)],
)
def test_an_endless_cell_is_refused_whatever_the_reader_allows(allowed, old, new, line):
    with pytest.raises(BadInputError, match=rf"file\.pb:{line}: is not a row of cells"):
        parse_pb(GOOD.replace(old, new, 1), source="file.pb")
