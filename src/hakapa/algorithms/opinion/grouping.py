"""Groups of people who stand near each other on the map."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion import clustering
from hakapa.algorithms.opinion.gathering import in_spans
from hakapa.algorithms.opinion.method import Method

Floats = NDArray[np.float64]
Labels = NDArray[np.int8]
ROUNDS = 100
CLEARLY = 1 - 1e-12  # a later start must be better by more than rounding


@dataclass(frozen=True, eq=False)
class Groupings:
    """The ways to group M mapped people that were tried: labels (M) and silhouette by k.

    The silhouette says how well people fit their group rather than the next one, -1 to 1.
    """

    labels: dict[int, Labels]
    silhouettes: dict[int, float]

    def best(self, method: Method) -> int:
        """Choose k by silhouette, the larger k of equals; 0 without people.

        In the stable mode a k whose smallest group is under the privacy floor stands back for
        one whose groups may all be shown.
        """
        tried = list(self.labels)
        if method.mode == "stable":
            tried = [k for k in tried if smallest(self.labels[k]) >= method.floor] or tried
        return max(tried, key=lambda k: (self.silhouettes[k], k), default=0)


def smallest(labels: Labels) -> int:
    """Give the size of the smallest group."""
    return int(np.bincount(labels).min())


def widest(distinct: int, method: Method) -> int:
    """Give the largest number of groups worth trying among so many distinct places."""
    return min(method.max_groups, 2 + distinct // method.people_per_group, distinct)


def group(points: Floats, method: Method) -> Groupings:
    """Group people by their places (M, 2): the stable way.

    People are gathered in at most `method.cells` cells, k-means runs from `method.restarts` seeded
    starts for each k, and each person joins the nearest centre. The same places give the same
    groups on every run.
    """
    if points.shape[0] == 0:
        return Groupings({}, {})
    centres, weights = cells(points, method.cells)
    distinct = np.unique(centres, axis=0).shape[0]
    ways: dict[int, Labels] = {}
    labels: dict[int, Labels] = {}
    for k in range(2, widest(distinct, method) + 1):
        ways[k], middles = _split(centres, weights, k, method)
        labels[k] = _nearest(points, middles)
    if not ways:
        return Groupings({1: np.zeros(points.shape[0], np.int8)}, {1: 0.0})
    return Groupings(labels, silhouettes_of(centres, weights, ways))


def cells(points: Floats, most: int) -> tuple[Floats, Floats]:
    """Gather points (M, 2) in at most `most` cells of equal count; give means and counts.

    The plane is cut into upright strips with equally many points, each strip across likewise. Few
    points are cells of their own. Cells come in order of their places, whatever people are called.
    """
    size = points.shape[0]
    if size <= most:
        return points[np.lexsort((points[:, 1], points[:, 0]))], np.ones(size)
    side = int(np.sqrt(most))
    order = np.argsort(points[:, 0])
    strip = np.arange(size) * side // size
    bounds = np.searchsorted(strip, np.arange(side + 1))
    for first, last in itertools.pairwise(bounds):
        part = order[first:last]
        order[first:last] = part[np.argsort(points[part, 1])]
    rows = np.concatenate(
        [
            first + np.arange(side) * (last - first) // side
            for first, last in itertools.pairwise(bounds)
        ]
    )
    counts = np.diff(np.append(rows, size)).astype(np.float64)
    return np.add.reduceat(points[order], rows) / counts[:, np.newaxis], counts


def _split(points: Floats, weights: Floats, k: int, method: Method) -> tuple[Labels, Floats]:
    """Split into k from seeded starts; give labels and centres."""
    draws = np.random.default_rng([method.seed, k]).random((method.restarts, k))
    least, best, middles = np.inf, np.zeros(weights.size, np.int8), np.zeros((k, 2))
    for start in draws:
        labels, centres = np.full(weights.size, -1, np.int8), np.zeros((k, 2))
        clustering.seed(points, weights, start, centres)
        cost = clustering.move(points, weights, ROUNDS, centres, labels)
        if cost < least * CLEARLY:
            least, best, middles = cost, labels, centres
    return best, middles


def _nearest(points: Floats, centres: Floats) -> Labels:
    """Give each person the nearest centre."""
    labels = np.zeros(points.shape[0], np.int8)
    in_spans(
        labels.size,
        labels.size,
        lambda first, last: clustering.nearest(points, centres, first, last, labels),
    )
    return labels


def silhouettes_of(points: Floats, weights: Floats, ways: dict[int, Labels]) -> dict[int, float]:
    """Give the mean silhouette for each way to group the points."""
    totals = np.zeros(len(ways))
    labels = np.stack(list(ways.values()))
    clustering.silhouettes(points, weights, labels, 0, weights.size, totals)
    return dict(zip(ways, (totals / weights.sum()).tolist(), strict=True))
