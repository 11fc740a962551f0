"""Who paid what, and why a project lost: figures for the sentences, the page and the export."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from hakapa.algorithms.budgeting.election import FloatArray, IntArray
from hakapa.algorithms.budgeting.result import FundingResult

ROUNDING = 1e-9  # money left below this part of an endowment is what floats leave of nothing


@dataclass(frozen=True)
class VoterAccount:
    """One voter's money: what there was, what it paid for, what is left. Exact, in currency."""

    voter: str
    endowment: Fraction
    paid: tuple[tuple[str, Fraction], ...]
    left: Fraction
    winners_supported: int


@dataclass(frozen=True)
class Spending:
    """What supporters of a losing project paid for another one instead."""

    project: str
    amount: float
    payers: int


@dataclass(frozen=True)
class ProjectStory:
    """Why a project won or lost.

    how: "count" (paid by its supporters), "free", "added" (filled up), "greedy", "lost".
    reason, if lost: "unsupported", "missing" (supporters lack money), "budget" (does not fit what
    the rule had left), "raise" (the next raise would fund too much). Counts are of voters;
    `votes` is their weight. `effectiveness`: of a winner, how much of its votes' full price was
    carried (effective votes / votes); of a loser, the part of its cost supporters could pay.
    """

    project: str
    name: str
    cost: Fraction
    how: str
    reason: str
    place: int
    votes: Fraction
    supporters: int
    supporters_without_money: int
    money_left: Fraction
    missing: Fraction
    budget_left: Fraction
    highest_payment: Fraction
    effective_votes: Fraction
    effectiveness: Fraction
    instead: tuple[Spending, ...] = ()


class Accounts:
    """All voters' payments, replayed from the rounds; amounts per unit of weight as floats."""

    def __init__(self, result: FundingResult) -> None:
        """Replay the final count once."""
        self.result = result
        self.scale = float(result.support.weight_scale)
        self.start = float(result.endowment) / self.scale
        self.left: FloatArray = np.full(len(result.support.weight), self.start)
        for _, backers, paid in self.rounds():
            self.left[backers] -= paid
        self.broke = self.left <= ROUNDING * self.start
        self.left[self.broke] = 0.0
        self.voters = np.bincount(result.support.group_of, minlength=len(self.left))

    def rounds(self) -> Iterator[tuple[int, IntArray, FloatArray]]:
        """Yield each round's project, its supporters, and what each unit of weight paid."""
        money = np.full(len(self.result.support.weight), self.start)
        for project, rate in self.result.history:
            backers = self.result.backers(project)
            paid = np.minimum(money[backers], float(rate) * self.result.joy(project))
            money[backers] -= paid
            yield project, backers, paid

    def instead(self, project: int) -> tuple[Spending, ...]:
        """List what a project's supporters paid for, most money first."""
        mine = np.zeros(len(self.left), dtype=np.bool_)
        mine[self.result.backers(project)] = True
        found = []
        for other, backers, paid in self.rounds():
            ours = mine[backers] & (paid > ROUNDING * self.start)
            if ours.any():
                groups = backers[ours]
                amount = float((paid[ours] * self.result.support.weight[groups]).sum())
                name = self.result.election.projects[other].id
                found.append(Spending(name, amount, int(self.voters[groups].sum())))
        return tuple(sorted(found, key=lambda spending: -spending.amount))

    def story(self, project: int, *, instead: bool = False) -> ProjectStory:
        """Tell why a project won or lost; `instead` also tells what supporters paid for."""
        result = self.result
        chosen, item = result.chosen, result.election.projects[project]
        backers = result.backers(project)
        how, reason = _how(result, project)
        votes = Fraction(result.support.votes[project], result.support.weight_scale)
        left, price = result.money_left(project), result.highest_payment(project)
        effective = item.cost / price if price else Fraction(0)
        share = effective / votes if how == "count" else _part(left, item.cost)
        return ProjectStory(
            project=item.id,
            name=item.name,
            cost=item.cost,
            how=how,
            reason=reason,
            place=chosen.index(project) + 1 if project in chosen else 0,
            votes=votes,
            supporters=int(self.voters[backers].sum()),
            supporters_without_money=int(self.voters[backers[self.broke[backers]]].sum()),
            money_left=left,
            missing=result.missing(project) if how == "lost" else Fraction(0),
            budget_left=result.election.budget - result.cost,
            highest_payment=price,
            effective_votes=effective,
            effectiveness=share,
            instead=self.instead(project) if instead and how == "lost" else (),
        )


def _part(left: Fraction, cost: Fraction) -> Fraction:
    return min(Fraction(1), left / cost) if cost else Fraction(0)


def _how(result: FundingResult, project: int) -> tuple[str, str]:
    """Say how a project won, or why it lost."""
    if project in result.added:
        return "added", ""
    if project in result.funded:
        if result.count is None:
            return "greedy", ""
        return ("free" if result.support.prices[project] == 0 else "count"), ""
    if not result.support.votes[project]:
        return "lost", "unsupported"
    if result.count is None:
        return "lost", "budget"
    return "lost", "raise" if project in result.next_funded else "missing"


def voter_account(result: FundingResult, voter: int) -> VoterAccount:
    """Replay one voter's money exactly; `voter` is the voter's place in the file."""
    support, election = result.support, result.election
    group, weight = int(support.group_of[voter]), election.weight(voter)
    endowment = result.endowment * weight
    span = slice(*support.row_starts[group : group + 2])
    mine = support.row_projects[span].tolist()
    joys = [1] * len(mine) if support.row_joy is None else support.row_joy[span].tolist()
    joy = dict(zip(mine, joys, strict=True))
    left, paid = endowment, []
    for project, rate in result.history:
        if project in joy:
            asked = rate * support.scale[project] * joy[project] * support.weight_scale * weight
            amount = min(left, asked)
            left -= amount
            paid.append((election.projects[project].id, amount))
    supported = sum(project in joy for project in result.chosen)
    return VoterAccount(election.voter_ids[voter], endowment, tuple(paid), left, supported)
