"""The Shapley value by random orders, with a confidence bound, for more parties than a table.

Source: J. Castro, D. Gómez, J. Tejada 2009; each order is taken with its reverse (antithetic).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import erfc, inf, sqrt
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

CELLS = 1 << 19  # booleans handed to the game at a time: half a megabyte stays in the cache
LEAST_PAIRS = 64
MOST_PAIRS = 1 << 16
LOOKS = 4  # how often the sample may be looked at; the bound allows for each look
SAFETY = 1.1  # how much further than the last look says a sample is taken
HALVINGS = 50


@dataclass(frozen=True)
class SampledShapley:
    """Estimated values (shape (n,), unit of the game) and how far off they may be.

    With probability `confidence` all values are within `bound` at once: by the normal
    approximation of the means, the chances of each party being further off add up to what is
    left, divided by the number of looks (Bonferroni).
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
    sums, squares, pairs, target = np.zeros(count), np.zeros(count), 0, LEAST_PAIRS
    bound = inf
    for look in range(1, LOOKS + 1):
        while pairs < target:
            many = min(target - pairs, max(1, CELLS // (2 * count * (count + 1))))
            values = _pair_values(draw, many, count, cost)
            sums += values.sum(axis=0)
            squares += (values * values).sum(axis=0)
            pairs += many
        variances = np.maximum(squares / pairs - (sums / pairs) ** 2, 0) / (pairs - 1)
        bound = joint_bound(np.sqrt(variances), (1 - confidence) / LOOKS)
        if bound <= within:
            break
        enough = MOST_PAIRS if look == LOOKS - 1 else SAFETY * pairs * (bound / within) ** 2
        target = int(min(MOST_PAIRS, enough))
    return SampledShapley(sums / pairs, bound, confidence, 2 * pairs, seed)


def joint_bound(deviations: Values, chance: float) -> float:
    """Find the bound that normal errors of these deviations all keep, but for a small chance.

    The chances of each being outside add up to `chance`; found by halving.
    """
    some = [float(deviation) for deviation in deviations if deviation > 0]
    low = 0.0
    high = max(some, default=0.0) * NormalDist().inv_cdf(1 - chance / (2 * len(some) or 1))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        outside = sum(erfc(middle / (deviation * sqrt(2))) for deviation in some)
        low, high = (middle, high) if outside > chance else (low, middle)
    return high


def _pair_values(draw: np.random.Generator, many: int, count: int, cost: Cost) -> Values:
    """Draw orders and their reverses; give each pair's mean added costs, shape (many, count)."""
    small = np.min_scalar_type(count + 1)  # narrow numbers compare several times faster
    orders = draw.permuted(np.tile(np.arange(count, dtype=small), (many, 1)), axis=1)
    both = np.concatenate([orders, orders[:, ::-1]])
    place = np.empty_like(both)
    np.put_along_axis(place, both, np.arange(count, dtype=small)[None, :], axis=1)
    joined = place[:, None, :] < np.arange(count + 1, dtype=small)[None, :, None]
    costs = np.asarray(cost(joined.reshape(-1, count)), dtype=np.float64)
    added = np.diff(costs.reshape(2 * many, count + 1), axis=1)
    values = np.take_along_axis(added, place, axis=1)
    mean: Values = (values[:many] + values[many:]) / 2
    return mean
