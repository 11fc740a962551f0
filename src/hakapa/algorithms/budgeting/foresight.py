"""What an earlier count at a smaller endowment tells about this one.

Two facts hold while both counts fund the same projects in the same order. Every group's money is
at least what it was then, and every rate at most. And no group gained more than `gains`: the rise
of the endowment plus what it saved on lower rates.

From the first: when each winner at its earlier rate still beats all others at today's rates, every
endowment between the two takes the same path (`same_path`), so none of them need be counted.
From the second: an earlier lower bound, lowered by what the gain can do to it, is one today, and
most projects need not be looked at again.
"""

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from hakapa.algorithms.budgeting.backing import EPS, Rate

if TYPE_CHECKING:
    from hakapa.algorithms.budgeting.rounds import Count


class Bound(NamedTuple):
    """A bound found before round `number`, `gain` units of money per unit of weight ago.

    `low` is the lower bound of a rate, or in `drops` the most money that supporters had.
    """

    number: int
    low: float
    ease: float
    gain: float


class Foresight:
    """The guide of one count, and the bounds that this count can pass on."""

    def __init__(self, count: "Count", guide: "Count | None") -> None:
        """Start with both counts before their first round."""
        self.count, self.guide = count, guide
        self.same_path = guide is not None
        self.bounds: list[list[Bound]] = [[] for _ in count.support.prices]
        self.drops: dict[int, Bound] = {}
        self.gains = [] if guide is None else [float(count.endowment - guide.endowment)]

    def followed(self) -> Rate | None:
        """Return the guide's rate in the coming round, while the path is still the same."""
        number = len(self.count.rounds)
        if self.guide is None or not self.same_path or number >= len(self.guide.rounds):
            return None
        return self.guide.rounds[number].rate

    def followed_high(self) -> float:
        """Return how far rates must be known to tell whether the path stays the same."""
        rate = self.followed()
        return -inf if rate is None else rate.high

    def bound(self, project: int) -> float:
        """Return the best lower bound of a project's rate that the guide can give."""
        if self.guide is None:
            return -inf
        for known in reversed(self.guide.foresight.bounds[project]):
            if known.number < len(self.gains):
                gain = (known.gain + self.gains[known.number]) * (1 + 8 * EPS)
                passed = Bound(known.number, known.low, known.ease, gain)
                mine = self.bounds[project]
                if not mine or mine[-1].number < known.number:
                    mine.append(passed)
                return known.low - known.ease * gain * (1 + 8 * EPS) - 8 * EPS * known.low
        return -inf

    def unaffordable(self, project: int) -> bool:
        """Tell whether supporters were so poor in the guide that they still are, gains included."""
        if self.guide is None:
            return False
        known = self.guide.foresight.drops.get(project)
        if known is None or known.number >= len(self.gains):
            return False
        backing = self.count.backings[project]
        gain = (known.gain + self.gains[known.number]) * (1 + 8 * EPS)
        if known.low + backing.votes * gain * (1 + 8 * EPS) >= backing.price * (1 - 8 * EPS):
            return False
        self.drops[project] = Bound(known.number, known.low, 0.0, gain)
        return True

    def drop(self, project: int, money: float) -> None:
        """Keep how much money, at most, the supporters had when it was not enough."""
        self.drops[project] = Bound(len(self.count.rounds), money, 0.0, 0.0)

    def remember(self, rate: Rate) -> None:
        """Keep a lower bound found in this count."""
        if rate.ease < inf:
            number = len(self.count.rounds)
            self.bounds[rate.project].append(Bound(number, rate.low, rate.ease, 0.0))

    def compare(self, winner: Rate, losers: list[Rate]) -> None:
        """Compare the coming round with the guide's."""
        if self.same_path:
            self.same_path = self.follows(winner, losers)

    def advance(self) -> None:
        """After a round that the guide had too, tell how much more any group may have now."""
        number = len(self.count.rounds)
        if self.guide is None or len(self.gains) != number or number > len(self.guide.rounds):
            return
        mine, before = self.count.rounds[-1].rate, self.guide.rounds[number - 1].rate
        if before.project == mine.project:
            backing = self.count.backings[mine.project]
            saved = max(0.0, before.high - mine.low) * backing.scale * backing.most_joy
            self.gains.append((self.gains[-1] + saved) * (1 + 8 * EPS))

    def follows(self, winner: Rate, losers: list[Rate]) -> bool:
        """Check that the guide's winner, at the guide's rate, beats every other rate of today."""
        before = self.followed()
        if self.guide is None or before is None or before.project != winner.project:
            return False
        near = [rate for rate in losers if rate.low <= before.high]
        if any(rate.high < before.low for rate in near):
            return False
        if not near:
            return True
        limit = (self.guide.prices.rate_of(len(self.count.rounds)), self.count.rank[winner.project])
        return all(limit < self.count.order(self.count.exactly(rate)) for rate in near)

    def end(self) -> None:
        """Compare the ends: the path is the same only if both counts had as many rounds."""
        if self.guide is not None and len(self.count.rounds) != len(self.guide.rounds):
            self.same_path = False
