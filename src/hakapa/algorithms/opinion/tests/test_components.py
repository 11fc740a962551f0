import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hakapa.algorithms.opinion import components as subject
from hakapa.algorithms.opinion.components import Components, components_of, means, scatter
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.projection import admitted, positions_of, statement_positions
from hakapa.algorithms.opinion.sums import Sums, sums_of
from hakapa.algorithms.opinion.tests.rooms import camps
from hakapa.algorithms.opinion.votes import Votes


def filled(votes):
    """The table of votes as Polis fills it: the mean where nobody voted, 0 when moderated."""
    table = np.full((votes.participants.size, votes.statements.size), np.nan)
    who = np.repeat(np.arange(votes.participants.size), votes.cast)
    table[who, votes.columns] = votes.values
    table[:, votes.silent] = 0
    seen = ~np.isnan(table)
    middle = np.where(seen, table, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    return np.where(seen, table, middle) - middle, middle, seen


@given(some.integers(0, 10**6), some.integers(1, 9), some.integers(1, 14))
@settings(max_examples=40, deadline=None)
def test_sums_give_the_scatter_of_the_filled_table(seed, statements, people):
    draw = np.random.default_rng(seed)
    size = 4 * people
    votes = Votes.from_columns(
        draw.integers(0, people, size),
        draw.integers(0, statements, size),
        draw.integers(-1, 2, size),
        known=range(statements),
        moderated=[0] if seed % 2 else [],
    )
    table, middle, _ = filled(votes)
    matrix = scatter(sums_of(votes), votes.silent)
    np.testing.assert_allclose(np.triu(matrix), np.triu(table.T @ table), atol=1e-9)
    np.testing.assert_allclose(means(sums_of(votes).counts, votes.silent), middle, atol=1e-12)


@pytest.mark.parametrize("statements", [12, 130])
def test_components_are_those_of_the_filled_table(statements):
    votes = camps(people=60, statements=statements)
    table, _, _ = filled(votes)
    values, vectors = np.linalg.eigh(table.T @ table)
    found = components_of(sums_of(votes), votes.silent)
    np.testing.assert_allclose(found.spread, values[::-1][:2], rtol=1e-9)
    cosines = [abs(found.loadings[axis] @ vectors[:, -1 - axis]) for axis in range(2)]
    np.testing.assert_allclose(cosines, 1, atol=1e-9)
    assert sum(found.explained) == pytest.approx(values[::-1][:2].sum() / values.sum())


def test_places_follow_from_votes_cast_alone():
    votes = camps().with_moderated([3])
    found = components_of(sums_of(votes), votes.silent)
    table, _, seen = filled(votes)
    scale = np.sqrt(votes.statements.size / seen.sum(axis=1))
    wanted = table @ found.loadings.T * scale[:, np.newaxis]
    np.testing.assert_allclose(positions_of(votes, found), wanted, atol=1e-9)


def test_a_statement_stands_where_its_only_supporter_would():
    votes = camps()
    found = components_of(sums_of(votes), votes.silent)
    places = statement_positions(found, votes.silent)
    alone = Votes.from_columns([1], [2], [1], known=votes.statements.tolist())
    np.testing.assert_allclose(positions_of(alone, found)[0], places[2], atol=1e-9)


@pytest.mark.parametrize("statements", [12, 130])
def test_axes_keep_the_direction_of_the_map_before(statements):
    votes = camps(people=60, statements=statements)
    first = components_of(sums_of(votes), votes.silent)
    again = components_of(sums_of(votes), votes.silent, -first.loadings)
    np.testing.assert_allclose(again.loadings, -first.loadings, atol=1e-9)


@pytest.mark.parametrize("statements", [12, 130])
def test_a_former_map_that_says_nothing_is_not_followed(statements):
    votes = camps(people=60, statements=statements)
    first = components_of(sums_of(votes), votes.silent)
    again = components_of(sums_of(votes), votes.silent, np.zeros_like(first.loadings))
    np.testing.assert_allclose(again.loadings, first.loadings, atol=1e-9)


def test_the_strongest_loading_points_upwards():
    found = components_of(sums_of(camps()), np.zeros(12, np.bool_))
    for direction in found.loadings:
        assert direction[np.argmax(np.abs(direction))] > 0


def test_where_all_think_alike_there_are_no_axes():
    votes = Votes.from_rows([(who, what, 1) for who in range(9) for what in range(3)])
    found = components_of(sums_of(votes), votes.silent)
    assert not found.loadings.any()
    assert found.explained == (0.0, 0.0)


@pytest.mark.parametrize("statements", [1, 2, 5])
def test_one_line_of_difference_gives_one_axis(statements):
    rows = [(who, what, 1 if who % 2 else -1) for who in range(8) for what in range(statements)]
    votes = Votes.from_rows(rows)
    found = components_of(sums_of(votes), votes.silent)
    assert found.spread[0] > 0
    assert not found.loadings[1].any()


def test_nothing_to_explain_is_explained_by_nothing():
    assert Components(np.zeros(1), np.zeros((2, 1)), np.zeros(2), 0.0).explained == (0.0, 0.0)


def test_the_sums_of_parts_are_the_sum_of_the_whole():
    rows = list(camps().rows())
    parts = [
        Votes.from_rows([row for row in rows if row[0] % 3 == rest], known=range(12))
        for rest in range(3)
    ]
    total = sum((sums_of(part) for part in parts), Sums.none(12))
    whole = sums_of(Votes.from_rows(rows))
    assert total.people == whole.people
    for name in ("counts", "both", "one", "cast"):
        assert (getattr(total, name) == getattr(whole, name)).all()


def test_enough_votes_or_being_there_before_admits():
    cast = np.array([9, 7, 6, 0] * 5)
    method = Method(min_people=0)
    assert set(cast[admitted(cast, 20, method).people]) == {9, 7}
    assert set(cast[admitted(cast, 6, method).people]) == {9, 7, 6}
    before = np.zeros(20, np.bool_)
    before[3] = True
    assert 3 in admitted(cast, 20, method, before).people


def test_a_small_room_is_filled_up_with_those_who_voted_most():
    cast = np.array([1, 2, 3, 4, 5, 6, 7, 0])
    found = admitted(cast, 20, Method(min_people=4))
    assert found.people.tolist() == [3, 4, 5, 6]
    assert found.votes_asked == 7
    assert admitted(cast, 20, Method(min_people=99)).people.size == 7


def test_the_search_is_not_used_for_few_statements():
    assert subject.SMALL < 130
