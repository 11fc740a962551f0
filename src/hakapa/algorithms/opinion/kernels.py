# ruff: noqa: PLR0913, PLR0917  a kernel takes its arrays one by one
"""The loops over votes and people, compiled on first use.

Shapes: n votes, P people, S statements, G groups. `starts` (P+1) int64 points into `columns` (n)
and `values` (n) int8: the votes of person p are starts[p] to starts[p+1]. Counts are integers, so
no answer depends on the order in which votes are met.
"""

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.compiling import Compiled

Ints = NDArray[np.integer]
Int64s = NDArray[np.int64]

TILE = 32
BLOCK = 32_000  # people per packed block: below 2**15, so that no count runs over


@Compiled
def count_votes(people: Ints, first: int, last: int, counts: Int64s) -> None:
    """Add to counts[p - first] the number of votes of each person first <= p < last."""
    for at in range(people.size):
        person = people[at]
        if first <= person < last:
            counts[person - first] += 1


@Compiled
def place_votes(
    people: Ints,
    statements: Ints,
    votes: Ints,
    first: int,
    last: int,
    places: Ints,
    cells: Ints,
) -> None:
    """Put the votes of people first <= p < last in rows; places[p - first] is the next free.

    A cell holds 4 * statement + vote + 1, so that each vote is one write to a far place.
    """
    for at in range(people.size):
        person = people[at]
        if first <= person < last:
            place = places[person - first]
            cells[place] = 4 * statements[at] + votes[at] + 1
            places[person - first] = place + 1


@Compiled
def split_cells(cells: Ints, first: int, last: int, values: NDArray[np.int8]) -> None:
    """Take cells first <= i < last apart, in place: statements stay, votes go to values."""
    for at in range(first, last):
        cell = cells[at]
        values[at] = np.int8(cell & 3) - 1
        cells[at] = cell >> 2


@Compiled
def keep_last(
    starts: Int64s,
    first: int,
    last: int,
    seen: Int64s,
    columns: Ints,
    values: NDArray[np.int8],
    kept: Int64s,
) -> int:
    """Keep the last vote on each statement at the front of each row, in place; give how many went.

    `seen` (S) is scratch filled with -1; kept[p] becomes the number of votes of person p.
    """
    dropped = 0
    for person in range(first, last):
        start, stop = starts[person], starts[person + 1]
        place = stop
        for at in range(stop - 1, start - 1, -1):
            column = columns[at]
            if seen[column] != person:
                seen[column] = person
                place -= 1
                columns[place] = column
                values[place] = values[at]
        kept[person] = stop - place
        dropped += place - start
        if place > start:
            for at in range(stop - place):
                columns[start + at] = columns[place + at]
                values[start + at] = values[place + at]
    return dropped


@Compiled
def add_pairs(
    starts: Int64s,
    columns: Ints,
    values: NDArray[np.int8],
    silent: NDArray[np.bool_],
    first: int,
    last: int,
    packed: Int64s,
) -> None:
    """Add, for every two votes of one person, four counts in one number to packed (S, S).

    For votes v on statement j and w on k (j before k in the row) packed[j, k] grows by
    (v + B) * (w + B*B) with B = 2**16: that is v*w + B*w + B*B*v + B*B*B. At most BLOCK people.
    Statements that are silent (moderated) are left out.
    """
    left = np.empty(packed.shape[0], np.int64)
    right = np.empty(packed.shape[0], np.int64)
    where = np.empty(packed.shape[0], np.int64)
    for person in range(first, last):
        count = 0
        for at in range(starts[person], starts[person + 1]):
            column = columns[at]
            if not silent[column]:
                where[count] = column
                left[count] = np.int64(values[at]) + 65536
                right[count] = np.int64(values[at]) + 4294967296
                count += 1
        for one in range(count - 1):
            row = packed[where[one]]
            factor = left[one]
            for other in range(one + 1, count):
                row[where[other]] += factor * right[other]


@Compiled
def unpack_pairs(
    packed: Int64s, both: NDArray[np.int32], one: NDArray[np.int32], cast: NDArray[np.int32]
) -> None:
    """Take the four counts apart, add them to the three matrices (S, S), and clear packed.

    both[j, k] sums v_j*v_k, one[j, k] sums v_j over those who voted on k as well, cast[j, k] counts
    those who voted on both.
    """
    size = packed.shape[0]
    for top in range(0, size, TILE):  # in tiles, so that rows and columns stay near
        for left in range(0, size, TILE):
            for j in range(top, min(top + TILE, size)):
                for k in range(left, min(left + TILE, size)):
                    number = packed[j, k]
                    if number != 0:
                        product = ((number + 32768) & 65535) - 32768
                        number = (number - product) >> 16
                        second = ((number + 32768) & 65535) - 32768
                        number = (number - second) >> 16
                        former = ((number + 32768) & 65535) - 32768
                        pairs = (number - former) >> 16
                        both[j, k] += product
                        both[k, j] += product
                        one[j, k] += former
                        one[k, j] += second
                        cast[j, k] += pairs
                        cast[k, j] += pairs
                        packed[j, k] = 0


@Compiled
def add_votes(
    starts: Int64s,
    columns: Ints,
    values: NDArray[np.int8],
    labels: NDArray[np.int8],
    first: int,
    last: int,
    counts: Int64s,
) -> None:
    """Count votes per group into counts (G, 3, S): disagree, pass, agree; label -1 is no group."""
    for person in range(first, last):
        label = labels[person]
        if label >= 0:
            for at in range(starts[person], starts[person + 1]):
                counts[label, values[at] + 1, columns[at]] += 1


@Compiled
def project_rows(
    starts: Int64s,
    columns: Ints,
    values: NDArray[np.int8],
    silent: NDArray[np.bool_],
    steps: Int64s,
    first: int,
    last: int,
    sums: Int64s,
) -> None:
    """Add up steps (S, 3, 2) over each person's votes, and count them, into sums (P, 3)."""
    for person in range(first, last):
        x = 0
        y = 0
        heard = 0
        for at in range(starts[person], starts[person + 1]):
            column, vote = columns[at], values[at] + 1
            x += steps[column, vote, 0]
            y += steps[column, vote, 1]
            heard += not silent[column]
        sums[person, 0] = x
        sums[person, 1] = y
        sums[person, 2] = heard


@Compiled
def close_gaps(starts: Int64s, kept: Int64s, columns: Ints, values: NDArray[np.int8]) -> None:
    """Move the rows together after repeats were dropped; starts is rewritten in place."""
    free = 0
    for person in range(kept.size):
        start = starts[person]
        starts[person] = free
        for at in range(kept[person]):
            columns[free] = columns[start + at]
            values[free] = values[start + at]
            free += 1
    starts[kept.size] = free


@Compiled
def mark_present(ids: Ints, lowest: int, present: NDArray[np.bool_]) -> None:
    """Set present[id - lowest] for every id."""
    for at in range(ids.size):
        present[ids[at] - lowest] = True
