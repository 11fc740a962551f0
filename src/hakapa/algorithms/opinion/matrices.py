"""The loops over pairs of statements, compiled on first use."""

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.compiling import Compiled, compiled_freely

Floats = NDArray[np.float64]


@Compiled
def centre_pairs(
    both: NDArray[np.int32],
    one: NDArray[np.int32],
    cast: NDArray[np.int32],
    centre: Floats,
    matrix: Floats,
) -> None:
    """Put sums of products of centred votes above the diagonal of matrix (S, S)."""
    size = centre.size
    for j in range(size):
        for k in range(j + 1, size):
            crossed = centre[k] * one[j, k] + centre[j] * one[k, j]
            matrix[j, k] = both[j, k] - crossed + centre[j] * centre[k] * cast[j, k]


@compiled_freely
def multiply(matrix: Floats, vector: Floats, product: Floats) -> None:
    """Multiply a symmetric matrix (S, S), given on and above its diagonal, by a vector (S)."""
    size = vector.size
    product[:] = 0.0
    for j in range(size):
        factor = vector[j]
        total = matrix[j, j] * factor
        for k in range(j + 1, size):
            total += matrix[j, k] * vector[k]
            product[k] += matrix[j, k] * factor
        product[j] += total
