"""A room divided into groups, found on the map or declared as sectors, and what that shows."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.consensus import in_every_group
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.representative import Representative, representative_of
from hakapa.algorithms.opinion.significance import difference_interval, interval, two_sided_z

Floats = NDArray[np.float64]
Kind = Literal["groups", "sectors"]


@dataclass(frozen=True)
class Bridge:
    """A statement that every group answers alike; the weakest group decides.

    share: the answer's share in the group (place `weakest`) where it is lowest, with its interval.
    """

    statement: int
    answer: Literal["agree", "disagree"]
    weakest: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Divide:
    """A statement that sets two groups against each other.

    gap: agreement in group `most` minus that in group `least`, with its interval (widened for the
    number of pairs of groups among which the two were chosen).
    """

    statement: int
    most: int
    least: int
    gap: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Division:
    """The room in G groups. counts (G, 3, S): disagree, pass, agree.

    agree_in_all and disagree_in_all (S): group-aware consensus. bridges and divides are ordered by
    the cautious end of their interval, so a statement few have seen does not come first.
    """

    kind: Kind
    names: tuple[str, ...]
    sizes: tuple[int, ...]
    counts: NDArray[np.int64]
    representative: tuple[tuple[Representative, ...], ...]
    agree_in_all: Floats
    disagree_in_all: Floats
    bridges: tuple[Bridge, ...]
    divides: tuple[Divide, ...]


def divide(
    kind: Kind,
    sizes: dict[str, int],
    counts: NDArray[np.int64],
    silent: NDArray[np.bool_],
    method: Method,
) -> Division:
    """Describe a division from the sizes of its groups by name and its counts (G, 3, S)."""
    agree, disagree = in_every_group(counts)
    return Division(
        kind,
        tuple(sizes),
        tuple(sizes.values()),
        counts,
        representative_of(counts, silent, method),
        agree,
        disagree,
        bridges_of(counts, silent, method),
        divides_of(counts, silent, method),
    )


def bridges_of(
    counts: NDArray[np.int64], silent: NDArray[np.bool_], method: Method
) -> tuple[Bridge, ...]:
    """Find statements with one answer whose interval lies above one half in every group.

    A group that has not voted on a statement keeps it out. Best first: the highest lower end in
    the weakest group, then the order of statements.
    """
    trials, z = counts.sum(axis=1), two_sided_z(method.confidence)
    found: list[Bridge] = []
    for answer, row in (("agree", 2), ("disagree", 0)):
        low, high = interval(counts[:, row], trials, z)
        if low.shape[0] == 0:
            continue
        weakest = np.argmin(low, axis=0)
        for one in np.flatnonzero((low.min(axis=0) > method.consensus_share) & ~silent).tolist():
            at = int(weakest[one])
            part = float(counts[at, row, one] / trials[at, one])
            found.append(
                Bridge(one, answer, at, part, float(low[at, one]), float(high[at, one]))  # type: ignore[arg-type]
            )
    return tuple(sorted(found, key=lambda bridge: (-bridge.low, bridge.statement)))


def divides_of(
    counts: NDArray[np.int64], silent: NDArray[np.bool_], method: Method
) -> tuple[Divide, ...]:
    """Find statements on which two groups surely differ: the interval of the gap is above 0."""
    groups, trials = counts.shape[0], counts.sum(axis=1)
    if groups < 2:  # noqa: PLR2004  it takes two
        return ()
    pairs = groups * (groups - 1) / 2
    z = two_sided_z(1 - (1 - method.confidence) / pairs)
    part = np.where(trials == 0, np.nan, counts[:, 2] / np.maximum(trials, 1))
    asked = ((trials > 0).sum(axis=0) > 1) & ~silent
    at = np.flatnonzero(asked)
    most, least = np.nanargmax(part[:, at], axis=0), np.nanargmin(part[:, at], axis=0)
    low, high = difference_interval(
        (counts[most, 2, at], trials[most, at]), (counts[least, 2, at], trials[least, at]), z
    )
    gaps = part[most, at] - part[least, at]
    found = [
        Divide(*numbers, *figures)
        for numbers, figures in zip(
            zip(at.tolist(), most.tolist(), least.tolist(), strict=True),
            zip(gaps.tolist(), low.tolist(), high.tolist(), strict=True),
            strict=True,
        )
        if figures[1] > 0
    ]
    return tuple(sorted(found, key=lambda divide: (-divide.low, divide.statement)))
