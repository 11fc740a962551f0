from fractions import Fraction
from itertools import pairwise, permutations

import coopgame
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.owen import owen, owen_exact
from hakapa.algorithms.sharing.shapley import shapley, shapley_exact, shapley_values
from hakapa.algorithms.sharing.tests.worlds import game, tables

huge = st.integers(-(10**40), 10**40)


def by_orders(table, orders):
    """Average the added costs over orders of joining, as the definition says."""
    count = len(table).bit_length() - 1
    sums = [Fraction(0)] * count
    for order in orders:
        mask = 0
        for party in order:
            sums[party] += int(table[mask | 1 << party]) - int(table[mask])
            mask |= 1 << party
    return [value / len(orders) for value in sums]


@given(tables(most=4))
def test_it_is_the_mean_added_cost_over_all_orders(table):
    count = len(table).bit_length() - 1

    assert shapley_exact(table) == by_orders(table, list(permutations(range(count))))


@given(tables(most=6))
def test_efficiency_the_shares_add_up_to_the_cost(table):
    assert sum(shapley_exact(table)) == table[-1]
    assert sum(shapley(game(table)).shares.values()) == table[-1]


@given(tables(most=5))
def test_symmetry_parties_that_bring_the_same_pay_the_same(table):
    count = len(table).bit_length() - 1
    if count < 2:
        table, count = np.array([0, 1, 1, 5]), 2
    masks = np.arange(len(table))
    first, second = masks & 1, masks >> 1 & 1
    swapped = masks & ~3 | first << 1 | second

    values = shapley_exact(table + table[swapped])

    assert values[0] == values[1]


@given(tables(most=5), st.integers(-100, 100))
def test_dummy_a_party_that_only_brings_its_own_cost_pays_that(table, own):
    with_dummy = np.concatenate([table, table + own])

    values = shapley_exact(with_dummy)

    assert values[-1] == own
    assert values[:-1] == shapley_exact(table)


@given(tables(most=4), st.integers(0, 2**32))
def test_additivity_two_costs_together_are_shared_as_apart(table, seed):
    other = np.random.default_rng(seed).integers(-1000, 1000, len(table))
    other[0] = 0

    together = shapley_exact(table + other)

    apart = zip(shapley_exact(table), shapley_exact(other), strict=True)
    assert together == [a + b for a, b in apart]


@given(tables(most=4, of=huge))
def test_costs_wider_than_a_machine_word_are_shared_exactly(table):
    count = len(table).bit_length() - 1

    assert shapley_exact(table) == by_orders(table, list(permutations(range(count))))


def test_costs_that_are_not_whole_ore_get_no_exact_values():
    with pytest.raises(CannotShareError, match="whole öre"):
        shapley_exact(np.array([0.0, 1.5]))


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 10, 11, 14])
def test_floating_and_exact_values_and_coopgame_agree(count):
    table = np.random.default_rng(count).integers(-(10**6), 10**6, 2**count)
    table[0] = 0

    exact = [float(value) for value in shapley_exact(table)]

    assert shapley_values(table) == pytest.approx(exact, abs=1e-6)
    assert coopgame.shapley(coopgame.Game(table[1:].astype(float))) == pytest.approx(
        exact, abs=1e-6
    )


@pytest.mark.parametrize("count", [9, 13])
def test_owen_values_agree_with_coopgame(count):
    table = np.random.default_rng(count).integers(0, 10**6, 2**count)
    table[0] = 0
    groups = [list(range(i, min(i + 3, count))) for i in range(0, count, 3)]

    values = [float(value) for value in owen_exact(table, groups)]

    assert coopgame.owen(coopgame.Game(table[1:].astype(float)), groups) == pytest.approx(values)


@given(tables(most=5))
def test_owen_with_one_group_or_with_each_alone_is_shapley(table):
    count = len(table).bit_length() - 1
    everybody = list(range(count))

    assert owen_exact(table, [everybody]) == shapley_exact(table)
    assert owen_exact(table, [[i] for i in everybody]) == shapley_exact(table)


@given(tables(most=4, of=huge))
def test_owen_shares_costs_wider_than_a_machine_word_exactly(table):
    count = len(table).bit_length() - 1

    assert owen_exact(table, [[i] for i in range(count)]) == shapley_exact(table)


def test_owen_adds_words_near_the_limit_without_overflow():
    near = np.full(16, 2**61, dtype=np.int64)
    near[0] = 0

    assert owen_exact(near, [[0], [1], [2], [3]]) == shapley_exact(near) == [2**59] * 4


@given(tables(most=4))
def test_owen_is_the_mean_over_orders_that_keep_groups_together(table):
    count = len(table).bit_length() - 1
    groups = [list(range(count))[::2], list(range(count))[1::2]]
    side = [i % 2 for i in range(count)]
    kept = [
        order
        for order in permutations(range(count))
        if sum(side[a] != side[b] for a, b in pairwise(order)) <= 1
    ]

    assert owen_exact(table, [group for group in groups if group]) == by_orders(table, kept)


@pytest.mark.parametrize("groups", [[["a"]], [["a", "b"], ["b"]], [["a"], ["b"], ["x"]]])
def test_owen_groups_must_name_every_party_once(groups):
    with pytest.raises(CannotShareError, match="every party exactly once"):
        owen(game([0, 1, 2, 3]), groups)


def test_owen_shares_add_up_with_an_empty_group_left_out():
    answer = owen(game([0, 10, 20, 25]), [["b"], [], ["a"]])

    assert answer.shares == {"a": 8, "b": 17}
    assert answer.method == "owen"
