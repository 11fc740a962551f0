"""Which statement to show next: the one of which least is known, so that all get their votes."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.opinion_map import OpinionMap
from hakapa.algorithms.opinion.significance import interval, two_sided_z

Floats = NDArray[np.float64]
FADE = 5.0  # votes after which half of Polis' favour for new statements is gone
FAVOUR = 8.0
META = 49.0  # what Polis gives a statement about the participant


def uncertainty(counts: NDArray[np.int64], confidence: float = 0.95) -> Floats:
    """Give the width (S) of the interval of agreement: 1 without votes, less with every vote.

    counts (3, S). It is wide for a statement few have seen, and wider where opinions are even.
    """
    low, high = interval(counts[2], counts.sum(axis=0), two_sided_z(confidence))
    return high - low


def least_certain(shown: OpinionMap, most: int | None = None) -> list[int]:
    """Order the statements that are not moderated by how little is known, least first."""
    width = uncertainty(shown.counts, shown.method.confidence)
    spoken = np.flatnonzero(~shown.room.silent)
    order = spoken[np.argsort(-width[spoken], kind="stable")]
    return [int(one) for one in order[:most]]


def next_statement(
    counts: NDArray[np.int64],
    silent: NDArray[np.bool_],
    seen: Iterable[int] = (),
    draw: float | None = None,
    confidence: float = 0.95,
) -> int | None:
    """Choose the next statement for a person who has seen some; None when all were seen.

    counts (3, S), silent (S), seen: places among the statements. With `draw`, a random number in
    0..1, statements are drawn with chances as the squared width of their interval, so that a whole
    room is not sent to the same one; without it the least certain comes, the first of equals.
    """
    open_to = ~silent.copy()
    open_to[list(seen)] = False
    places = np.flatnonzero(open_to)
    if places.size == 0:
        return None
    weight = uncertainty(counts, confidence)[places] ** 2
    if draw is None:
        return int(places[np.argmax(weight)])
    reach = np.cumsum(weight)
    return int(places[min(np.searchsorted(reach, draw * reach[-1], side="right"), places.size - 1)])


def polis_priorities(
    counts: NDArray[np.int64], extremity: Floats, meta: NDArray[np.bool_] | None = None
) -> Floats:
    """Give Polis' weights (S) for showing statements (conversation.clj).

    counts (3, S); extremity (S): how far from the middle a statement stands on the map.
    """
    cast = counts.sum(axis=0)
    passing, agreeing = (counts[1] + 1) / (cast + 2), (counts[2] + 1) / (cast + 2)
    importance = (1 - passing) * (extremity + 1) * agreeing
    weight = (importance * (1 + FAVOUR * 2 ** (-cast / FADE))) ** 2
    return np.asarray(weight if meta is None else np.where(meta, META, weight))
