"""The Shapley value: each party's added cost, averaged over all orders of joining.

Source: L. S. Shapley, A value for n-person games, 1953.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.sharing.allocations import Allocation, allocation
from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.games import (
    CostGame,
    Table,
    coalition_sizes,
    membership,
    players,
)

FLOAT_PARTIES = 26
BLOCK = 10  # parties inside a block of the floating fold: 2^10 costs fit the cache
AT_ONCE = 16  # rows of a block: small products stay on one processor, which is quicker here
EXACT_BLOCK = 8
MANTISSA = 53
WORD = 62


def order_weights(count: int) -> NDArray[np.float64]:
    """Give s!(n-s-1)!/n! for s = 0..n-1: how often exactly s given parties come before one."""
    whole = factorial(count)
    return np.array([factorial(s) * factorial(count - s - 1) / whole for s in range(count)])


def shapley_values(costs: Table) -> NDArray[np.float64]:
    """Compute the Shapley value of a table of 2^n costs in floating point, shape (n,).

    With w(s) = s!(n-s-1)!/n! the value of party i is the sum of c(S) (w(s-1) + w(s)) over the
    coalitions with i, less the sum of c(S) w(s) over all.  The table is read once, in blocks of
    rows that share the number of high members, each by one matrix product.  At most 26 parties;
    memory is the table and a fifth of it.
    """
    count = players(costs, FLOAT_PARTIES)
    low = min(count, BLOCK)
    rows = np.asarray(costs, dtype=np.float64).reshape(-1, 1 << low)
    inside = np.column_stack([membership(low), np.ones(1 << low), np.zeros(1 << low)])
    weight = np.concatenate([[0.0], order_weights(count), [0.0]])
    sizes, high = coalition_sizes(low), coalition_sizes(count - low)
    value, everything = np.zeros(count), 0.0
    for many in range(count - low + 1):
        here = np.flatnonzero(high == many)
        joined = (weight[:-1] + weight[1:])[sizes + many]
        columns = inside * joined[:, None]
        columns[:, -1] = weight[1:][sizes + many]
        sums = _products(rows, here, columns)
        value[:low] += sums[:, :low].sum(axis=0)
        everything += sums[:, -1].sum()
        bits = here[:, None] >> np.arange(count - low) & 1
        value[low:] += sums[:, -2] @ bits
    return value - everything


def _products(rows: Table, here: Table, columns: Table) -> Table:
    """Multiply some rows by the columns, a few rows at a time so that they stay in the cache."""
    sums = np.empty((len(here), columns.shape[1]))
    buffer = np.empty((AT_ONCE, rows.shape[1]))
    for start in range(0, len(here), AT_ONCE):
        some = here[start : start + AT_ONCE]
        taken = np.take(rows, some, axis=0, out=buffer[: len(some)], mode="clip")
        np.matmul(taken, columns, out=sums[start : start + len(some)])
    return sums


def shapley_exact(costs: Table) -> list[Fraction]:
    """Compute the Shapley value of a table of 2^n integer costs as exact fractions.

    Costs are added up per party and size of coalition, in integers; fractions appear only in
    the last n^2 steps.  At most 24 parties.
    """
    count = players(costs)
    with_party, of_size = sums_by_size(costs)
    whole = factorial(count)
    return [
        sum(
            (
                Fraction(factorial(s) * factorial(count - s - 1), whole)
                * (mine[s + 1] - of_size[s] + mine[s])
                for s in range(count)
            ),
            Fraction(0),
        )
        for mine in with_party
    ]


def sums_by_size(costs: Table) -> tuple[list[list[int]], list[int]]:
    """Add up costs by size of coalition: with each party, (n, n+1), and in all, (n+1,).

    Integers wider than a machine word are cut into limbs that are added separately.
    """
    count = players(costs)
    if costs.dtype.kind not in "iuO":
        raise CannotShareError("exact values need costs in whole öre")
    width = min(WORD - count, MANTISSA - EXACT_BLOCK)
    with_party, of_size = [[0] * (count + 1) for _ in range(count)], [0] * (count + 1)
    rest, shift = costs, 0
    while np.any(rest != 0):
        wide = np.any(abs(rest) >= 1 << width)
        limb = rest & ((1 << width) - 1) if wide else rest
        rest = rest >> width if wide else np.zeros(1, dtype=np.int64)
        for party, sums in enumerate(_limb_sums(limb.astype(np.int64), count)):
            target = with_party[party] if party < count else of_size
            for size, part in enumerate(sums):
                target[size] += part << shift
        shift += width
    return with_party, of_size


def _limb_sums(limb: NDArray[np.int64], count: int) -> list[list[int]]:
    """Add up one limb: rows 0..n-1 with each party, row n in all; columns are sizes."""
    low = min(count, EXACT_BLOCK)
    top = count - low
    inside = membership(low)
    of_size = (coalition_sizes(low)[:, None] == np.arange(low + 1)).astype(np.float64)
    columns = np.hstack([of_size, *(of_size * inside[:, [i]] for i in range(low))])
    # exact in doubles: a sum of 2^8 limbs of at most 45 bits has at most 53
    sums = (limb.reshape(-1, 1 << low).astype(np.float64) @ columns).astype(np.int64)
    sums = sums.reshape(-1, low + 1, low + 1)  # (high mask, in all or with low party, low size)
    high, result = coalition_sizes(top), np.zeros((count + 1, count + 1), dtype=np.int64)
    for many in range(top + 1):
        here = np.flatnonzero(high == many)
        block, span = sums[here], slice(many, many + low + 1)
        result[count, span] += block[:, 0].sum(axis=0)
        result[:low, span] += block[:, 1:].sum(axis=0)
        bits = here[:, None] >> np.arange(top) & 1
        result[low:count, span] += bits.T @ block[:, 0]
    answer: list[list[int]] = result.tolist()
    return answer


def shapley(game: CostGame) -> Allocation:
    """Share the cost of a game by the Shapley value, exactly, then to the öre."""
    values = shapley_exact(game.costs)
    return allocation_of_values("shapley", game.parties, values)


def allocation_of_values(
    method: str, parties: Sequence[str], values: Sequence[Fraction], **also: Any
) -> Allocation:
    """Wrap values (öre per party) that come out of a whole game as an allocation."""
    inputs = {
        party: [*also.items(), ("value", value)]
        for party, value in zip(parties, values, strict=True)
    }
    return allocation(method, dict(zip(parties, values, strict=True)), "value", inputs)
