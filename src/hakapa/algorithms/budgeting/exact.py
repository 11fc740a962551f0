"""Rates as fractions, worked out only for the projects that floats cannot tell apart.

A group that still has money paid its full share for every funded project it supports. So its
money is endowment - sum of share x joy, and what a set of drained groups paid is an integer
combination of the endowment and the earlier shares: whole numbers counted from the ballots.
"""

from fractions import Fraction
from math import gcd, inf
from operator import mul
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.budgeting.election import IntArray

if TYPE_CHECKING:
    from hakapa.algorithms.budgeting.rounds import Count, Rate


class Prices:
    """The exact shares of a count's rounds, each computed when first asked for.

    A share is what a group pays per unit of weight and joy: rate x scale.
    """

    def __init__(self, count: "Count") -> None:
        """Remember whose rounds these are."""
        self.count = count
        self.tops: list[int] = []  # the shares are tops / bottom
        self.bottom = 1

    def of_round(self, number: int) -> Fraction:
        """Return the exact rate of a round."""
        project = self.count.rounds[number].rate.project
        return self.share(number) / self.count.support.scale[project]

    def share(self, number: int) -> Fraction:
        """Return the exact share of a round, after those before it."""
        while len(self.tops) <= number:
            stage = self.count.rounds[len(self.tops)]
            project = stage.rate.project
            if stage.rate.exact is not None:
                share = stage.rate.exact * self.count.support.scale[project]
                self.add(share.numerator * self.bottom, share.denominator)
            else:
                price = self.count.support.prices[project]
                self.add(price * self.bottom - self.held(stage.drained), stage.payers_left)
        return Fraction(self.tops[number], self.bottom)

    def add(self, left: int, payers: int) -> None:
        """Append the share left / (bottom x payers), all shares brought to one denominator."""
        payers //= (common := gcd(left, payers))
        self.tops = [top * payers for top in self.tops]
        self.tops.append(left // common)
        self.bottom *= payers

    def held(self, groups: IntArray) -> int:
        """Sum, times `bottom`, what groups had left before the round now being worked out."""
        support, done = self.count.support, len(self.tops)
        total = self.count.endowment * int(support.weight[groups].sum()) * self.bottom
        if not done or not len(groups):
            return total
        entries, owner = entries_of(groups, support.row_starts)
        place = self.places(done)[support.row_projects[entries]]
        known = np.flatnonzero(place >= 0)
        worth = support.weight[groups][owner[known]]
        if support.row_joy is not None:
            worth = worth * support.row_joy[entries[known]]
        # whole numbers below 2**53 in floats: no rounding
        sums = np.bincount(place[known], weights=worth, minlength=done).tolist()
        return total - sum(map(mul, self.tops, map(int, sums)))

    def places(self, done: int) -> IntArray:
        """Tell for every project in which round, if any of the first ones, it was funded."""
        place = np.full(len(self.count.support.prices), -1, dtype=np.int64)
        for number, stage in enumerate(self.count.rounds[:done]):
            place[stage.rate.project] = number
        return place

    def kinds(self, groups: IntArray, joy: IntArray | None) -> tuple[list[Fraction], IntArray]:
        """Tell groups' money per unit of joy exactly, once for each kind of group.

        Groups are of one kind when they paid for the same rounds with the same joy. Returns the
        kinds' values and each group's kind.
        """
        support, done = self.count.support, len(self.count.rounds)
        if done:
            self.share(done - 1)
        entries, owner = entries_of(groups, support.row_starts)
        place = self.places(done)[support.row_projects[entries]]
        known = place >= 0
        paid = np.zeros((len(groups), done + 1), dtype=np.int64)
        units = 1 if support.row_joy is None else support.row_joy[entries[known]]
        paid[owner[known], place[known]] = units
        paid[:, done] = 1 if joy is None else joy
        patterns, kind = np.unique(paid, axis=0, return_inverse=True)
        values = []
        for *units_paid, mine in patterns.tolist():
            spent = sum(map(mul, self.tops, units_paid))
            values.append(Fraction(self.count.endowment * self.bottom - spent, self.bottom * mine))
        return values, kind.reshape(-1)

    def rate(self, count: "Count", known: "Rate") -> Fraction:
        """Return the exact rate of a project that is known to be affordable."""
        exact = self.rate_if_affordable(count, known)
        if exact is None:  # pragma: no cover - the caller's bound says otherwise
            raise ArithmeticError(known.project)
        return exact

    def rate_if_affordable(self, count: "Count", known: "Rate") -> Fraction | None:
        """Return a project's exact rate now, or None when supporters' money is not enough."""
        support, project = count.support, known.project
        span = slice(support.starts[project], support.starts[project + 1])
        mine = count.alive[support.backers[span]]
        groups = support.backers[span][mine]
        joy = None if support.joy is None else support.joy[span][mine]
        scale = support.scale[project]
        money = count.money[groups]
        asked = known.low * scale * (1 if joy is None else joy)
        drained = money + count.slack < asked
        most = inf if known.high == inf else known.high * scale * (1 if joy is None else joy)
        unsure = np.flatnonzero(~drained & (money - count.slack <= most))
        if count.rounds:
            self.share(len(count.rounds) - 1)
        left = Fraction(support.prices[project]) - Fraction(self.held(groups[drained]), self.bottom)
        worth = support.weight[groups] if joy is None else support.weight[groups] * joy
        values, kind = self.kinds(groups[unsure], None if joy is None else joy[unsure])
        weights = np.zeros(len(values), dtype=np.int64)
        np.add.at(weights, kind, worth[unsure])
        share = settled(left, int(worth[~drained].sum()), values, weights)
        return None if share is None else share / scale

    def poor(
        self,
        count: "Count",
        winner: "Rate",
        groups: IntArray,
        where: IntArray,
        mine: NDArray[np.bool_],
    ) -> NDArray[np.bool_]:
        """Tell which of these supporters of the winner have nothing left after paying."""
        support = count.support
        span = slice(support.starts[winner.project], support.starts[winner.project + 1])
        joy = None if support.joy is None else support.joy[span][mine][where]
        values, kind = self.kinds(groups, joy)
        if winner.exact is None:  # pragma: no cover - the caller made it exact
            raise ArithmeticError(winner.project)
        share = winner.exact * support.scale[winner.project]
        poor = np.array([value <= share for value in values], dtype=np.bool_)
        return poor[kind]


def entries_of(groups: IntArray, starts: IntArray) -> tuple[IntArray, IntArray]:
    """List the ballot entries of groups, and beside each the place of its group in `groups`."""
    lengths = starts[groups + 1] - starts[groups]
    owner = np.repeat(np.arange(len(groups)), lengths)
    first = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) - first[owner] + starts[groups][owner], owner


def settled(
    left: Fraction, payers: int, values: list[Fraction], weights: IntArray
) -> Fraction | None:
    """Move kinds, the poorest first, to the drained while they cannot pay the share in full.

    `left` is what `payers` have to pay together; a kind's members have `values` each and are
    `weights` of the payers. Returns the share, or None when all of them together cannot.
    """
    for number in sorted(range(len(values)), key=values.__getitem__):
        if left <= values[number] * payers:
            break
        left -= values[number] * int(weights[number])
        payers -= int(weights[number])
    return left / payers if payers else None
