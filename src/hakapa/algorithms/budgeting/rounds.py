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

import numpy as np

from hakapa.algorithms.budgeting.backing import (
    EPS,
    SUM_EPS,
    Backing,
    Groups,
    Rate,
    backings,
    certain,
)
from hakapa.algorithms.budgeting.election import FloatArray
from hakapa.algorithms.budgeting.exact import Prices
from hakapa.algorithms.budgeting.foresight import Foresight
from hakapa.algorithms.budgeting.support import Support

DULL = 1e-8  # sharpen when a voter's money is less sure than this part of the endowment


@dataclass(frozen=True, eq=False)
class Round:
    """One project funded: at which rate, who had no money left after it, what the others pay."""

    rate: Rate
    drained: Groups
    payers_left: int


class Count:
    """A count at one endowment; `rounds` tells afterwards what happened, in order.

    `rank[c]` is the place of project c in the tie-breaking order, smaller wins. `guide` is a count
    at a smaller endowment: see `Foresight`. A group has money above 0 as long as it is not drained.
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
        self.backings: list[Backing] = guide.backings if guide is not None else backings(support)
        self.money: FloatArray = np.full(len(support.weight), float(endowment))
        self.slack = endowment * 2 * EPS
        self.error: FloatArray = np.full(len(support.weight), self.slack)
        self.rounds: list[Round] = []
        self.ties: list[tuple[int, ...]] = []
        self.prices = Prices(self)
        self.foresight = Foresight(self, guide)
        free = [c for c in support.supported() if support.prices[c] == 0]
        self.free = sorted(free, key=rank.__getitem__)
        paid = [c for c in support.supported() if support.prices[c] > 0]
        self.twins: dict[int, list[int]] = {}
        for c in sorted(paid, key=rank.__getitem__, reverse=True):
            self.twins.setdefault(self.backings[c].kind, []).append(c)
        first = [twins.pop() for twins in self.twins.values()]
        self.queue = [(support.prices[c] / support.worth[c] * (1 - 4 * EPS), c) for c in first]
        heapify(self.queue)

    def run(self, *, give_up: bool = False) -> "Count":
        """Fund round by round. With `give_up`, stop where the guide's path is left."""
        while self.next_round() and (self.same_path or not give_up):
            pass
        self.foresight.end()
        return self

    def forget_guide(self) -> None:
        """Let go of the earlier count, so that counts do not hold each other in a chain."""
        self.foresight.guide = None

    @property
    def same_path(self) -> bool:
        """Tell whether all endowments from the guide's to this one lead to the same rounds."""
        return self.foresight.same_path

    @property
    def funded(self) -> list[int]:
        """The projects funded, in order; what costs nothing comes first."""
        return self.free + [stage.rate.project for stage in self.rounds]

    def history(self) -> list[tuple[int, Fraction]]:
        """List the funded projects that cost something, with their exact rates."""
        return [(stage.rate.project, self.prices.rate_of(n)) for n, stage in enumerate(self.rounds)]

    def money_of(self, project: int) -> Fraction:
        """Sum exactly what a project's supporters have left after the last round."""
        groups = self.backings[project].groups
        self.history()
        return Fraction(self.prices.held(groups[self.money[groups] > 0]), self.prices.bottom)

    def next_round(self) -> bool:
        """Fund the project with the smallest rate; False when none is affordable."""
        contenders, losers = self.contenders(self.foresight.followed_high())
        best = min((rate.high for rate in contenders), default=inf)
        close = [rate for rate in contenders if rate.low <= best]
        losers += [rate for rate in contenders if rate.low > best]
        if len(close) > 1:
            close = [self.exactly(rate) for rate in close]
        winner = min(close, key=self.order, default=None)
        if winner is None:
            return False
        losers += [rate for rate in close if rate.project != winner.project]
        self.note_tie([rate.project for rate in close if rate.exact == winner.exact])
        self.foresight.compare(winner, losers)
        for rate in losers:
            heappush(self.queue, (rate.low, rate.project))
        self.pay(winner)
        self.foresight.advance()
        if twins := self.twins[self.backings[winner.project].kind]:
            heappush(self.queue, (winner.low, twins.pop()))
        return True

    def note_tie(self, tied: list[int]) -> None:
        """Remember which projects had exactly the same rate; twins of a project always have."""
        tied += [twin for c in list(tied) for twin in self.twins[self.backings[c].kind]]
        self.ties += [tuple(sorted(tied))] if len(tied) > 1 else []

    def order(self, rate: Rate) -> tuple[Fraction | float, int]:
        """Order projects: the smallest rate first, then the tie-breaking order."""
        return (rate.low if rate.exact is None else rate.exact, self.rank[rate.project])

    def exactly(self, rate: Rate) -> Rate:
        """Know a rate as a fraction."""
        return rate if rate.exact is not None else self.prices.affordable(rate)

    def contenders(self, at_least: float) -> tuple[list[Rate], list[Rate]]:
        """Evaluate projects until no other can have a rate below the best or `at_least`."""
        found: list[Rate] = []
        bounds: list[Rate] = []
        ceiling = inf
        while self.queue and self.queue[0][0] <= max(ceiling, at_least):
            low, project = heappop(self.queue)
            if self.foresight.unaffordable(project):
                continue
            foreseen = self.foresight.bound(project)
            if foreseen > max(ceiling, at_least):
                bounds.append(Rate(foreseen, inf, project))
                continue
            rate = self.evaluate(project, max(low, foreseen), max(ceiling, at_least))
            if rate is None:
                continue
            self.foresight.remember(rate)
            if rate.high == inf:
                bounds.append(rate)
            else:
                found.append(rate)
                ceiling = min(ceiling, rate.high)
        return found, bounds

    def evaluate(self, project: int, low: float, ceiling: float) -> Rate | None:
        """Find a project's rate, or a lower bound above `ceiling`, or None: not affordable."""
        backing = self.backings[project]
        money = self.money.take(backing.groups)
        have = backing.weigh(money)
        noise = backing.votes * self.slack + SUM_EPS * max(have, backing.price)
        if have + noise < backing.price:
            self.foresight.drop(project, have + noise)
            return None
        rate = None
        if have - noise > backing.price:
            rate = backing.rate(money, noise, low, ceiling)
        if rate is not None:
            return rate
        exact = self.prices.rate(Rate(low * (1 - 8 * EPS), inf, project))
        return None if exact is None else certain(project, exact)

    def pay(self, winner: Rate) -> None:
        """Take the money: supporters pay share x joy, or all they have left."""
        backing = self.backings[winner.project]
        groups = backing.groups
        money, errors = self.money.take(groups), self.error.take(groups)
        drained = money <= backing.asked(winner.low * backing.scale * (1 - 4 * EPS)) - self.slack
        most = backing.asked(winner.high * backing.scale * (1 + 4 * EPS)) + self.slack
        if np.count_nonzero(money <= most) > np.count_nonzero(drained):
            unsure = np.flatnonzero(~drained & (money <= most))
            winner = self.exactly(winner)
            drained[unsure] = self.prices.poor(winner, unsure)
        rich = ~drained
        payers = backing.slope(rich)[1]
        newly = np.flatnonzero(drained & (money > 0))
        left, doubts = (backing.weigh_some(figures, newly) for figures in (money, errors))
        winner, share, doubt = self.settled(winner, payers, left, doubts, SUM_EPS)
        coin = EPS * self.endowment
        self.money[groups] = np.maximum(money - backing.asked(share), coin) * rich
        self.error[groups] = errors + doubt
        self.note_payment(Round(winner, groups[newly], int(payers)), doubt)

    def settled(
        self, winner: Rate, payers: float, left: float, doubts: float, rounding: float
    ) -> tuple[Rate, float, float]:
        """Return the winner's rate, share, and a bound on the error of what is left after paying.

        Who pays in full is known: only `left`, the money of those who pay their last, can be wrong,
        by `doubts` and the rounding of its sum.
        """
        backing, coin = self.backings[winner.project], EPS * self.endowment
        if winner.exact is not None:
            share = float(winner.exact * self.support.scale[winner.project])
            return winner, share, 4 * EPS * share * backing.most_joy + 4 * coin
        share = (backing.price - left) / payers
        doubt = (doubts + rounding * 2 * backing.price) / payers * (1 + 8 * EPS)
        low = (share - doubt) / backing.scale * (1 - 8 * EPS)
        high = (share + doubt) / backing.scale * (1 + 8 * EPS)
        known = Rate(low, high, winner.project, None, winner.ease)
        return known, share, doubt * backing.most_joy + 4 * coin

    def note_payment(self, stage: Round, doubt: float) -> None:
        """Keep a round, and how much less sure everybody's money is after it."""
        self.rounds.append(stage)
        self.slack += doubt
        if self.slack > DULL * self.endowment:
            self.slack = float(self.error.max())
        if self.slack > DULL * self.endowment:
            self.sharpen()

    def sharpen(self) -> None:
        """Work out all money anew from exact shares, when error bounds have grown too wide."""
        alive = self.money > 0
        money = np.full(len(alive), float(self.endowment))
        for number, stage in enumerate(self.rounds):
            backing = self.backings[stage.rate.project]
            money[backing.groups] -= backing.asked(float(self.prices.share(number)))
        coin = EPS * self.endowment
        self.money = np.where(alive, np.maximum(money, coin), 0.0)
        self.slack = (4 * len(self.rounds) + 4) * coin
        self.error[:] = self.slack
