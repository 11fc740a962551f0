"""Who supports what, and how much, in integers: the one input of every rule.

Money is counted in a unit so fine that every figure is whole. Voters with the same ballot are one
group. A group of weight w stands for w equal voters: it brings w endowments and w utilities.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from hakapa.algorithms.budgeting.election import POINTED, Election, IntArray
from hakapa.algorithms.errors import BadInputError

UTILITIES = ("cost", "cardinality", "score", "borda")


@dataclass(frozen=True, eq=False)
class Support:
    """The supporters of each project, and what a project is worth to them.

    starts (projects + 1), backers (entries, group numbers), joy (entries, whole numbers above 0,
    or None when every one is 1): by project. row_starts, row_projects, row_joy: the same by group.
    A group's utility of project c is joy x scale[c]. `weight` (groups) is whole.
    Money: `unit` is one whole unit of currency for one voter of weight 1; `prices` and `endowment`
    are in the same fine unit, in which all voters of weight share `endowment` per unit of weight.
    """

    starts: IntArray
    backers: IntArray
    joy: IntArray | None
    row_starts: IntArray
    row_projects: IntArray
    row_joy: IntArray | None
    weight: IntArray
    scale: tuple[int, ...]
    prices: tuple[int, ...]
    endowment: int
    unit: int
    fineness: int
    costs: tuple[int, ...]
    budget: int
    money_scale: int
    votes: tuple[int, ...]
    worth: tuple[int, ...]
    weight_scale: int

    @cached_property
    def plain(self) -> bool:
        """Tell whether every group weighs 1, so that weights need not be multiplied."""
        return bool((self.weight == 1).all())

    def fits_floats(self, endowment: int) -> bool:
        """Tell whether all sums stay within what floats and 64-bit integers can hold."""
        utility = max((w // f for w, f in zip(self.worth, self.scale, strict=True) if f), default=0)
        largest = max(*self.prices, *self.scale, endowment, 0)
        return utility < 2**53 and largest < 10**250

    def supported(self) -> list[int]:
        """Return the projects that somebody supports."""
        return [number for number, votes in enumerate(self.votes) if votes]

    def cost_of(self, projects: list[int]) -> int:
        """Sum the costs, in the scale of `costs` and `budget`."""
        return sum(self.costs[number] for number in projects)


def support_of(election: Election, utility: str, step: Fraction = Fraction(1)) -> Support:
    """Translate ballots into supporters; `step` is the raise that Add1 uses, one currency unit.

    Raises BadInputError when the ballots cannot express the utility.
    """
    joy, kept = _joy(election, utility)
    ballots, count = election.ballots, len(election.projects)
    order = ballots.by_project
    if kept is not None:
        order = order[kept[order]]
    starts = np.searchsorted(ballots.chosen[order], np.arange(count + 1))
    row_projects = ballots.chosen if kept is None else ballots.chosen[kept]
    sums, weight_scale = election.ballot_weights()
    if sum(sums) * max(count, 1) >= 2**62:
        raise BadInputError(election.source, 1, "the weights are too large or too finely divided")
    weight = np.array(sums, dtype=np.int64)
    backers = ballots.owner[order]
    votes, worth = _sums(weight, backers, starts, None if joy is None else joy[order])
    costs = [project.cost for project in election.projects]
    money_scale = lcm(step.denominator, *(f.denominator for f in [election.budget, *costs]))
    whole = tuple(int(cost * money_scale) for cost in costs)
    total, budget = sum(sums), int(election.budget * money_scale)
    scale = whole if utility == "cost" else (1,) * count
    return Support(
        starts=starts,
        backers=backers,
        joy=None if joy is None else joy[order],
        row_starts=_kept_starts(ballots.starts, kept),
        row_projects=row_projects,
        row_joy=joy if joy is None or kept is None else joy[kept],
        weight=weight,
        scale=scale,
        prices=tuple(cost * total * weight_scale for cost in whole),
        endowment=budget * weight_scale,
        unit=int(step * money_scale) * total,
        fineness=money_scale * total * weight_scale,
        costs=whole,
        budget=budget,
        money_scale=money_scale,
        votes=votes,
        worth=tuple(value * factor for value, factor in zip(worth, scale, strict=True)),
        weight_scale=weight_scale,
    )


def _joy(election: Election, utility: str) -> tuple[IntArray | None, IntArray | None]:
    """Return the worth of each ballot entry, and which entries count when not all do."""
    ballots = election.ballots
    points = ballots.points if election.vote_type in POINTED or utility == "score" else None
    if utility == "score" and points is None and election.vote_type == "ordinal":
        raise BadInputError(election.source, 1, "these rankings have no points: use borda")
    kept = None
    if points is not None and (points <= 0).any():
        kept = points > 0
    if utility == "score":
        return points, kept
    if utility == "borda":
        return _borda(election)
    return None, kept


def _borda(election: Election) -> tuple[IntArray, IntArray | None]:
    """Give first place projects - 1 points, the next one less, and what is not ranked none."""
    if election.vote_type != "ordinal":
        reason = f"borda needs rankings, and the vote type is {election.vote_type}"
        raise BadInputError(election.source, 1, reason)
    ballots, count = election.ballots, len(election.projects)
    place = np.arange(len(ballots.chosen)) - ballots.starts[ballots.owner]
    joy = np.maximum(count - 1, 1) - place
    return joy, joy > 0 if (joy <= 0).any() else None


def _kept_starts(starts: IntArray, kept: IntArray | None) -> IntArray:
    if kept is None:
        return starts
    return np.concatenate([[0], np.cumsum(kept)])[starts]


def _sums(
    weight: IntArray, backers: IntArray, starts: IntArray, joy: IntArray | None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sum weight and weight x joy over each project's supporters, without rounding."""
    heavy = weight[backers]
    votes = _per_project(heavy, starts)
    if joy is None:
        return votes, votes
    if int(joy.max(initial=0)) * int(weight.sum()) * len(starts) < 2**62:
        return votes, _per_project(heavy * joy, starts)
    exact = [int(w) * int(j) for w, j in zip(heavy.tolist(), joy.tolist(), strict=True)]
    return votes, tuple(
        sum(exact[low:high])
        for low, high in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    )


def _per_project(values: IntArray, starts: IntArray) -> tuple[int, ...]:
    running = np.concatenate([[0], np.cumsum(values)])
    return tuple((running[starts[1:]] - running[starts[:-1]]).tolist())
