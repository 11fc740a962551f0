"""Airport games: a coalition costs what its most demanding member needs.

Each step of capacity is shared equally by those who need it, which is the Shapley value of
the game.  Source: S. C. Littlechild, G. Owen, A simple expression for the Shapley value, 1973.
"""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.sharing.allocations import Allocation, Figure, allocation
from hakapa.algorithms.sharing.amounts import CannotShareError

BINARY_DIGITS = 40  # kept of an öre when thousands share a step
MOST_EXACT = 2_000  # above this the common denominators grow too long to print


def airport(needs: Mapping[str, int]) -> Allocation:
    """Share the largest need (öre) by steps, exactly, then to the öre.

    Above 2,000 parties amounts before rounding are cut at 2^-40 öre.
    """
    if not needs:
        raise CannotShareError("there is nobody to share between")
    if len(needs) > MOST_EXACT:
        return _large(needs)
    in_order = sorted(needs, key=lambda party: (needs[party], party))
    left, reached, amount = len(needs), 0, Fraction(0)
    amounts: dict[str, Fraction] = {}
    inputs: dict[str, list[tuple[str, Fraction]]] = {}
    for party in in_order:
        step = needs[party] - reached
        if step < 0:
            raise CannotShareError(f"the need of {party} must not be negative", "needs", party)
        before, amount = amount, amount + Fraction(step, left)
        known = {"before": before, "step": Fraction(step), "sharing": Fraction(left)}
        amounts[party], inputs[party] = amount, list(known.items())
        left, reached = left - 1, needs[party]
    given = {party: amounts[party] for party in needs}
    return allocation("airport", given, "before + step / sharing", inputs)


def _large(needs: Mapping[str, int]) -> Allocation:
    parties = sorted(needs)
    try:
        wanted = np.array([needs[party] for party in parties], dtype=np.int64)
    except OverflowError:
        raise CannotShareError("needs must be under 2^63 öre when thousands share") from None
    shares, cut = airport_shares(wanted)
    figures = (
        Figure(party, int(ore), Fraction(int(part), 1 << BINARY_DIGITS), "value", ())
        for party, ore, part in zip(parties, shares, cut.astype(object), strict=True)
    )
    return Allocation("airport", int(wanted.max()), tuple(figures))


def airport_values(needs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute the shares of an airport game in floating point: a sort and a running sum.

    Shape (n,) in any order in, (n,) in the same order out.
    """
    order = np.argsort(needs, kind="stable")
    steps = np.diff(needs[order], prepend=0.0) / np.arange(len(needs), 0, -1)
    values = np.empty(len(needs))
    values[order] = np.cumsum(steps)
    return values


def airport_shares(needs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Share needs (whole öre, shape (n,)) in integers alone; the shares add up to the largest.

    Amounts are summed as whole öre and 2^-40 parts of one, cut downwards: the error before
    rounding is under n × 2^-40 öre.  Equal remainders go to the first in the array.
    """
    if (needs < 0).any():
        raise CannotShareError("a need must not be negative", "needs")
    count = len(needs)
    order = np.argsort(needs, kind="stable")
    whole, rest = np.divmod(np.diff(needs[order], prepend=0), np.arange(count, 0, -1))
    parts = np.cumsum((rest << BINARY_DIGITS) // np.arange(count, 0, -1))
    shares, remainders = np.empty(count, np.int64), np.empty(count, np.int64)
    shares[order] = np.cumsum(whole) + (parts >> BINARY_DIGITS)
    remainders[order] = parts & ((1 << BINARY_DIGITS) - 1)
    left = int(needs.max() - shares.sum())
    shares[np.argsort(-remainders, kind="stable")[:left]] += 1
    return shares, remainders
