"""From votes in any order to rows by participant, the last vote on each statement kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion import kernels

THREADS = 2
WORTH_THREADS = 20_000  # votes below this are counted faster by one thread
Rows = tuple[NDArray[np.int64], NDArray[np.integer[Any]], NDArray[np.int8]]


def number(
    ids: NDArray[Any], known: NDArray[Any] | None = None
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give the distinct ids in ascending order, and for each id its place among them.

    With `known`, those are the distinct ids; an id outside raises ValueError.
    """
    if known is not None:
        return _numbered_by(ids, np.unique(known))
    if ids.size == 0 or ids.dtype.kind not in "iu":
        return np.unique(ids, return_inverse=True)
    lowest, highest = int(ids.min()), int(ids.max())
    if highest - lowest > 4 * ids.size + 1024:
        return np.unique(ids, return_inverse=True)
    present = np.zeros(highest - lowest + 1, dtype=np.bool_)
    kernels.mark_present(ids, lowest, present)  # by one thread: two would fight for few places
    distinct = np.flatnonzero(present) + lowest
    if lowest == 0 and distinct.size == present.size:
        return distinct, ids
    place = np.cumsum(present) - 1
    return distinct, place[ids - lowest]


def _numbered_by(ids: NDArray[Any], known: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Find each id's place among the known ones."""
    if ids.size == 0:
        return known, np.zeros(0, dtype=np.int64)
    if (known.dtype.kind == "U") != (ids.dtype.kind == "U"):
        raise ValueError(f"statement {ids[0]} is not among the known statements")
    place = np.searchsorted(known, ids)
    wrong = place == known.size
    wrong[~wrong] = known[place[~wrong]] != ids[~wrong]
    if wrong.any():
        raise ValueError(f"statement {ids[wrong][0]} is not among the known statements")
    return known, place


def in_spans(
    total: int, votes: int, work: Callable[[int, int], int | None], step: int = 0
) -> list[int | None]:
    """Do work(first, last) over spans of range(total), on threads when there is much to do.

    `step` bounds a span's length. Answers come in the order of the spans.
    """
    threads = THREADS if votes > WORTH_THREADS else 1
    length = max(1, -(-total // threads))
    if step:
        length = min(length, step)
    spans = [(at, min(total, at + length)) for at in range(0, total, length)]
    if threads == 1:
        return [work(first, last) for first, last in spans]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda span: work(*span), spans))


def gather(
    rows: NDArray[Any],
    columns: NDArray[Any],
    votes: NDArray[np.int8],
    people: int,
    statements: int,
) -> Rows:
    """Sort votes by participant, in linear time, and keep the last on each statement.

    Arrays (n) of places and votes, in the order cast. Gives starts (people + 1), columns, values.
    """
    small = np.uint16 if 4 * statements <= np.iinfo(np.uint16).max else np.int32
    near = np.int32 if rows.size <= np.iinfo(np.int32).max else np.int64
    held: NDArray[np.integer[Any]] = np.empty(rows.size, dtype=small)
    values = np.empty(rows.size, dtype=np.int8)
    starts = np.zeros(people + 1, dtype=np.int64)

    def count(first: int, last: int) -> None:
        kernels.count_votes(rows, first, last, starts[first + 1 : last + 1])

    def place(first: int, last: int) -> None:
        free: NDArray[np.integer[Any]] = starts[first:last].astype(near)
        kernels.place_votes(rows, columns, votes, first, last, free, held)

    in_spans(people, rows.size, count)
    np.cumsum(starts, out=starts)
    in_spans(people, rows.size, place)
    in_spans(rows.size, rows.size, lambda a, b: kernels.split_cells(held, a, b, values))
    return _without_repeats(starts, held, values, statements)


def _without_repeats(
    starts: NDArray[np.int64],
    columns: NDArray[np.integer[Any]],
    values: NDArray[np.int8],
    statements: int,
) -> Rows:
    """Keep the last vote of each participant on each statement."""
    kept = np.empty(starts.size - 1, dtype=np.int64)

    def keep(first: int, last: int) -> int:
        seen = np.full(statements, -1, dtype=np.int64)
        return kernels.keep_last(starts, first, last, seen, columns, values, kept)

    if any(in_spans(kept.size, columns.size, keep)):
        kernels.close_gaps(starts, kept, columns, values)
        columns, values = columns[: starts[-1]].copy(), values[: starts[-1]].copy()
    return starts, columns, values
