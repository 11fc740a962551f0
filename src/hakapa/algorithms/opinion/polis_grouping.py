"""Groups as a Polis server finds them when it starts on a conversation.

Source: the description of compdemocracy/polis, math/clusters.clj and conversation.clj: people in
base clusters started from the first distinct places, base clusters in groups likewise. A server
that runs on starts from its last answer instead, so its groups are not a fixed target.
"""

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion import clustering
from hakapa.algorithms.opinion.grouping import Groupings, silhouettes_of, widest
from hakapa.algorithms.opinion.method import Method

Floats = NDArray[np.float64]
NEAR = 0.01
BASE_ROUNDS = 100
GROUP_ROUNDS = 20


def group_as_polis(points: Floats, method: Method) -> Groupings:
    """Group people by their places (M, 2), in order of participant id.

    Gives, for every k tried, labels (M) and the unweighted mean silhouette of base clusters.
    """
    if points.shape[0] == 0:
        return Groupings({}, {})
    base, count = _settled(points, np.ones(points.shape[0]), method.base_clusters, BASE_ROUNDS)
    weights = np.bincount(base, minlength=count).astype(np.float64)
    centres = np.stack(
        [np.bincount(base, points[:, axis], count) / weights for axis in (0, 1)], axis=1
    )
    ways: dict[int, NDArray[np.int8]] = {}
    for k in range(2, widest(count, method) + 1):
        found, left = _settled(centres, weights, k, GROUP_ROUNDS)
        if left == k:
            ways[k] = found.astype(np.int8)
    if not ways:
        return Groupings({1: np.zeros(points.shape[0], np.int8)}, {1: 0.0})
    shown = silhouettes_of(centres, np.ones(count), ways)
    return Groupings({k: found[base] for k, found in ways.items()}, shown)


def _settled(
    points: Floats, weights: Floats, most: int, rounds: int
) -> tuple[NDArray[np.int64], int]:
    """Start from the first distinct places and move the centres until they stand."""
    _, first = np.unique(points, axis=0, return_index=True)
    start = points[np.sort(first)[:most]]
    labels = np.zeros(points.shape[0], np.int64)
    return labels, clustering.settle(points, weights, start, rounds, NEAR, labels)
