"""Maps that follow each other: the same letters for the same groups, no flicker in their number."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from hakapa.algorithms.opinion.grouping import Groupings
from hakapa.algorithms.opinion.method import Method

Floats = NDArray[np.float64]
Labels = NDArray[np.int8]


@dataclass(frozen=True)
class Pace:
    """How many groups are shown, how many the last updates asked for, and how often in a row."""

    shown: int
    asked: int
    times: int

    def follow(self, asked: int, method: Method) -> "Pace":
        """Hear of one more update; show another number once it was asked `patience` times."""
        times = self.times + 1 if asked == self.asked else 1
        if asked == self.shown or times >= method.patience or self.shown == 0:
            return Pace(asked, asked, times)
        return Pace(self.shown, asked, times)


@dataclass(frozen=True, eq=False)
class Trail:
    """What the next map needs to know of this one.

    people and groups: who was mapped and in which group (letters as numbers, 0 is A). statements
    and loadings (2, ...): the axes. pace: how steady the number of groups is.
    """

    people: NDArray[Any]
    groups: Labels
    statements: NDArray[Any]
    loadings: Floats
    pace: Pace

    def groups_of(self, participants: NDArray[Any]) -> Labels:
        """Give each participant's former group, -1 for those who were not mapped."""
        return _looked_up(participants, self.people, self.groups, -1)

    def loadings_of(self, statements: NDArray[Any]) -> Floats:
        """Give the former loadings (2, S) for today's statements, 0 for new ones."""
        rows = [_looked_up(statements, self.statements, row, 0.0) for row in self.loadings]
        return np.stack(rows)


def choose(groupings: Groupings, method: Method, before: Pace | None) -> Pace:
    """Decide how many groups to show."""
    best = groupings.best(method)
    if before is None:
        return Pace(best, best, 1)
    pace = before.follow(best, method)
    return pace if pace.shown in groupings.labels else replace(pace, shown=best)


def letters(
    labels: Labels, points: Floats, before: Labels | None = None
) -> tuple[Labels, list[int]]:
    """Order groups and name them; give labels 0.. (M) in that order and each group's letter.

    Without a former map the largest group is A (the leftmost of equals). With it (labels of the
    same people, -1 for newcomers) each group takes the letter with which it shares most people,
    and a group that shares none takes the first free letter.
    """
    k = int(labels.max()) + 1 if labels.size else 0
    sizes = np.bincount(labels, minlength=k)
    left = np.bincount(labels, points[:, 0], minlength=k) / np.maximum(sizes, 1)
    order = np.lexsort((left, -sizes))
    named = np.empty(k, dtype=np.int64)
    named[order] = np.arange(k)
    if before is not None and k and (before >= 0).any():
        named = _matched(labels, before, order)
    rank = np.argsort(np.argsort(named))
    return rank[labels].astype(np.int8), sorted(named.tolist())


def _matched(labels: Labels, before: Labels, order: NDArray[np.intp]) -> NDArray[np.int64]:
    """Give each group the former letter with the largest overlap, overall."""
    k, old = order.size, int(before.max()) + 1
    known = before >= 0
    overlap = np.zeros((k, old), dtype=np.int64)
    np.add.at(overlap, (labels[known], before[known]), 1)
    ours, theirs = linear_sum_assignment(overlap, maximize=True)
    named = np.full(k, -1, dtype=np.int64)
    shared = overlap[ours, theirs] > 0
    named[ours[shared]] = theirs[shared]
    free = (letter for letter in range(old + k) if letter not in set(named.tolist()))
    for one in order:
        if named[one] < 0:
            named[one] = next(free)
    return named


def _looked_up(
    wanted: NDArray[Any],
    keys: NDArray[Any],
    values: NDArray[Any],
    otherwise: float,
) -> NDArray[Any]:
    """Look values up by key (ascending), giving another value where there is none."""
    if keys.size == 0:
        return np.full(wanted.size, otherwise, dtype=values.dtype)
    place = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return np.where(keys[place] == wanted, values[place], otherwise).astype(values.dtype)
