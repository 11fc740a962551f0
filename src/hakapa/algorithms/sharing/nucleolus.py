"""The nucleolus of a cost game, by a sequence of linear programmes.

The saving of a coalition is what it would pay alone less what it pays now.  The nucleolus makes
the smallest saving as large as possible, then the next smallest, and so on.  Measured per rate
(per coalition, per member, per krona of own cost) it is the nucleolus, the per capita nucleolus
(whose first step is the weak least core) and the proportional one (proportional least core).

Sources: D. Schmeidler 1969; M. Maschler, B. Peleg, L. Shapley 1979 for the sequence; coalitions
enter a programme only when they are violated (constraint generation).
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from hakapa.algorithms.sharing.allocations import Allocation
from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.elimination import Span, solve_exactly
from hakapa.algorithms.sharing.games import (
    CostGame,
    Table,
    coalition_sizes,
    coalition_sums,
    players,
)
from hakapa.algorithms.sharing.shapley import allocation_of_values

MOST_PARTIES = 20
NEAR = 1e-9  # of the largest cost: below this two savings are the same to the programmes
PRICED = 1e-7  # a dual price beyond this marks a coalition that is tight in every best answer
AGREED = 1e-6  # of the largest cost: how near exact and floating answers must be
AT_ONCE = 12  # violated coalitions that enter a programme together
METHOD = {
    "coalition": "nucleolus",
    "member": "nucleolus_per_member",
    "cost": "nucleolus_per_cost",
}
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Step:
    """One programme: the saving per rate that it guarantees, and the coalitions that have it."""

    saving: float
    coalitions: tuple[int, ...]
    capped: tuple[int, ...]  # parties that pay exactly what they would alone


@dataclass(frozen=True)
class Nucleolus:
    """What each party pays (same unit as the costs) and the steps that led there."""

    payments: Floats  # shape (n,)
    steps: tuple[Step, ...]
    within_alone: bool  # False when the parties alone are cheaper than together


def rates_of(costs: Table, per: str) -> Floats:
    """Give each coalition's rate: 1, its members, or its own cost; shape (2^n,)."""
    if per == "coalition":
        return np.ones(len(costs))
    if per == "member":
        return coalition_sizes(players(costs)).astype(np.float64)
    rates = np.asarray(costs, dtype=np.float64)
    if per != "cost" or (rates[1:] <= 0).any():
        raise CannotShareError("savings are measured per coalition, member or (positive) cost")
    return np.asarray(rates / rates.max())


def nucleolus_of(costs: Table, per: str = "coalition") -> Nucleolus:
    """Compute the nucleolus of a table of 2^n costs in floating point.

    When the parties alone are not cheaper than together, nobody pays more than alone; otherwise
    that bound is dropped (the prenucleolus).  At most 20 parties.
    """
    count = players(costs, MOST_PARTIES)
    scale = float(max(abs(costs))) or 1.0
    table = np.asarray(costs, dtype=np.float64) / scale
    alone = table[1 << np.arange(count)]
    bounded = bool(alone.sum() >= table[-1] - NEAR)
    search = _Search(table, rates_of(costs, per), alone if bounded else np.full(count, np.inf))
    steps: list[Step] = []
    while not search.span.full:
        steps.append(search.step())
    kept = tuple(Step(s.saving * scale, s.coalitions, s.capped) for s in steps)
    payments = search.payments if steps else table[-1:]
    return Nucleolus(payments * scale, kept, bounded)


class _Search:
    """The programmes of one game: what is settled so far and which coalitions take part."""

    def __init__(self, table: Floats, rates: Floats, most: Floats) -> None:
        self.table, self.rates, self.most = table, rates, most
        self.count = len(most)
        self.span = Span(self.count)
        everybody = len(table) - 1
        self.settled = {everybody: float(table[-1])}
        self.span.add(everybody)
        single = 1 << np.arange(self.count)
        self.working = list(dict.fromkeys([*single.tolist(), *(everybody ^ single).tolist()]))
        self.bits = (np.arange(len(table))[:, None] >> np.arange(self.count) & 1).astype(np.float64)
        self.payments = np.zeros(self.count)

    def step(self) -> Step:
        """Raise the smallest saving per rate of the coalitions that are still open."""
        is_open = ~self.span.holds_all(self.bits)
        self.working = [mask for mask in self.working if is_open[mask]]
        while True:
            answer = self._programme()
            self.payments, saving = answer.x[:-1], float(answer.x[-1])
            savings = self.table - coalition_sums(self.payments)
            short = np.where(is_open, savings - saving * self.rates, 0.0)
            violated = np.flatnonzero(short < -NEAR)
            new = np.setdiff1d(violated, self.working, assume_unique=True)
            if not len(new):
                break
            self.working += new[np.argsort(short[new], kind="stable")[:AT_ONCE]].tolist()
        return self._settle(saving, answer.ineqlin.marginals, answer.upper.marginals[:-1])

    def _programme(self) -> linprog:
        """Maximise the saving: x(S) + saving × rate(S) <= c(S), settled coalitions fixed."""
        fixed = list(self.settled)
        answer = linprog(
            np.append(np.zeros(self.count), -1.0),
            A_ub=np.column_stack([self.bits[self.working], self.rates[self.working]]),
            b_ub=self.table[self.working],
            A_eq=np.column_stack([self.bits[fixed], np.zeros(len(fixed))]),
            b_eq=list(self.settled.values()),
            bounds=[*((None, most) for most in self.most), (None, None)],
            method="highs-ds",
        )
        if answer.x is None:
            raise CannotShareError(f"the linear programme gave no answer: {answer.message}")
        return answer

    def _settle(self, saving: float, prices: Floats, bound_prices: Floats) -> Step:
        """Fix the coalitions with a price: they are tight in every best answer."""
        tight = [m for m, price in zip(self.working, prices, strict=True) if price < -PRICED]
        capped = [int(i) for i in np.flatnonzero(bound_prices < -PRICED)]
        before = len(self.settled)
        for mask in tight:
            if self.span.add(mask):
                self.settled[mask] = float(self.table[mask] - saving * self.rates[mask])
        for party in capped:
            if self.span.add(1 << party):
                self.settled[1 << party] = float(self.most[party])
        if len(self.settled) == before:
            raise CannotShareError("the linear programmes settle nothing: costs too unequal")
        return Step(saving, tuple(tight), tuple(capped))


def nucleolus_exact(costs: Table, found: Nucleolus, per: str = "coalition") -> list[Fraction]:
    """Turn a floating nucleolus of integer costs into exact fractions.

    The coalitions with a price are equations x(S) + saving(step) × rate(S) = c(S); they are
    solved in fractions and must agree with the programmes, or CannotShareError is raised.
    """
    count, everybody = players(costs, MOST_PARTIES), len(costs) - 1
    equations: list[tuple[int, int | None]] = [(everybody, None)]
    for number, step in enumerate(found.steps):
        equations += [(mask, number) for mask in step.coalitions]
        equations += [(1 << party, None) for party in step.capped]
    rows = []
    for mask, at in equations:
        row = [Fraction(mask >> i & 1) for i in range(count)]
        row += [_rate(costs, mask, per) * (k == at) for k in range(len(found.steps))]
        rows.append([*row, Fraction(int(costs[mask]))])
    return solve_exactly(rows, count, found.payments, AGREED * max(1.0, float(max(abs(costs)))))


def _rate(costs: Table, mask: int, per: str) -> Fraction:
    rates = {"coalition": 1, "member": mask.bit_count(), "cost": int(costs[mask])}
    return Fraction(rates[per])


def nucleolus(game: CostGame, per: str = "coalition") -> Allocation:
    """Share the cost of a game by its nucleolus, exactly, then to the öre."""
    found = nucleolus_of(game.costs, per)
    values = nucleolus_exact(game.costs, found, per)
    return allocation_of_values(METHOD[per], game.parties, values)


def least_saving(game: CostGame) -> float:
    """Give the largest saving (öre) every coalition can be granted; negative: no core.

    A party that must be part of everything has nothing to leave for: one party alone gives 0.
    """
    steps = nucleolus_of(game.costs).steps
    return steps[0].saving if steps else 0.0
