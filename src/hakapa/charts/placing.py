"""Finding room for words on a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the units of the view box; y grows downwards, so top is the smaller number."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, one: tuple[float, float], other: tuple[float, float]) -> Box:
        """Enclose two points, each a pair of x and y."""
        (x, y), (x2, y2) = one, other
        return cls(min(x, x2), min(y, y2), max(x, x2), max(y, y2))

    def touches(self, other: Box) -> bool:
        """Say whether the two share any area or edge."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Say whether the other lies wholly inside this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def moved_into(self, field: Box) -> Box:
        """Move the box, without changing its size, so that its corner nearest to zero fits.

        A box larger than the field ends at the field's left and top edges.
        """
        across = max(min(0.0, field.right - self.right), field.left - self.left)
        down = max(min(0.0, field.bottom - self.bottom), field.top - self.top)
        return Box(self.left + across, self.top + down, self.right + across, self.bottom + down)


def first_free(candidates: Sequence[Box], *, within: Box, avoiding: Sequence[Box]) -> Box:
    """Choose the first candidate that lies inside the field and touches nothing to be avoided.

    When none is free the first candidate is used all the same, moved into the field: a value
    that crosses a line is still better than no value.
    """
    for box in candidates:
        if within.holds(box) and not any(box.touches(other) for other in avoiding):
            return box
    return candidates[0].moved_into(within)
