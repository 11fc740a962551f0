"""Greedy rules: the usual way to count, for comparison and for completing a count."""

from collections.abc import Sequence
from fractions import Fraction

from hakapa.algorithms.budgeting.support import Support


def by_votes(support: Support, rank: Sequence[int], chosen: Sequence[int] = ()) -> list[int]:
    """Add the projects with most votes, skipping what no longer fits. Returns what was added."""
    return _fill(
        support, sorted(_open(support, chosen), key=lambda c: (-support.votes[c], rank[c])), chosen
    )


def by_cost_effectiveness(
    support: Support, rank: Sequence[int], chosen: Sequence[int] = ()
) -> list[int]:
    """Add the projects with most utility per unit of cost, skipping what no longer fits.

    With utility cost this is the number of votes, which is the usual "utilitarian" completion.
    """

    def key(project: int) -> tuple[bool, Fraction, int]:
        cost = support.costs[project]
        worth = Fraction(support.worth[project], cost) if cost else Fraction(0)
        return (cost > 0, -worth, rank[project])

    return _fill(support, sorted(_open(support, chosen), key=key), chosen)


def _open(support: Support, chosen: Sequence[int]) -> list[int]:
    taken = set(chosen)
    return [project for project in support.supported() if project not in taken]


def _fill(support: Support, order: list[int], chosen: Sequence[int]) -> list[int]:
    left = support.budget - support.cost_of(list(chosen))
    added = []
    for project in order:
        if support.costs[project] <= left:
            left -= support.costs[project]
            added.append(project)
    return added
