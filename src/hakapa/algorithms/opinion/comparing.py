"""How alike two groupings of the same people are."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def adjusted_rand(one: Mapping[Any, int], other: Mapping[Any, int]) -> float:
    """Give the adjusted Rand index over the people in both groupings (Hubert and Arabie 1985).

    1 when they are the same up to names, about 0 when they agree no more than by chance.
    """
    people = sorted(one.keys() & other.keys())
    table = np.zeros((max(one.values(), default=0) + 1, max(other.values(), default=0) + 1))
    for who in people:
        table[one[who], other[who]] += 1
    rows, columns, both = (_pairs(part) for part in (table.sum(1), table.sum(0), table))
    chance = rows * columns / max(_pairs(np.array([len(people)])), 1.0)
    most = (rows + columns) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def _pairs(counts: NDArray[Any]) -> float:
    """Count the pairs within each count, together."""
    return float((counts * (counts - 1) / 2).sum())
