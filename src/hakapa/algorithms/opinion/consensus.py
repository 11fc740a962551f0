"""What everybody agrees on: over the whole room, and in every group at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.significance import share, share_test

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shared:
    """A statement on which the whole room gives one answer; statement is a place among them."""

    statement: int
    success: int
    trials: int
    share: float
    share_z: float


def consensus_of(
    counts: NDArray[np.int64], silent: NDArray[np.bool_], method: Method
) -> tuple[tuple[Shared, ...], tuple[Shared, ...]]:
    """Give what the room agrees with and what it disagrees with, strongest first.

    counts (3, S): disagree, pass, agree. Significant shares above one half, at most
    `method.picks` of each; on equal strength the statement that comes first.
    """
    trials = counts.sum(axis=0)
    return (
        _strongest(counts[2], trials, silent, method),
        _strongest(counts[0], trials, silent, method),
    )


def _strongest(
    success: NDArray[np.int64],
    trials: NDArray[np.int64],
    silent: NDArray[np.bool_],
    method: Method,
) -> tuple[Shared, ...]:
    """Rank the statements with a significant share by share times z."""
    part, z = share(success, trials), share_test(success, trials)
    clear = np.flatnonzero((part > method.consensus_share) & (z > method.z) & ~silent)
    order = clear[np.argsort(-(part * z)[clear], kind="stable")][: method.picks]
    return tuple(
        Shared(one, int(success[one]), int(trials[one]), float(part[one]), float(z[one]))
        for one in order.tolist()
    )


def in_every_group(counts: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Give the group-aware consensus (S) on agreeing, and on disagreeing.

    counts (G, 3, S). The product over groups of (answers + 1) / (votes + 2): high only where every
    group gives the answer. Without groups it is 1, an empty product.
    """
    trials = counts.sum(axis=1)
    return (
        np.asarray(share(counts[:, 2], trials).prod(axis=0)),
        np.asarray(share(counts[:, 0], trials).prod(axis=0)),
    )
