import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.games import (
    coalition_sums,
    game_from_coalitions,
    game_from_function,
    players,
)


def test_a_game_knows_what_each_pays_alone_and_brings_last():
    costs = {frozenset("a"): 10, frozenset("b"): 20, frozenset("ab"): 25}

    game = game_from_coalitions(costs)

    assert game.parties == ("a", "b")
    assert (game.total, game.alone(), game.separable()) == (
        25,
        {"a": 10, "b": 20},
        {"a": 5, "b": 15},
    )
    assert game.members(3) == ("a", "b")


def test_a_function_and_a_list_give_the_same_game():
    def cost(members):
        return len(members) ** 2

    asked = game_from_function("abc", cost)
    listed = game_from_coalitions(
        {frozenset(asked.members(m)): cost(asked.members(m)) for m in range(1, 8)}
    )

    assert asked.parties == listed.parties
    assert (asked.costs == listed.costs).all()


def test_costs_wider_than_a_machine_word_stay_exact():
    game = game_from_function("ab", lambda members: len(members) * 10**30)

    assert game.total == 2 * 10**30


@pytest.mark.parametrize(
    ("costs", "reason"),
    [
        ({}, "nobody"),
        ({frozenset(): 0}, "nobody"),
        ({frozenset("a"): 1, frozenset("ab"): 2}, "the cost of b is missing"),
        ({frozenset(): 5, frozenset("a"): 1}, "empty coalition must cost nothing"),
        ({frozenset(f"{i}" for i in range(25)): 1}, "25 parties are too many"),
    ],
)
def test_a_game_with_gaps_is_refused(costs, reason):
    with pytest.raises(CannotShareError, match=reason):
        game_from_coalitions(costs)


@pytest.mark.parametrize("names", ["", "aa", range(25)])
def test_a_game_needs_parties_with_names_of_their_own(names):
    with pytest.raises(CannotShareError, match="1 to 24 parties"):
        game_from_function(names, len)


@pytest.mark.parametrize(
    ("table", "reason"), [([0], "2\\^n"), ([0, 1, 2], "2\\^n"), ([1, 2], "empty coalition")]
)
def test_a_table_of_another_size_is_refused(table, reason):
    with pytest.raises(CannotShareError, match=reason):
        players(np.array(table))


def test_a_table_for_too_many_is_refused():
    with pytest.raises(CannotShareError, match="3 parties are too many"):
        players(np.zeros(8), most=2)


@given(st.lists(st.integers(-1000, 1000), max_size=8))
def test_sums_over_coalitions_are_sums_over_their_members(amounts):
    sums = coalition_sums(amounts, np.int64)

    for mask in range(len(sums)):
        assert sums[mask] == sum(a for i, a in enumerate(amounts) if mask >> i & 1)
