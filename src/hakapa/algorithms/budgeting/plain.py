"""The same count written as the definition reads, all in fractions: slow, short, any size.

It decides when figures are too large for floats, and the tests hold the fast count against it.
"""

from collections.abc import Sequence
from fractions import Fraction

from hakapa.algorithms.budgeting.support import Support

Rates = dict[int, Fraction]


class PlainCount:
    """A count at one endowment; see `rounds.Count` for the rule and for what a guide is."""

    def __init__(
        self,
        support: Support,
        endowment: int,
        rank: Sequence[int],
        guide: "PlainCount | None" = None,
    ) -> None:
        """Give every group its money; `run` does the counting."""
        self.support, self.endowment, self.rank = support, endowment, rank
        self.money = dict.fromkeys(range(len(support.weight)), Fraction(endowment))
        self.waiting = {c for c in support.supported() if support.prices[c] > 0}
        free = [c for c in support.supported() if support.prices[c] == 0]
        self.free = sorted(free, key=rank.__getitem__)
        self.paid: list[tuple[int, Fraction]] = []
        self.ties: list[tuple[int, ...]] = []
        self.guide = guide
        self.same_path = guide is not None

    @property
    def funded(self) -> list[int]:
        """The projects funded, in order; what costs nothing comes first."""
        return self.free + [project for project, _ in self.paid]

    def history(self) -> list[tuple[int, Fraction]]:
        """List the funded projects that cost something, with their rates."""
        return self.paid

    def money_of(self, project: int) -> Fraction:
        """Sum exactly what a project's supporters have left after the last round."""
        backers = backers_of(self.support, project)
        return sum((weight * self.money[group] for group, weight, _ in backers), Fraction(0))

    def run(self, *, give_up: bool = False) -> "PlainCount":
        """Fund round by round. With `give_up`, stop where the guide's path is left."""
        while rates := self.rates():
            winner = min(rates, key=lambda c: (rates[c], self.rank[c]))
            self.same_path = self.same_path and self.follows(winner, rates)
            if give_up and not self.same_path:
                break
            tied = tuple(sorted(c for c, rate in rates.items() if rate == rates[winner]))
            self.ties += [tied] if len(tied) > 1 else []
            self.pay(winner, rates[winner])
        if self.guide is not None and len(self.paid) != len(self.guide.paid):
            self.same_path = False
        return self

    def forget_guide(self) -> None:
        """Let go of the earlier count, so that counts do not hold each other in a chain."""
        self.guide = None

    def rates(self) -> Rates:
        """Return the rates of what supporters can pay for now."""
        found = {c: plain_rate(self.support, c, self.money) for c in self.waiting}
        rates = {c: rate for c, rate in found.items() if rate is not None}
        self.waiting &= rates.keys()  # money only shrinks: what cannot be paid now never can
        return rates

    def follows(self, winner: int, rates: Rates) -> bool:
        """Check that the guide's winner, at the guide's rate, beats every other rate of today.

        A twin, of the same price and with the same supporters, has the winner's rate at every
        endowment, and so stays behind it in the tie-breaking order.
        """
        if self.guide is None or len(self.paid) == len(self.guide.paid):
            return False
        project, limit = self.guide.paid[len(self.paid)]
        return project == winner and all(
            (limit, self.rank[winner]) < (rate, self.rank[c])
            for c, rate in rates.items()
            if not self.are_twins(c, winner)
        )

    def are_twins(self, one: int, other: int) -> bool:
        """Tell whether two projects cost the same and mean the same to the same supporters."""
        looks = (
            (self.support.prices[c], self.support.scale[c], backers_of(self.support, c))
            for c in (one, other)
        )
        return next(looks) == next(looks)

    def pay(self, winner: int, rate: Fraction) -> None:
        """Take the money: supporters pay rate x utility, or all they have left."""
        for group, _, joy in backers_of(self.support, winner):
            asked = rate * self.support.scale[winner] * joy
            self.money[group] -= min(self.money[group], asked)
        self.waiting.remove(winner)
        self.paid.append((winner, rate))


def plain_rate(support: Support, project: int, money: dict[int, Fraction]) -> Fraction | None:
    """Return the rate at which supporters can pay for a project, None when they cannot."""
    scale = support.scale[project]
    backers = sorted(backers_of(support, project), key=lambda b: money[b[0]] / b[2])
    left = Fraction(support.prices[project])
    worth = sum(weight * joy for _, weight, joy in backers)
    for group, weight, joy in backers:
        if left * joy <= money[group] * worth:
            return left / (worth * scale)
        left -= weight * money[group]
        worth -= weight * joy
    return None


def backers_of(support: Support, project: int) -> list[tuple[int, int, int]]:
    """List a project's supporters: group, weight, joy."""
    span = slice(support.starts[project], support.starts[project + 1])
    groups = support.backers[span].tolist()
    joys = [1] * len(groups) if support.joy is None else support.joy[span].tolist()
    weights = support.weight[support.backers[span]].tolist()
    return list(zip(groups, weights, joys, strict=True))
