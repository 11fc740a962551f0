"""Exact elimination: which coalitions are already decided, and what equations say."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.sharing.amounts import CannotShareError

Row = list[Fraction]


class Span:
    """The coalitions whose payment follows from those already added, in exact arithmetic."""

    def __init__(self, count: int) -> None:
        """Start with nothing decided for `count` parties."""
        self.count = count
        self.rows: dict[int, Row] = {}  # by pivot; reduced, so each pivot is alone in its column

    @property
    def full(self) -> bool:
        """Whether every party's payment is decided."""
        return len(self.rows) == self.count

    def add(self, mask: int) -> bool:
        """Take in a coalition; False when it followed already."""
        row = [Fraction(mask >> i & 1) for i in range(self.count)]
        for pivot, known in self.rows.items():
            if row[pivot]:
                row = _less(row, known, row[pivot])
        pivot = next((i for i, value in enumerate(row) if value), -1)
        if pivot < 0:
            return False
        row = [value / row[pivot] for value in row]
        for other, known in self.rows.items():
            self.rows[other] = _less(known, row, known[pivot])
        self.rows[pivot] = row
        return True

    def holds_all(self, bits: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Say which coalitions follow: shape (m, n) in, (m,) out.

        A coalition follows when it is at right angles to everything that is free; the free
        directions are scaled to integers, so that the products are whole numbers.
        """
        free = [i for i in range(self.count) if i not in self.rows]
        directions = np.zeros((self.count, len(free)))
        for column, i in enumerate(free):
            scale = lcm(*(row[i].denominator for row in self.rows.values()))
            directions[i, column] = scale
            for pivot, row in self.rows.items():
                directions[pivot, column] = -float(row[i] * scale)
        return np.asarray((np.abs(bits @ directions) < 1 / 2).all(axis=1))


def _less(row: Row, other: Row, times: Fraction) -> Row:
    """Subtract a multiple of another row."""
    if not times:
        return row
    return [a - times * b if b else a for a, b in zip(row, other, strict=True)]


def solve_exactly(
    rows: Sequence[Row], count: int, near: NDArray[np.float64], tolerance: float
) -> Row:
    """Solve equations for their first `count` unknowns, exactly.

    Each row holds the coefficients and then the right-hand side.  The answer must exist, be
    unique and lie within `tolerance` of `near`; otherwise CannotShareError.
    """
    open_rows, solved = list(rows), []
    width = len(rows[0]) - 1
    for column in reversed(range(width)):
        at = next((k for k, row in enumerate(open_rows) if row[column]), None)
        if at is None:
            continue
        chosen = open_rows.pop(at)
        chosen = [value / chosen[column] for value in chosen]
        open_rows = [_less(row, chosen, row[column]) for row in open_rows]
        solved.append((column, chosen))
    values: dict[int, Fraction] = {}
    for column, row in reversed(solved):
        known = sum((row[c] * values.get(c, 0) for c in range(column)), Fraction(0))
        values[column] = row[-1] - known
    answer = [values.get(i, Fraction(0)) for i in range(count)]
    apart = max(abs(float(value) - near[i]) for i, value in enumerate(answer))
    if any(row[-1] for row in open_rows) or len(values) < width or apart > tolerance:
        raise CannotShareError("the exact equations disagree with the linear programmes")
    return answer
