from fractions import Fraction

import pytest
from hypothesis import given

from hakapa.algorithms.budgeting.pabulib import parse_pb, read_pb
from hakapa.algorithms.budgeting.result import Terms, fund
from hakapa.algorithms.budgeting.tests.elections import drawn, elections
from hakapa.algorithms.budgeting.tests.test_pabulib import GOOD, ballots_of
from hakapa.algorithms.budgeting.writing import decimal, format_pb, write_pb


@drawn
@given(elections())
def test_what_is_written_is_read_back(election):
    again = parse_pb(format_pb(election))
    assert again.budget == election.budget
    assert [(p.id, p.cost) for p in again.projects] == [(p.id, p.cost) for p in election.projects]
    assert ballots_of(again) == ballots_of(election)
    assert again.weights == election.weights
    assert format_pb(again) == format_pb(election)
    terms = Terms(utility="cardinality", completion="add1u")
    assert fund(again, terms).winners == fund(election, terms).winners


def test_an_election_is_written_to_a_file(tmp_path):
    write_pb(parse_pb(GOOD), tmp_path / "out.pb")
    again = read_pb(tmp_path / "out.pb")
    assert again.projects == parse_pb(GOOD).projects


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(5), "5"), (Fraction(-1, 8), "-0.125"), (Fraction(1, 20), "0.05")],
)
def test_decimals_are_written_without_loss(value, text):
    assert decimal(value) == text
    with pytest.raises(ValueError, match="cannot be written in decimals"):
        decimal(value / 3)
