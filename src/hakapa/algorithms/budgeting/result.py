"""Decide a funding round by a named rule, and know afterwards why it went as it did."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from hakapa.algorithms.budgeting.completions import COMPLETIONS, AnyCount, Completed, complete
from hakapa.algorithms.budgeting.election import Election, FloatArray, IntArray
from hakapa.algorithms.budgeting.greedy import by_cost_effectiveness, by_votes
from hakapa.algorithms.budgeting.support import UTILITIES, Support, support_of
from hakapa.algorithms.budgeting.ties import TIE_RULES, tie_ranks

RULES = ("equal-shares", "greedy-votes", "greedy-cost-effectiveness")
GREEDY = {"greedy-votes": by_votes, "greedy-cost-effectiveness": by_cost_effectiveness}


@dataclass(frozen=True)
class Terms:
    """What must be agreed before voting: rule, utility, completion, ties, the step of Add1."""

    rule: str = "equal-shares"
    utility: str = "cost"
    completion: str = "none"
    ties: str = "cheapest"
    seed: int = 0
    step: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        """Refuse names that mean nothing, with ValueError."""
        for what, value, known in (
            ("rule", self.rule, RULES),
            ("utility", self.utility, UTILITIES),
            ("completion", self.completion, COMPLETIONS),
            ("tie rule", self.ties, TIE_RULES),
        ):
            if value not in known:
                raise ValueError(f"unknown {what} {value!r}: choose one of {', '.join(known)}")
        if self.step <= 0:
            raise ValueError("the step of add1 must be above 0")


@dataclass(frozen=True, eq=False)
class FundingResult:
    """The winners, and everything needed to explain them. Project numbers are file positions."""

    election: Election
    terms: Terms
    support: Support
    funded: tuple[int, ...]
    added: tuple[int, ...]
    raises: int = 0
    ended: str = "count"
    next_funded: tuple[int, ...] = ()
    ties: tuple[tuple[int, ...], ...] = ()
    count: AnyCount | None = field(default=None, repr=False)

    @property
    def chosen(self) -> tuple[int, ...]:
        """All winners by number: first those of the count, then those added to fill up."""
        return self.funded + self.added

    @property
    def winners(self) -> tuple[str, ...]:
        """All winners by id, in the order in which they were funded."""
        return tuple(self.election.projects[number].id for number in self.chosen)

    @property
    def cost(self) -> Fraction:
        """What the winners cost together."""
        return sum((self.election.projects[c].cost for c in self.chosen), Fraction(0))

    @property
    def effectiveness(self) -> Fraction:
        """The part of the budget that goes to winners."""
        return self.cost / self.election.budget

    @cached_property
    def exclusion_ratio(self) -> Fraction:
        """The part of the voters, by weight, who support no winner at all."""
        served = np.zeros(len(self.support.weight), dtype=np.bool_)
        for project in self.chosen:
            served[self.backers(project)] = True
        total = sum(self.support.weight.tolist())
        out = sum(self.support.weight[~served].tolist())
        return Fraction(out, total) if total else Fraction(0)

    @property
    def endowment(self) -> Fraction:
        """What a voter of weight 1 had to spend in the final count."""
        fine = self.support.endowment + self.raises * self.support.unit
        return self.per_voter(Fraction(fine))

    @cached_property
    def history(self) -> tuple[tuple[int, Fraction], ...]:
        """Funded projects that cost something, with the price per unit of utility, in order."""
        if self.count is None:
            return ()
        return tuple((c, rate / self.support.fineness) for c, rate in self.count.history())

    def per_voter(self, fine: Fraction) -> Fraction:
        """Turn the fine unit of a unit of weight into currency for a voter of weight 1."""
        if not self.support.fineness:
            return Fraction(0)
        return fine * self.support.weight_scale / self.support.fineness

    def backers(self, project: int) -> IntArray:
        """Return the groups that support a project."""
        span = slice(*self.support.starts[project : project + 2])
        return self.support.backers[span]

    def joy(self, project: int) -> FloatArray:
        """Return what a project is worth to each of `backers`."""
        support = self.support
        span = slice(*support.starts[project : project + 2])
        if support.joy is None:
            return np.full(len(support.backers[span]), float(support.scale[project]))
        return support.joy[span].astype(np.float64) * float(support.scale[project])

    def money_left(self, project: int) -> Fraction:
        """Sum what a project's supporters had left when the final count ended, in currency."""
        if self.count is None or not self.support.fineness:
            return Fraction(0)
        return self.count.money_of(project) / self.support.fineness

    def missing(self, project: int) -> Fraction:
        """Tell how much more its supporters would have needed to fund a project."""
        return max(Fraction(0), self.election.projects[project].cost - self.money_left(project))

    def highest_payment(self, project: int) -> Fraction:
        """Tell what a supporter of weight 1 with the most utility paid, 0 if not so funded."""
        rate = dict(self.history).get(project)
        if rate is None:
            return Fraction(0)
        span = slice(*self.support.starts[project : project + 2])
        joy = 1 if self.support.joy is None else int(self.support.joy[span].max())
        return rate * self.support.scale[project] * joy * self.support.weight_scale


def fund(
    election: Election,
    terms: Terms | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> FundingResult:
    """Decide an election. Raises BadInputError when its ballots cannot express the utility.

    `progress` is called before each raise of Add1 with the number of raises so far.
    """
    terms = terms or Terms()
    support = support_of(election, terms.utility, terms.step)
    rank = tie_ranks(election, support.votes, terms.ties, terms.seed)
    if terms.rule in GREEDY:
        funded = GREEDY[terms.rule](support, rank)
        return FundingResult(election, terms, support, tuple(funded), ())
    done: Completed = complete(support, rank, terms.completion, progress)
    return FundingResult(
        election=election,
        terms=terms,
        support=support,
        funded=tuple(done.count.funded),
        added=done.added,
        raises=done.raises,
        ended=done.ended,
        next_funded=done.next_funded,
        ties=tuple(done.count.ties),
        count=done.count,
    )
