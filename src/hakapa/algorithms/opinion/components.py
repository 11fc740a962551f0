"""Centre and principal components: the lines along which opinions differ most.

Polis' definition (compdemocracy/polis, math/pca.clj): a missing vote is its statement's mean, so
that after centring it is zero; a moderated statement counts as a pass by everybody.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse.linalg import LinearOperator, eigsh

from hakapa.algorithms.opinion import matrices
from hakapa.algorithms.opinion.sums import Sums

Floats = NDArray[np.float64]
FAINT = 1e-3  # agreement of two directions below which the former one does not decide
SMALL = 100  # statements up to which the whole eigenproblem is solved
KEPT = 32  # directions kept while searching
CLOSE = 1e-13


@dataclass(frozen=True, eq=False)
class Components:
    """The middle and the two axes of the map.

    centre (S): mean vote per statement. loadings (2, S): unit vectors, or zero where the votes
    have no second (or first) direction. spread (2): eigenvalues. total: the sum of all.
    """

    centre: Floats
    loadings: Floats
    spread: Floats
    total: float

    @property
    def explained(self) -> tuple[float, float]:
        """The share of all differences that each axis shows, 0 to 1."""
        if self.total <= 0:
            return (0.0, 0.0)
        return (float(self.spread[0] / self.total), float(self.spread[1] / self.total))


def means(counts: NDArray[np.int64], silent: NDArray[np.bool_]) -> Floats:
    """Give the mean vote per statement (S) from counts (3, S); 0 without votes or when silent."""
    cast = counts.sum(axis=0)
    balance = (counts[2] - counts[0]).astype(np.float64)
    return np.where(silent | (cast == 0), 0.0, balance / np.maximum(cast, 1))


def scatter(sums: Sums, silent: NDArray[np.bool_]) -> Floats:
    """Give the sums of products (S, S) of centred votes, on and above the diagonal."""
    centre = means(sums.counts, silent)
    matrix = np.zeros((centre.size, centre.size))
    matrices.centre_pairs(sums.both, sums.one, sums.cast, centre, matrix)
    own = sums.counts[0] + sums.counts[2] - sums.counts.sum(axis=0) * centre**2
    np.fill_diagonal(matrix, own)
    matrix[silent, :] = 0.0
    matrix[:, silent] = 0.0
    return matrix


def components_of(
    sums: Sums, silent: NDArray[np.bool_], before: Floats | None = None
) -> Components:
    """Find the two directions (S) along which votes differ most.

    `before` (2, S) are the loadings of the previous map: they speed up the search and decide the
    signs. Without them a direction points to where its largest loading is positive.
    """
    matrix = scatter(sums, silent)
    total = float(np.trace(matrix))
    spread, loadings = _two_largest(matrix, before)
    floor = 1e-10 * max(total, 1e-300)
    for axis in range(2):
        if spread[axis] <= floor:
            spread[axis], loadings[axis] = 0.0, 0.0
        elif _points_away(loadings[axis], None if before is None else before[axis]):
            loadings[axis] *= -1
    return Components(means(sums.counts, silent), loadings, spread, total)


def _two_largest(matrix: Floats, before: Floats | None) -> tuple[Floats, Floats]:
    """Give the two largest eigenvalues (2) and their vectors (2, S), largest first."""
    size = matrix.shape[0]
    spread, loadings = np.zeros(2), np.zeros((2, size))
    if not matrix.any():
        return spread, loadings
    if size <= SMALL:
        span = (max(0, size - 2), size - 1)
        found, vectors = eigh(matrix, lower=False, subset_by_index=span)
    else:
        found, vectors = _searched(matrix, before)
    order = np.argsort(found)[::-1]
    spread[: order.size] = found[order]
    loadings[: order.size] = vectors[:, order].T
    return spread, loadings


def _searched(matrix: Floats, before: Floats | None) -> tuple[Floats, Floats]:
    """Find the two by Lanczos' method, from a start that is the same for the same votes.

    The former directions are a good start; without them the row of the statement that divides
    most, which is not at right angles to what is sought.
    """
    size = matrix.shape[0]

    def product(vector: Floats) -> Floats:
        result = np.empty(size)
        matrices.multiply(matrix, np.ascontiguousarray(vector).ravel(), result)
        return result

    if before is not None and before.any():
        start = before.sum(axis=0)
    else:
        heaviest = np.zeros(size)
        heaviest[np.argmax(np.diagonal(matrix))] = 1.0
        start = product(heaviest) + 1e-3 * np.diagonal(matrix)
    operator = LinearOperator((size, size), matvec=product, dtype=np.float64)
    found: tuple[Floats, Floats] = eigsh(operator, k=2, which="LA", v0=start, ncv=KEPT, tol=CLOSE)
    return found


def _points_away(direction: Floats, before: Floats | None) -> bool:
    """Tell whether a direction should be turned around."""
    if before is not None:
        agreement = float(direction @ before)
        if abs(agreement) > FAINT:
            return agreement < 0
    size = np.abs(direction)
    strongest = int(np.flatnonzero(size >= size.max() * (1 - 1e-9))[0])
    return bool(direction[strongest] < 0)
