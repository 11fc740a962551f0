"""Who supports what, and how much, in integers: the one input of every rule.

Money is counted in a unit so fine that every figure is whole. Voters with the same ballot are one
group. A group of weight w stands for w equal voters: it brings w endowments and w utilities.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import lcm
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.budgeting.election import POINTED, Ballots, Election, IntArray
from hakapa.algorithms.errors import BadInputError

UTILITIES = ("cost", "cardinality", "score", "borda")

Kept: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Entries:
    """Who supports which project, by project and by group.

    starts (projects + 1), backers (entries, group numbers), joy (entries, whole numbers above 0,
    or None when every one is 1): by project. row_starts, row_projects, row_joy: the same by group.
    """

    starts: IntArray
    backers: IntArray
    joy: IntArray | None
    row_starts: IntArray
    row_projects: IntArray
    row_joy: IntArray | None


@dataclass(frozen=True, eq=False)
class Money:
    """What projects cost and voters have, in whole numbers.

    costs, budget: in 1 / money_scale of the currency. prices, endowment: in 1 / fineness of the
    currency, a unit in which each unit of weight has exactly `endowment`; `unit` is the step of
    Add1 in it. Utility of project c is joy x scale[c].
    """

    costs: tuple[int, ...]
    budget: int
    money_scale: int
    prices: tuple[int, ...]
    endowment: int
    unit: int
    fineness: int
    scale: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Support(Money, Entries):
    """The supporters of each project, what a project is worth to them, and what they have.

    weight (groups): whole, in 1 / weight_scale. group_of (voters): each voter's group. votes and
    worth (projects): sums over the supporters of weight, and of weight x utility.
    """

    weight: IntArray
    weight_scale: int
    group_of: IntArray
    votes: tuple[int, ...]
    worth: tuple[int, ...]

    @cached_property
    def plain(self) -> bool:
        """Tell whether every group weighs 1, so that weights need not be multiplied."""
        return bool((self.weight == 1).all())

    @property
    def simple(self) -> bool:
        """Tell whether every supporter weighs 1 and every entry on a ballot gives a joy of 1."""
        return self.plain and self.joy is None

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
    """Translate ballots into supporters; `step` is the raise that Add1 uses, in currency.

    Raises BadInputError when the ballots cannot express the utility.
    """
    election = _unmerged(election)
    entries = _entries(election, utility)
    sums, weight_scale = election.ballot_weights()
    if sum(sums) * max(len(election.projects), 1) >= 2**62:
        raise BadInputError(election.source, 1, "the weights are too large or too finely divided")
    weight = np.array(sums, dtype=np.int64)
    votes, worth = _sums(weight, entries)
    money = _money(election, utility, step, sum(sums), weight_scale)
    return Support(
        **vars(entries),
        **vars(money),
        weight=weight,
        weight_scale=weight_scale,
        group_of=election.ballot_of,
        votes=votes,
        worth=tuple(value * factor for value, factor in zip(worth, money.scale, strict=True)),
    )


def _entries(election: Election, utility: str) -> Entries:
    joy, kept = _joy(election, utility)
    ballots, count = election.ballots, len(election.projects)
    order = ballots.by_project if kept is None else ballots.by_project[kept[ballots.by_project]]
    return Entries(
        starts=np.searchsorted(ballots.chosen[order], np.arange(count + 1)),
        backers=ballots.owner[order],
        joy=None if joy is None else joy[order],
        row_starts=_kept_starts(ballots.starts, kept),
        row_projects=ballots.chosen if kept is None else ballots.chosen[kept],
        row_joy=joy if joy is None or kept is None else joy[kept],
    )


def _money(election: Election, utility: str, step: Fraction, total: int, finer: int) -> Money:
    costs = [project.cost for project in election.projects]
    scale = lcm(step.denominator, *(f.denominator for f in [election.budget, *costs]))
    whole = tuple(int(cost * scale) for cost in costs)
    budget = int(election.budget * scale)
    return Money(
        costs=whole,
        budget=budget,
        money_scale=scale,
        prices=tuple(cost * total * finer for cost in whole),
        endowment=budget * finer,
        unit=int(step * scale) * total,
        fineness=scale * total * finer,
        scale=whole if utility == "cost" else (1,) * len(whole),
    )


def _unmerged(election: Election) -> Election:
    """Give every voter an own ballot when most have one: counting without weights is faster."""
    ballots, voters = election.ballots, election.ballot_of
    many = len(voters) // 2 <= len(ballots) < len(voters)
    if election.weights is not None or not many:
        return election
    lengths = np.diff(ballots.starts)[voters]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    entries = np.arange(starts[-1]) - np.repeat(starts[:-1] - ballots.starts[voters], lengths)
    own = Ballots(
        starts,
        ballots.chosen[entries],
        None if ballots.points is None else ballots.points[entries],
        ballots.points_unit,
    )
    return replace(election, ballots=own, ballot_of=np.arange(len(voters), dtype=np.int32))


def _joy(election: Election, utility: str) -> tuple[IntArray | None, Kept | None]:
    """Return the worth of each ballot entry, and which entries count when not all do."""
    ballots = election.ballots
    points = ballots.points if election.vote_type in POINTED or utility == "score" else None
    least = 1 if utility == "score" else 0  # as Pabulib counts: named with 0 points is a vote
    if utility == "score" and points is None and election.vote_type == "ordinal":
        raise BadInputError(election.source, 1, "these rankings have no points: use borda")
    kept = None
    if points is not None and (points < least).any():
        kept = points >= least
    if utility == "score":
        return points, kept
    if utility == "borda":
        return _borda(election)
    return None, kept


def _borda(election: Election) -> tuple[IntArray, Kept | None]:
    """Give first place projects - 1 points, the next one less, and what is not ranked none."""
    if election.vote_type != "ordinal":
        reason = f"borda needs rankings, and the vote type is {election.vote_type}"
        raise BadInputError(election.source, 1, reason)
    ballots, count = election.ballots, len(election.projects)
    place = np.arange(len(ballots.chosen)) - ballots.starts[ballots.owner]
    joy = np.maximum(count - 1, 1) - place
    return joy, joy > 0 if (joy <= 0).any() else None


def _kept_starts(starts: IntArray, kept: Kept | None) -> IntArray:
    if kept is None:
        return starts
    return np.concatenate([[0], np.cumsum(kept)])[starts]


def _sums(weight: IntArray, entries: Entries) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sum weight and weight x joy over each project's supporters, without rounding."""
    starts, joy, heavy = entries.starts, entries.joy, weight[entries.backers]
    votes = _per_project(heavy, starts)
    if joy is None:
        return votes, votes
    if int(joy.max(initial=0)) * int(weight.sum()) * len(starts) < 2**62:
        return votes, _per_project(heavy * joy, starts)
    exact = [w * j for w, j in zip(heavy.tolist(), joy.tolist(), strict=True)]
    return votes, tuple(sum(exact[low:high]) for low, high in pairwise(starts.tolist()))


def _per_project(values: IntArray, starts: IntArray) -> tuple[int, ...]:
    running = np.concatenate([[0], np.cumsum(values)])
    return tuple((running[starts[1:]] - running[starts[:-1]]).tolist())
