"""The Owen value: Shapley over the orders that keep given groups of parties together.

Source: G. Owen, Values of games with a priori unions, 1977.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import factorial

import numpy as np

from hakapa.algorithms.sharing.allocations import Allocation
from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.games import CostGame, Table, coalition_sizes, coalition_sums
from hakapa.algorithms.sharing.shapley import allocation_of_values, shapley_exact

Group = Sequence[int]

HALF = 31  # bits of a machine word that are added at a time


def owen_exact(costs: Table, groups: Sequence[Group]) -> list[Fraction]:
    """Compute the Owen value of a table of 2^n integer costs as exact fractions.

    For each group, the costs are averaged over which other groups came before it, which
    leaves a small game inside the group; its Shapley value is the Owen value.
    """
    values: dict[int, Fraction] = {}
    for group in groups:
        others = [sum(1 << i for i in other) for other in groups if other is not group]
        inner = _inside(costs, group, others)
        scale = factorial(len(groups))
        for party, value in zip(group, shapley_exact(inner), strict=True):
            values[party] = value / scale
    return [values[party] for party in sorted(values)]


def _inside(costs: Table, group: Group, others: Sequence[int]) -> Table:
    """Average the game over the other groups: shape (2^|group|,), times (number of groups)!."""
    mine = coalition_sums([1 << i for i in group], np.int64)
    before = coalition_sums(others, np.int64)
    sizes = coalition_sizes(len(others))
    inner = np.zeros(len(mine), dtype=object)
    for many in range(len(others) + 1):
        often = factorial(many) * factorial(len(others) - many)
        there = before[sizes == many]
        inner += often * (_sums(costs[mine[:, None] | there]) - _sums(costs[there][None, :]))
    return inner


def _sums(block: Table) -> Table:
    """Add up each row exactly: machine words in two halves, so that no sum overflows."""
    if block.dtype == object:
        return np.asarray(block.sum(axis=1))
    high, low = block >> HALF, block & ((1 << HALF) - 1)
    heavy, light = (half.sum(axis=1).astype(object) for half in (high, low))
    return np.asarray(heavy * (1 << HALF) + light)


def owen(game: CostGame, groups: Sequence[Sequence[str]]) -> Allocation:
    """Share the cost of a game by the Owen value; the groups must name each party once."""
    named = [party for group in groups for party in group]
    if sorted(named) != sorted(game.parties):
        raise CannotShareError("the groups must name every party exactly once", "groups")
    at = {party: i for i, party in enumerate(game.parties)}
    values = owen_exact(game.costs, [[at[party] for party in group] for group in groups if group])
    return allocation_of_values("owen", game.parties, values)
