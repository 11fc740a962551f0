"""The supporters of one project, and the rate at which they can pay for it, in bounded floats."""

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.budgeting.election import FloatArray
from hakapa.algorithms.budgeting.support import Support

EPS = 2.0**-53
SUM_EPS = 80 * EPS  # numpy adds pairwise: no figure takes part in more than 64 additions

Flags: TypeAlias = NDArray[np.bool_]
Groups: TypeAlias = NDArray[np.intp]


class Rate(NamedTuple):
    """What is known of a project's rho: it lies from low to high; exact where it was needed.

    `ease` tells how much the lower bound can fall per unit of money that each supporter gains.
    """

    low: float
    high: float
    project: int
    exact: Fraction | None = None
    ease: float = inf


def certain(project: int, exact: Fraction) -> Rate:
    """Make a rate of an exact fraction."""
    near = float(exact)
    return Rate(near * (1 - 2 * EPS), near * (1 + 2 * EPS), project, exact)


@dataclass(frozen=True, eq=False)
class Backing:
    """Supporting groups with their joy and weight as floats; None where every one is 1.

    Projects of one kind have the same supporters, joy and price, and so always the same rate.
    """

    project: int
    groups: Groups
    joy: FloatArray | None
    heavy: FloatArray | None
    price: float
    scale: float
    votes: float
    most_joy: float
    kind: int

    def asked(self, share: float) -> FloatArray | float:
        """Return what each unit of weight is asked for at a share."""
        return share if self.joy is None else share * self.joy

    def weigh(self, amounts: NDArray[np.float64]) -> float:
        """Sum over the units of weight."""
        return float(np.add.reduce(amounts if self.heavy is None else amounts * self.heavy))

    def weigh_some(self, amounts: FloatArray, some: Groups) -> float:
        """Sum over the units of weight of some supporters, by place."""
        figures = amounts[some]
        return float((figures if self.heavy is None else figures * self.heavy[some]).sum())

    def slope(self, rich: Flags) -> tuple[float, float]:
        """Return the weight of the rich, and how much more each unit of share brings."""
        if self.heavy is None and self.joy is None:
            weight = float(np.count_nonzero(rich))
            return weight, weight
        weight = self.weigh(rich.astype(np.float64))
        return weight, weight if self.joy is None else self.weigh(rich * self.joy)

    def rate(self, money: FloatArray, noise: float, low: float, ceiling: float) -> Rate | None:
        """Find the rate, or only a lower bound above `ceiling`; None when floats cannot tell.

        Newton's method from below on a concave, piecewise linear sum of payments: every step is
        a lower bound, and it ends when the set of those who can pay in full no longer changes.
        `noise` bounds the error of any sum of payments.
        """
        share, before = low * self.scale, -1.0
        while True:
            asked = self.asked(share)
            rich = money > asked
            weight, slope = self.slope(rich)
            if slope == 0:
                return None
            share = max(share, share + (self.price - self.weigh(np.minimum(money, asked))) / slope)
            low = (share - noise / slope) / self.scale * (1 - 8 * EPS)
            count = float(np.count_nonzero(rich)) if self.joy is not None else weight
            if low > ceiling or count == before:
                break
            before = count
        ease = (self.votes - weight) / slope / self.scale * (1 + 8 * EPS)
        if low > ceiling:
            return Rate(low, inf, self.project, None, ease)
        above = share + 2 * noise / slope
        if 2 * self.slope(money > self.asked(above))[1] < slope:
            return None
        return Rate(low, above / self.scale * (1 + 8 * EPS), self.project, None, ease)


def backings(support: Support) -> list[Backing]:
    """Lay out each project's supporters for counting."""
    groups = support.backers.astype(np.intp)
    joy = None if support.joy is None else support.joy.astype(np.float64)
    heavy = None if support.plain else support.weight.astype(np.float64)[groups]
    starts = support.starts.tolist()
    found: list[Backing] = []
    kinds: dict[tuple[int, int, bytes, bytes], int] = {}
    for project, price in enumerate(support.prices):
        span = slice(starts[project], starts[project + 1])
        mine = None if joy is None else joy[span]
        worth = b"" if mine is None else mine.tobytes()
        key = (price, support.scale[project], support.backers[span].tobytes(), worth)
        found.append(
            Backing(
                project=project,
                groups=groups[span],
                joy=mine,
                heavy=None if heavy is None else heavy[span],
                price=float(price),
                scale=float(support.scale[project]),
                votes=float(support.votes[project]),
                kind=kinds.setdefault(key, len(kinds)),
                most_joy=1.0 if mine is None else float(mine.max(initial=0.0)),
            )
        )
    return found
