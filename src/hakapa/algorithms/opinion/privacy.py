"""What may be shown to others: no group and no sector so small that it points at persons.

Two rules, both with the floor of the method (5 people). A group under the floor is not shown; nor
is the next smallest when those left over (the hidden and those in no group) could otherwise be
found by subtraction to be fewer than the floor. A group's answers to a statement are not shown
when fewer than that voted on it, nor where subtraction would give such a number away.
"""

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.division import Division
from hakapa.algorithms.opinion.opinion_map import OpinionMap

Flags = NDArray[np.bool_]


def shown_groups(sizes: tuple[int, ...], people: int, floor: int) -> Flags:
    """Tell which groups (G) of a room of so many people may be shown."""
    shown = np.array([size >= floor for size in sizes], dtype=np.bool_)
    for at in np.argsort(sizes, kind="stable"):
        left = people - sum(size for size, seen in zip(sizes, shown, strict=True) if seen)
        if left == 0 or left >= floor:
            break
        shown[at] = False
    return shown


def shown_answers(division: Division, counts: NDArray[np.int64], people: int, floor: int) -> Flags:
    """Tell on which statements each group's answers may be shown, (G, S).

    counts (3, S) are those of the whole room.
    """
    groups = shown_groups(division.sizes, people, floor)
    trials = division.counts.sum(axis=1)
    total = counts.sum(axis=0)
    shown = (trials >= floor) & groups[:, np.newaxis]
    for _ in range(groups.size):
        left = total - np.where(shown, trials, 0).sum(axis=0)
        risky = np.flatnonzero((left > 0) & (left < floor) & shown.any(axis=0))
        if risky.size == 0:
            break
        least = np.where(shown, trials, np.iinfo(np.int64).max)[:, risky].argmin(axis=0)
        shown[least, risky] = False
    return np.asarray(shown)


def visible(shown: OpinionMap, division: Division) -> Flags:
    """Tell which groups of a division of this map may be shown, (G)."""
    return shown_groups(division.sizes, _people(shown, division), shown.method.floor)


def visible_answers(shown: OpinionMap, division: Division) -> Flags:
    """Tell which answers of a division of this map may be shown, (G, S)."""
    return shown_answers(division, shown.counts, _people(shown, division), shown.method.floor)


def _people(shown: OpinionMap, division: Division) -> int:
    """Count whom a reader could subtract from: the mapped people, or everybody."""
    return shown.mapped.size if division.kind == "groups" else shown.room.participants.size
