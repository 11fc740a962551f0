"""The Shapley value by random orders, with a confidence bound, for more parties than a table.

Source: J. Castro, D. Gómez, J. Tejada 2009; each order is taken with its reverse (antithetic).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.sharing.allocations import Allocation
from hakapa.algorithms.sharing.amounts import CannotShareError, kronor, percent
from hakapa.algorithms.sharing.shapley import allocation_of_values
from hakapa.algorithms.sharing.words import SENTENCES

Coalitions = NDArray[np.bool_]
Values = NDArray[np.float64]
Cost = Callable[[Coalitions], Values]

CELLS = 1 << 21  # booleans handed to the game at a time: 2 MB
LEAST_PAIRS = 32
LOOKS = 12  # the sample at most doubles this often, and the bound allows for each look
MOST_PAIRS = LEAST_PAIRS << (LOOKS - 1)


@dataclass(frozen=True)
class SampledShapley:
    """Estimated values (shape (n,), unit of the game) and how far off they may be.

    With probability `confidence` every value is within `bound`, by the normal approximation
    of the mean, corrected for the number of parties and of looks (Bonferroni).
    """

    values: Values
    bound: float
    confidence: float
    orders: int
    seed: int

    def explain(self, language: str = "sv") -> list[str]:
        """Say how many orders were drawn and how large the error may be."""
        say = SENTENCES[language]["sampled"]
        sure = percent(Fraction(repr(self.confidence)), language)
        bound = kronor(Fraction(self.bound), language)
        return [say.format(orders=self.orders, seed=self.seed, bound=bound, confidence=sure)]

    def allocation(self, parties: Sequence[str], total: int) -> Allocation:
        """Share a total (öre) by the estimates: what they miss is spread equally, then rounded."""
        values = [Fraction(float(value)) for value in self.values]
        missed = (total - sum(values, Fraction(0))) / len(values)
        return allocation_of_values("shapley", parties, [value + missed for value in values])


def sampled_shapley(
    count: int, cost: Cost, *, within: float, confidence: float = 0.95, seed: int = 1
) -> SampledShapley:
    """Estimate the Shapley value of `count` parties until every value is within a bound.

    `cost` takes coalitions, shape (m, count), and gives their costs, shape (m,).  `within` is
    in the unit of the costs.  Stops after `MOST_PAIRS` pairs of orders; the bound in the answer
    is the one that was reached.
    """
    if count < 1 or not 0 < confidence < 1 or not within > 0:
        raise CannotShareError("sampling needs parties, a bound above 0 and a confidence in (0, 1)")
    draw = np.random.default_rng(seed)
    width = NormalDist().inv_cdf(1 - (1 - confidence) / (2 * count * LOOKS))
    sums, squares, pairs, target = np.zeros(count), np.zeros(count), 0, LEAST_PAIRS
    while True:
        while pairs < target:
            many = min(target - pairs, max(1, CELLS // (2 * count * (count + 1))))
            values = _pair_values(draw, many, count, cost)
            sums += values.sum(axis=0)
            squares += (values * values).sum(axis=0)
            pairs += many
        spread = np.maximum(squares / pairs - (sums / pairs) ** 2, 0).max() / (pairs - 1)
        bound = width * sqrt(spread)
        if bound <= within or pairs >= MOST_PAIRS:
            return SampledShapley(sums / pairs, bound, confidence, 2 * pairs, seed)
        target = min(2 * pairs, max(pairs + 1, int(pairs * (bound / within) ** 2 * 1.1)))


def _pair_values(draw: np.random.Generator, many: int, count: int, cost: Cost) -> Values:
    """Draw orders and their reverses; give each pair's mean added costs, shape (many, count)."""
    orders = draw.permuted(np.tile(np.arange(count), (many, 1)), axis=1)
    both = np.concatenate([orders, orders[:, ::-1]])
    place = np.empty_like(both)
    np.put_along_axis(place, both, np.arange(count)[None, :], axis=1)
    joined = place[:, None, :] < np.arange(count + 1)[None, :, None]
    costs = np.asarray(cost(joined.reshape(-1, count)), dtype=np.float64)
    added = np.diff(costs.reshape(2 * many, count + 1), axis=1)
    values = np.take_along_axis(added, place, axis=1)
    mean: Values = (values[:many] + values[many:]) / 2
    return mean
