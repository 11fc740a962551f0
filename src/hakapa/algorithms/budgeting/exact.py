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

from hakapa.algorithms.budgeting.backing import Flags, Groups, Rate, certain
from hakapa.algorithms.budgeting.election import FloatArray, IntArray

if TYPE_CHECKING:
    from hakapa.algorithms.budgeting.rounds import Count


class Prices:
    """The exact shares of a count's rounds, each computed when first asked for.

    A share is what a group pays per unit of weight and joy: rate x scale.
    """

    def __init__(self, count: "Count") -> None:
        """Remember whose rounds these are."""
        self.count = count
        self.tops: list[int] = []  # the shares are tops / bottom
        self.bottom = 1

    def rate_of(self, number: int) -> Fraction:
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

    def held(self, groups: Groups) -> int:
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
        spent: int = sum(map(mul, self.tops, map(int, sums)))
        return total - spent

    def places(self, done: int) -> IntArray:
        """Tell for every project in which round, if any of the first ones, it was funded."""
        place = np.full(len(self.count.support.prices), -1, dtype=np.int64)
        for number, stage in enumerate(self.count.rounds[:done]):
            place[stage.rate.project] = number
        return place

    def kinds(self, groups: Groups, joy: FloatArray | None) -> tuple[list[Fraction], IntArray]:
        """Tell groups' money per unit of joy exactly, once for each kind of group.

        Groups are of one kind when they paid for the same rounds with the same joy. Returns the
        kinds' values and each group's kind.
        """
        support, done = self.count.support, self.all_shares()
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

    def all_shares(self) -> int:
        """Work out the shares of all rounds so far; return how many there are."""
        done = len(self.count.rounds)
        if done:
            self.share(done - 1)
        return done

    def affordable(self, known: Rate) -> Rate:
        """Return the exact rate of a project whose bounds say that it is affordable."""
        exact = self.rate(known)
        if exact is None:  # pragma: no cover - the bounds would be wrong
            raise ArithmeticError(known.project)
        return certain(known.project, exact)

    def rate(self, known: Rate) -> Fraction | None:
        """Return a project's exact rate now, or None when supporters' money is not enough."""
        count, backing = self.count, self.count.backings[known.project]
        money = count.money[backing.groups]
        some = np.flatnonzero(money > 0)
        groups, money = backing.groups[some], money[some]
        joy = None if backing.joy is None else backing.joy[some]
        one: FloatArray | float = 1.0 if joy is None else joy
        drained = money + count.slack < known.low * backing.scale * one
        most = inf if known.high == inf else known.high * backing.scale * one
        unsure = np.flatnonzero(~drained & (money - count.slack <= most))
        self.all_shares()
        price = count.support.prices[known.project]
        left = price - Fraction(self.held(groups[drained]), self.bottom)
        worth = count.support.weight[groups]
        if joy is not None:
            worth = worth * joy.astype(np.int64)
        values, kind = self.kinds(groups[unsure], None if joy is None else joy[unsure])
        weights = np.zeros(len(values), dtype=np.int64)
        np.add.at(weights, kind, worth[unsure])
        share = settled(left, int(worth[~drained].sum()), values, weights.tolist())
        return None if share is None else share / count.support.scale[known.project]

    def poor(self, winner: Rate, unsure: Groups) -> Flags:
        """Tell which of some supporters, by place, have nothing left after paying."""
        backing = self.count.backings[winner.project]
        joy = None if backing.joy is None else backing.joy[unsure]
        values, kind = self.kinds(backing.groups[unsure], joy)
        if winner.exact is None:  # pragma: no cover - the caller made it exact
            raise ArithmeticError(winner.project)
        share = winner.exact * self.count.support.scale[winner.project]
        return np.array([value <= share for value in values], dtype=np.bool_)[kind]


def settled(
    left: Fraction, payers: int, values: list[Fraction], weights: list[int]
) -> Fraction | None:
    """Move kinds, the poorest first, to the drained while they cannot pay the share in full.

    `left` is what `payers` have to pay together; a kind's members have `values` each and are
    `weights` of the payers. Returns the share, or None when all of them together cannot.
    """
    for number in sorted(range(len(values)), key=values.__getitem__):
        if left <= values[number] * payers:
            break
        left -= values[number] * weights[number]
        payers -= weights[number]
    return left / payers if payers else None


def entries_of(groups: Groups, starts: IntArray) -> tuple[IntArray, IntArray]:
    """List the ballot entries of groups, and beside each the place of its group in `groups`."""
    lengths = starts[groups + 1] - starts[groups]
    owner = np.repeat(np.arange(len(groups)), lengths)
    first = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) - first[owner] + starts[groups][owner], owner
