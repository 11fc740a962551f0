"""The statistics of Polis per group and statement, and the intervals printed beside shares.

Source: compdemocracy/polis, math/repness.clj and stats.clj (formulas only); Wilson (1927) and
Newcombe (1998, method 10) for intervals. A pass counts as a vote seen, neither for nor against.
"""

from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[Any]


def share(successes: Counts, trials: Counts) -> Floats:
    """Give (successes + 1) / (trials + 2): a share that one vote does not drive to 0 or 1."""
    return np.asarray((successes + 1.0) / (trials + 2.0))


def share_test(successes: Counts, trials: Counts) -> Floats:
    """Give the z of a share above one half, with one success added."""
    return 2 * np.sqrt(trials + 1.0) * ((successes + 1.0) / (trials + 1.0) - 0.5)


def difference_test(inside: Counts, trials: Counts, outside: Counts, others: Counts) -> Floats:
    """Give the pooled two-proportion z of inside/trials above outside/others, each count plus 1."""
    first, second = (inside + 1.0) / (trials + 1.0), (outside + 1.0) / (others + 1.0)
    pooled = (inside + outside + 2.0) / (trials + others + 2.0)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / (trials + 1.0) + 1 / (others + 1.0)))
    certain = spread <= 0
    return np.where(certain, 0.0, (first - second) / np.where(certain, 1.0, spread))


@dataclass(frozen=True, eq=False)
class Side:
    """One answer (agree or disagree) of every group on every statement; arrays (G, S).

    success: how many gave it. trials: how many voted. share, share_z: how common it is in the
    group. ratio, ratio_z: against the other groups together. strength: the product of the four.
    """

    success: NDArray[np.int64]
    trials: NDArray[np.int64]
    share: Floats
    share_z: Floats
    ratio: Floats
    ratio_z: Floats

    @cached_property
    def strength(self) -> Floats:
        """Rank by this: how much an answer is the group's own."""
        return np.asarray(self.ratio * self.ratio_z * self.share * self.share_z)


def side_of(success: NDArray[np.int64], trials: NDArray[np.int64]) -> Side:
    """Compare each group (G, S) with all other groups together."""
    outside, others = success.sum(axis=0) - success, trials.sum(axis=0) - trials
    return Side(
        success,
        trials,
        share(success, trials),
        share_test(success, trials),
        share(success, trials) / share(outside, others),
        difference_test(success, trials, outside, others),
    )


def two_sided_z(confidence: float) -> float:
    """Give how many standard errors an interval of this confidence reaches to each side."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def interval(successes: Counts, trials: Counts, z: float) -> tuple[Floats, Floats]:
    """Give Wilson's interval of the share successes/trials; 0 to 1 without trials."""
    n = np.maximum(np.asarray(trials, dtype=np.float64), 1e-12)
    part = np.where(trials == 0, 0.5, np.asarray(successes) / n)
    n = np.where(trials == 0, 0.0, n)
    middle = (part * n + z * z / 2) / (n + z * z)
    reach = z / (n + z * z) * np.sqrt(part * (1 - part) * n + z * z / 4)
    return np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0)


def difference_interval(
    first: tuple[Counts, Counts], second: tuple[Counts, Counts], z: float
) -> tuple[Floats, Floats]:
    """Give Newcombe's interval of first share minus second share, each (successes, trials)."""
    low_a, high_a = interval(*first, z)
    low_b, high_b = interval(*second, z)
    a, b = _plain(*first), _plain(*second)
    below = np.sqrt((a - low_a) ** 2 + (high_b - b) ** 2)
    above = np.sqrt((high_a - a) ** 2 + (b - low_b) ** 2)
    return np.maximum(a - b - below, -1.0), np.minimum(a - b + above, 1.0)


def _plain(successes: Counts, trials: Counts) -> Floats:
    """Give successes/trials, one half without trials."""
    return np.where(trials == 0, 0.5, successes / np.maximum(trials, 1))
