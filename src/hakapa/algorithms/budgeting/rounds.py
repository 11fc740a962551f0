"""One count by the Method of Equal Shares: fast in floats, exact wherever floats cannot tell.

Source: Peters, Pierczynski, Skowron, Proportional participatory budgeting with additive utilities
(NeurIPS 2021). All voters get the same money. A project is affordable at rate rho when
sum over supporters of min(money, rho * utility) = cost. The affordable project with the smallest
rho is funded and paid for so, until none is affordable.

Every float is held together with a bound on its error. Where two bounds overlap, `exact.Prices`
decides in fractions. A rate only grows while others are paid for, so an earlier lower bound stays
one: projects are looked at again only when their bound could win (lazy evaluation).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import inf
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.budgeting.election import FloatArray, IntArray
from hakapa.algorithms.budgeting.exact import Prices
from hakapa.algorithms.budgeting.support import Support

EPS = 2.0**-53
SUM_EPS = 80 * EPS  # numpy adds pairwise: no figure takes part in more than 64 additions
DULL = 1e-8  # sharpen when a voter's money is less sure than this part of the endowment

Backers: TypeAlias = tuple[FloatArray, IntArray | None, IntArray | None]


@dataclass(frozen=True)
class Rate:
    """What is known of a project's rho: it lies from low to high; exact where it was needed."""

    low: float
    high: float
    project: int
    exact: Fraction | None = None


@dataclass(frozen=True, eq=False)
class Round:
    """One project funded: at which rate, and who had no money left after it."""

    rate: Rate
    payers_left: int
    drained: IntArray


class Count:
    """A count at one endowment; `rounds` tells afterwards what happened, in order.

    `rank[c]` is the place of project c in the tie-breaking order, smaller wins. With a `guide`, a
    count at a smaller endowment, `same_path` tells whether every endowment between the two funds
    the same projects in the same order: money left grows with the endowment and rates fall, so
    it is enough that each winner at its guide's rate still beats all others at today's rates.
    """

    def __init__(
        self,
        support: Support,
        endowment: int,
        rank: Sequence[int],
        guide: "Count | None" = None,
    ) -> None:
        """Prepare money and bounds; `run` does the counting."""
        self.support, self.endowment, self.rank = support, endowment, rank
        self.money: FloatArray = np.full(len(support.weight), float(endowment))
        self.alive: NDArray[np.bool_] = np.ones(len(support.weight), dtype=np.bool_)
        self.error: FloatArray = np.full(len(support.weight), endowment * 2 * EPS)
        self.slack = endowment * 2 * EPS
        self.rounds: list[Round] = []
        self.ties: list[tuple[int, ...]] = []
        self.prices = Prices(self)
        self.guide = guide
        self.same_path = guide is not None
        self.free = [c for c in support.supported() if support.prices[c] == 0]
        self.queue = [
            (support.prices[c] / support.worth[c] * (1 - 4 * EPS), c)
            for c in support.supported()
            if support.prices[c] > 0
        ]
        heapify(self.queue)

    def run(self, *, give_up: bool = False) -> "Count":
        """Fund round by round. With `give_up`, stop where the guide's path is left."""
        while self.next_round() and (self.same_path or not give_up):
            pass
        if self.guide is not None and len(self.rounds) != len(self.guide.rounds):
            self.same_path = False
        return self

    @property
    def funded(self) -> list[int]:
        """The projects funded, in order; what costs nothing comes first."""
        return self.free + [stage.rate.project for stage in self.rounds]

    def history(self) -> list[tuple[int, Fraction]]:
        """List the funded projects that cost something, with their exact rates."""
        return [
            (self.rounds[n].rate.project, self.prices.of_round(n)) for n in range(len(self.rounds))
        ]

    def money_of(self, project: int) -> Fraction:
        """Sum exactly what a project's supporters have left after the last round."""
        support = self.support
        backers = support.backers[slice(*support.starts[project : project + 2])]
        self.history()
        held = self.prices.held(backers[self.alive[backers]])
        return Fraction(held, self.prices.bottom)

    def next_round(self) -> bool:
        """Fund the project with the smallest rate; False when none is affordable."""
        followed = self.followed()
        contenders, losers = self.contenders(-inf if followed is None else followed.high)
        best = min((rate.high for rate in contenders), default=inf)
        close = [rate for rate in contenders if rate.low <= best]
        losers += [rate for rate in contenders if rate.low > best]
        if len(close) > 1:
            close = [self.exactly(rate) for rate in close]
        winner = min(close, key=self.order, default=None)
        if winner is None:
            return False
        losers += [rate for rate in close if rate.project != winner.project]
        tied = tuple(rate.project for rate in close if rate.exact == winner.exact)
        self.ties += [tied] if len(tied) > 1 else []
        if self.same_path:
            self.same_path = self.follows(winner, followed, losers)
        for rate in losers:
            heappush(self.queue, (rate.low, rate.project))
        self.pay(winner)
        return True

    def order(self, rate: Rate) -> tuple[Fraction | float, int]:
        """Order projects: the smallest rate first, then the tie-breaking order."""
        return (rate.low if rate.exact is None else rate.exact, self.rank[rate.project])

    def exactly(self, rate: Rate) -> Rate:
        """Know a rate as a fraction."""
        if rate.exact is not None:
            return rate
        return self.certain(rate.project, self.prices.rate(self, rate))

    def certain(self, project: int, exact: Fraction) -> Rate:
        """Make a rate of an exact fraction."""
        near = float(exact)
        return Rate(near * (1 - 2 * EPS), near * (1 + 2 * EPS), project, exact)

    def followed(self) -> Rate | None:
        """Return the guide's rate in this round, while the path is still the same."""
        if self.guide is None or not self.same_path or len(self.rounds) == len(self.guide.rounds):
            return None
        return self.guide.rounds[len(self.rounds)].rate

    def follows(self, winner: Rate, followed: Rate | None, losers: list[Rate]) -> bool:
        """Check that the guide's winner, at the guide's rate, beats every other rate of today."""
        if self.guide is None or followed is None or followed.project != winner.project:
            return False
        limit = (
            self.guide.prices.of_round(len(self.rounds))
            if any(loser.low <= followed.high for loser in losers)
            else None
        )
        for loser in losers:
            if limit is not None and loser.low <= followed.high:
                if loser.high < followed.low:
                    return False
                rate = self.exactly(loser)
                if self.order(rate) < (limit, self.rank[winner.project]):
                    return False
        return True

    def contenders(self, at_least: float) -> tuple[list[Rate], list[Rate]]:
        """Evaluate projects until no other can have a rate below the best or `at_least`."""
        found: list[Rate] = []
        bounds: list[Rate] = []
        ceiling = inf
        while self.queue and self.queue[0][0] <= max(ceiling, at_least):
            low, project = heappop(self.queue)
            rate = self.evaluate(project, low, max(ceiling, at_least))
            if rate is None:
                continue
            if rate.high == inf and rate.low > max(ceiling, at_least):
                bounds.append(rate)
                continue
            found.append(rate)
            ceiling = min(ceiling, rate.high)
        return found, bounds

    def evaluate(self, project: int, low: float, ceiling: float) -> Rate | None:
        """Find a project's rate, or a lower bound above `ceiling`, or None: not affordable.

        Newton's method from below on a concave, piecewise linear sum of payments: every step is
        a lower bound, and it ends when the set of those who can pay in full no longer changes.
        """
        support = self.support
        span = slice(support.starts[project], support.starts[project + 1])
        money = self.money.take(support.backers[span])
        joy = None if support.joy is None else support.joy[span]
        weight = None if support.plain else support.weight.take(support.backers[span])
        price, scale = float(support.prices[project]), support.scale[project]
        have = float((money if weight is None else money * weight).sum())
        rounding = SUM_EPS * max(have, price)
        noise = support.votes[project] * self.slack + rounding
        if have + noise < price:
            return None
        if have - noise <= price:
            return self.borderline(project, low)
        share, before = low * scale, -1
        while True:
            asked = share if joy is None else share * joy
            paid = np.minimum(money, asked)
            rich = money > asked
            taken, slope = self.totals(paid, rich, joy, weight)
            if slope == 0:
                return self.borderline(project, share / scale)
            count = int(np.count_nonzero(rich))
            share = max(share, share + (price - taken) / slope)
            low = (share - noise / slope) / scale * (1 - 8 * EPS)
            if count == before:
                break
            if low > ceiling:
                return Rate(low, inf, project)
            before = count
        return self.bounded(project, share, slope, rounding, (money, joy, weight))

    def bounded(
        self, project: int, share: float, slope: float, rounding: float, backers: Backers
    ) -> Rate | None:
        """Enclose the rate: only money that is paid to the last coin carries an error into it."""
        money, joy, weight = backers
        scale = self.support.scale[project]
        groups = self.support.backers[slice(*self.support.starts[project : project + 2])]

        def noise_at(level: float) -> float:
            asked = level if joy is None else level * joy
            last = np.flatnonzero((money > 0) & (money <= asked + 2 * self.slack))
            error = self.error[groups[last]]
            return float((error if weight is None else error * weight[last]).sum()) + rounding

        noise = noise_at(share)
        below = share - noise / slope
        above = share + 1.25 * noise / slope
        rich = money > (above if joy is None else above * joy)
        if (above - share) * self.totals(rich, rich, joy, weight)[1] < noise_at(above):
            return self.borderline(project, below / scale)
        return Rate(below / scale * (1 - 8 * EPS), above / scale * (1 + 8 * EPS), project)

    @staticmethod
    def totals(
        paid: NDArray[np.generic],
        rich: NDArray[np.bool_],
        joy: IntArray | None,
        weight: IntArray | None,
    ) -> tuple[float, float]:
        """Sum what is paid, and how much more each further unit of rate would bring."""
        if weight is None:
            slope = np.count_nonzero(rich) if joy is None else joy[rich].sum()
            return float(paid.sum()), float(slope)
        heavy = weight[rich]
        slope = heavy.sum() if joy is None else heavy @ joy[rich]
        return float((paid * weight).sum()), float(slope)

    def borderline(self, project: int, low: float) -> Rate | None:
        """Decide exactly where floats cannot tell whether supporters have enough money."""
        exact = self.prices.rate_if_affordable(self, Rate(low * (1 - 8 * EPS), inf, project))
        return None if exact is None else self.certain(project, exact)

    def pay(self, winner: Rate) -> None:
        """Take the money: supporters pay rate x utility, or all they have left."""
        support, project = self.support, winner.project
        span = slice(support.starts[project], support.starts[project + 1])
        backers = support.backers[span]
        mine = self.alive[backers]
        backers = backers[mine]
        money = self.money[backers]
        joy = np.int64(1) if support.joy is None else support.joy[span][mine]
        scale = support.scale[project]
        error = self.error[backers]
        drained = money + error <= winner.low * scale * joy * (1 - 2 * EPS)
        unsure = ~drained & (money - error <= winner.high * scale * joy * (1 + 2 * EPS))
        if unsure.any():
            winner = self.exactly(winner)
            where = np.flatnonzero(unsure)
            drained[where] = self.prices.poor(self, winner, backers[where], where, mine)
        middle = (winner.low + winner.high) / 2 * scale
        self.money[backers] = np.where(drained, 0.0, money - middle * joy)
        self.alive[backers[drained]] = False
        rich = backers[~drained]
        worth = support.weight[rich] * (joy if support.joy is None else joy[~drained])
        error += (winner.high - winner.low) * 0.6 * scale * joy + 4 * EPS * self.endowment
        self.error[backers] = error
        self.slack = max(self.slack, float(error.max(initial=0)))
        self.rounds.append(Round(winner, int(worth.sum()), backers[drained]))
        if self.slack > DULL * self.endowment:
            self.sharpen()

    def sharpen(self) -> None:
        """Work out all money anew from exact shares, when error bounds have grown too wide."""
        support = self.support
        self.money[self.alive] = float(self.endowment)
        most = 1.0
        for number, stage in enumerate(self.rounds):
            share = float(self.prices.share(number))
            span = slice(*support.starts[stage.rate.project : stage.rate.project + 2])
            backers = support.backers[span]
            joy = np.int64(1) if support.joy is None else support.joy[span]
            self.money[backers] -= np.where(self.alive[backers], share * joy, 0.0)
            most += 2.0
        self.slack = 2 * most * EPS * self.endowment
        self.error[:] = self.slack
