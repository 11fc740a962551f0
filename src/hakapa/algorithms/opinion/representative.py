"""Which statements tell a group apart from the rest of the room (Polis' "repness")."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.significance import Side, side_of

Answer = Literal["agree", "disagree"]
HALF = 0.5


@dataclass(frozen=True)
class Representative:
    """One statement that a group stands for: `success` of `trials` gave this answer.

    statement is a place among the statements. share and share_z are the group's own, ratio and
    ratio_z against the other groups. best_agree: the agreement the group stands most for.
    """

    statement: int
    answer: Answer
    success: int
    trials: int
    share: float
    share_z: float
    ratio: float
    ratio_z: float
    best_agree: bool = False


@dataclass(frozen=True, eq=False)
class Sides:
    """Agreement and disagreement of every group on every statement."""

    agree: Side
    disagree: Side

    @classmethod
    def of(cls, counts: NDArray[np.int64]) -> "Sides":
        """Compute both from counts (G, 3, S): disagree, pass, agree."""
        trials = counts.sum(axis=1)
        return cls(side_of(counts[:, 2], trials), side_of(counts[:, 0], trials))


def representative_of(
    counts: NDArray[np.int64], silent: NDArray[np.bool_], method: Method
) -> tuple[tuple[Representative, ...], ...]:
    """Choose at most `method.picks` statements for each group, agreements first.

    counts (G, 3, S); silent statements (S) are never chosen. A statement qualifies when both its
    share and its difference to the other groups are significant, on the same side. Without any,
    the group's best agreement is chosen, or else the statement that sets it most apart.
    """
    sides = Sides.of(counts)
    spoken = np.flatnonzero(~silent)
    return tuple(_choose(sides, group, spoken, method) for group in range(counts.shape[0]))


def _choose(
    sides: Sides, group: int, spoken: NDArray[np.intp], method: Method
) -> tuple[Representative, ...]:
    """Choose for one group."""
    agree, disagree = sides.agree, sides.disagree
    for_it = (agree.ratio_z[group] > method.z) & (agree.share_z[group] > method.z)
    against = (disagree.ratio_z[group] > method.z) & (disagree.share_z[group] > method.z)
    enough = spoken[(for_it | against)[spoken]]
    best = _best_agreement(agree, disagree, group, spoken, method)
    first = [] if best is None else [_told(sides, group, best, best_agree=True)]
    if enough.size == 0 and not first and spoken.size:
        apart = np.maximum(agree.ratio_z[group], disagree.ratio_z[group])[spoken]
        return (_told(sides, group, int(spoken[np.argmax(apart)])),)
    toward = agree.ratio_z[group] > disagree.ratio_z[group]
    strength = np.where(toward, agree.strength[group], disagree.strength[group])
    order = enough[np.argsort(-strength[enough], kind="stable")]
    rest = [_told(sides, group, int(one)) for one in order if one != best]
    picked = (first + rest)[: method.picks]
    return tuple(sorted(picked, key=lambda one: one.answer != "agree"))


def _best_agreement(
    agree: Side, disagree: Side, group: int, spoken: NDArray[np.intp], method: Method
) -> int | None:
    """Find the statement whose agreement the group stands most for, in order of statements.

    The first needs a significant share, or more agreement than elsewhere with a share above half.
    It gives way to a stronger one; strength counts the difference to others only if the one to
    beat is more common here than elsewhere.
    """
    ratio, part = agree.ratio[group].tolist(), agree.share[group].tolist()
    z, strength = agree.share_z[group].tolist(), agree.strength[group].tolist()
    heard = (agree.success[group] + disagree.success[group] > 0).tolist()
    best: int | None = None
    for one in spoken.tolist():
        if best is None:
            better = z[one] > method.z or (ratio[one] > 1 and part[one] > HALF)
        elif ratio[best] > 1:
            better = strength[one] > strength[best]
        else:
            better = part[one] * z[one] > part[best] * z[best]
        if better and heard[one]:
            best = one
    return best


def _told(sides: Sides, group: int, one: int, *, best_agree: bool = False) -> Representative:
    """Say it with the figures of the answer that sets the group more apart."""
    toward = sides.agree.ratio_z[group, one] > sides.disagree.ratio_z[group, one]
    side = sides.agree if toward else sides.disagree
    return Representative(
        one,
        "agree" if toward else "disagree",
        int(side.success[group, one]),
        int(side.trials[group, one]),
        float(side.share[group, one]),
        float(side.share_z[group, one]),
        float(side.ratio[group, one]),
        float(side.ratio_z[group, one]),
        best_agree,
    )
