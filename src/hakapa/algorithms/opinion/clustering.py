"""The loops of k-means and silhouette over points in the plane, compiled on first use.

Shapes: m points (m, 2) with weights (m), k centres (k, 2), labels (m) int8.
"""

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.compiling import Compiled

Floats = NDArray[np.float64]
Labels = NDArray[np.int8]


@Compiled
def nearest(points: Floats, centres: Floats, first: int, last: int, labels: Labels) -> None:
    """Give each point first <= i < last the label of its nearest centre, the first of equals."""
    for at in range(first, last):
        best = np.inf
        for one in range(centres.shape[0]):
            x, y = points[at, 0] - centres[one, 0], points[at, 1] - centres[one, 1]
            distance = x * x + y * y
            if distance < best:
                best = distance
                labels[at] = one


@Compiled
def seed(points: Floats, weights: Floats, draws: Floats, centres: Floats) -> None:
    """Choose starting centres (k, 2) among the points by draws (k), numbers in 0..1.

    The chance of a point grows with its weight times its squared distance to the centres chosen
    so far (k-means++, Arthur and Vassilvitskii 2007).
    """
    size = points.shape[0]
    away = weights.copy()
    for one in range(centres.shape[0]):
        goal = draws[one] * away.sum()
        pick = 0
        passed = away[0]
        while passed <= goal and pick < size - 1:
            pick += 1
            passed += away[pick]
        centres[one] = points[pick]
        for at in range(size):
            x, y = points[at, 0] - centres[one, 0], points[at, 1] - centres[one, 1]
            distance = weights[at] * (x * x + y * y)
            if one == 0 or distance < away[at]:
                away[at] = distance


@Compiled
def move(points: Floats, weights: Floats, rounds: int, centres: Floats, labels: Labels) -> float:
    """Move centres (k, 2) to the weighted mean of the points nearest to them, in place.

    Ends when no label changes or after `rounds`; gives the weighted sum of squared distances.
    """
    cost = 0.0
    for _ in range(rounds):
        changed = 0
        cost = 0.0
        sums = np.zeros((centres.shape[0], 3))
        for at in range(points.shape[0]):
            best = np.inf
            label = 0
            for one in range(centres.shape[0]):
                x, y = points[at, 0] - centres[one, 0], points[at, 1] - centres[one, 1]
                distance = x * x + y * y
                if distance < best:
                    best = distance
                    label = one
            changed += labels[at] != label
            labels[at] = label
            cost += weights[at] * best
            sums[label, 0] += weights[at] * points[at, 0]
            sums[label, 1] += weights[at] * points[at, 1]
            sums[label, 2] += weights[at]
        if changed == 0:
            break
        for one in range(centres.shape[0]):
            if sums[one, 2] > 0:
                centres[one] = sums[one, :2] / sums[one, 2]
    return cost


@Compiled
def silhouettes(
    points: Floats, weights: Floats, labels: Labels, first: int, last: int, totals: Floats
) -> None:
    """Add to totals (K) the weighted silhouettes of points first <= i < last.

    labels (K, m) holds K ways to group the same points. A point of weight w stands for w people at
    one place. A person alone in a group counts zero.
    """
    ways, size = labels.shape
    most = labels.max() + 1
    heavy = np.zeros((ways, most))
    for way in range(ways):
        for at in range(size):
            heavy[way, labels[way, at]] += weights[at]
    far = np.empty((ways, most))
    for at in range(first, last):
        far[:] = 0.0
        for other in range(size):
            x, y = points[at, 0] - points[other, 0], points[at, 1] - points[other, 1]
            distance = weights[other] * np.sqrt(x * x + y * y)
            for way in range(ways):
                far[way, labels[way, other]] += distance
        for way in range(ways):
            own = labels[way, at]
            inside = far[way, own] / max(heavy[way, own] - 1, 1.0)
            outside = np.inf
            for one in range(most):
                if one != own and heavy[way, one] > 0:
                    outside = min(outside, far[way, one] / heavy[way, one])
            larger = max(inside, outside)
            if heavy[way, own] > 1 and 0 < larger < np.inf:
                totals[way] += weights[at] * (outside - inside) / larger


@Compiled
def settle(
    points: Floats,
    weights: Floats,
    start: Floats,
    rounds: int,
    near: float,
    labels: NDArray[np.int64],
) -> int:
    """Move centres as a Polis server does; give how many are left, labels (m) among those.

    Each round every point joins its nearest centre, the last of equals; centres move to their
    points' weighted mean and those without points go. Rounds end when the centres, sorted, each
    moved less than `near` since the round before.
    """
    size = points.shape[0]
    centres = start.copy()
    for _ in range(rounds):
        sums = np.zeros((centres.shape[0], 3))
        for at in range(size):
            best = np.inf
            for one in range(centres.shape[0]):
                x, y = points[at, 0] - centres[one, 0], points[at, 1] - centres[one, 1]
                distance = x * x + y * y
                if distance <= best:
                    best = distance
                    labels[at] = one
            sums[labels[at], 0] += weights[at] * points[at, 0]
            sums[labels[at], 1] += weights[at] * points[at, 1]
            sums[labels[at], 2] += weights[at]
        kept = np.flatnonzero(sums[:, 2] > 0)
        place = np.full(centres.shape[0], -1, np.int64)
        place[kept] = np.arange(kept.size)
        for at in range(size):
            labels[at] = place[labels[at]]
        moved = np.empty((kept.size, 2))
        for one in range(kept.size):
            moved[one] = sums[kept[one], :2] / sums[kept[one], 2]
        old, new = centres[np.argsort(centres[:, 0])], moved[np.argsort(moved[:, 0])]
        still = True
        for one in range(min(old.shape[0], new.shape[0])):
            x, y = old[one, 0] - new[one, 0], old[one, 1] - new[one, 1]
            still = still and np.sqrt(x * x + y * y) < near
        centres = moved
        if still:
            break
    return int(centres.shape[0])
