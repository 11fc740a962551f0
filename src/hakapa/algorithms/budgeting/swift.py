"""The same count with its loops over supporters compiled: for raises of large elections."""

from collections.abc import Sequence
from math import inf

import numpy as np
from typing_extensions import override

from hakapa.algorithms.budgeting.backing import EPS, Rate, certain
from hakapa.algorithms.budgeting.kernels import KNOWN, POOR, find_rate, take_money, tell_payers
from hakapa.algorithms.budgeting.rounds import Count, Round
from hakapa.algorithms.budgeting.support import Support


class SwiftCount(Count):
    """A count where every supporter weighs 1 and gains 1 (see `Support.simple`)."""

    def __init__(
        self,
        support: Support,
        endowment: int,
        rank: Sequence[int],
        guide: Count | None = None,
    ) -> None:
        """Make room for the supporters of one project."""
        super().__init__(support, endowment, rank, guide)
        most = max((backing.groups.size for backing in self.backings), default=0)
        self.purse, self.newly = np.empty(most), np.empty(most, dtype=np.intp)

    @override
    def evaluate(self, project: int, low: float, ceiling: float) -> Rate | None:
        backing = self.backings[project]
        verdict, least, most, ease = find_rate(
            self.money, backing.groups, backing.price, backing.scale,
            self.slack, low, ceiling, self.purse,
        )  # fmt: skip
        if verdict == KNOWN:
            return Rate(least, most, project, None, ease)
        if verdict == POOR:
            self.foresight.drop(project, least)
            return None
        exact = self.prices.rate(Rate(low * (1 - 8 * EPS), inf, project))
        return None if exact is None else certain(project, exact)

    @override
    def pay(self, winner: Rate) -> None:
        backing = self.backings[winner.project]
        sure = winner.low * backing.scale * (1 - 4 * EPS) - self.slack
        most = winner.high * backing.scale * (1 + 4 * EPS) + self.slack
        between, payers, last, left, doubts = tell_payers(
            self.money, self.error, backing.groups, sure, most, self.newly
        )
        if between:
            super().pay(winner)
            return
        newly, rounding = self.newly[:last].copy(), (last + 8) * EPS
        winner, share, doubt = self.settled(winner, payers, left, doubts, rounding)
        coin = EPS * self.endowment
        take_money(self.money, self.error, backing.groups, sure, share, coin, doubt)
        self.note_payment(Round(winner, newly, payers), doubt)
