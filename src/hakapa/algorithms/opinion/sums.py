"""The sums over votes from which centre and components follow; they can be added and grow."""

from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion import kernels
from hakapa.algorithms.opinion.gathering import in_spans
from hakapa.algorithms.opinion.votes import Votes

Int32s = NDArray[np.int32]
MOST_STATEMENTS = 20_000


@dataclass(frozen=True, eq=False)
class Sums:
    """Whole numbers that say all about how votes go together; sums of parts are sums of the whole.

    people: how many. counts (3, S): disagreeing, passing, agreeing people per statement. Over the
    people who voted on both j and k: both[j, k] sums the product of their votes, one[j, k] sums
    their votes on j, cast[j, k] counts them, each (S, S) and zero on the diagonal.
    """

    people: int
    counts: NDArray[np.int64]
    both: Int32s
    one: Int32s
    cast: Int32s

    def __add__(self, other: "Sums") -> "Sums":
        """Add the sums of other people over the same statements."""
        return Sums(
            self.people + other.people,
            self.counts + other.counts,
            self.both + other.both,
            self.one + other.one,
            self.cast + other.cast,
        )

    @classmethod
    def none(cls, statements: int) -> "Sums":
        """Give the sums over nobody."""
        empty = [np.zeros((statements, statements), dtype=np.int32) for _ in range(3)]
        return cls(0, np.zeros((3, statements), dtype=np.int64), *empty)


def tally(votes: Votes, labels: NDArray[np.int8], groups: int) -> NDArray[np.int64]:
    """Count votes per group: (G, 3, S), disagree, pass, agree; people with label -1 are left out.

    labels (P) lie in -1 .. groups - 1. Votes on silent statements are counted as they were cast.
    """
    shape = (groups, 3, votes.statements.size)

    def count(first: int, last: int) -> Any:
        counts = np.zeros(shape, dtype=np.int64)
        kernels.add_votes(votes.starts, votes.columns, votes.values, labels, first, last, counts)
        return counts

    parts: list[Any] = in_spans(votes.participants.size, votes.columns.size, count)
    return np.sum(parts, axis=0) if parts else np.zeros(shape, dtype=np.int64)


def sums_of(votes: Votes) -> Sums:
    """Add up everything the map needs from the votes, in one pass over pairs of votes.

    Raises ValueError for more statements than pairs of them fit in memory.
    """
    people, size = votes.participants.size, votes.statements.size
    if size > MOST_STATEMENTS:
        raise ValueError(f"{size} statements: at most {MOST_STATEMENTS} can be mapped")
    total = Sums.none(size)
    counts = tally(votes, np.zeros(people, dtype=np.int8), 1)[0]
    turn = Lock()

    def add(first: int, last: int) -> None:
        packed = np.zeros((size, size), dtype=np.int64)
        kernels.add_pairs(
            votes.starts, votes.columns, votes.values, votes.silent, first, last, packed
        )
        with turn:
            kernels.unpack_pairs(packed, total.both, total.one, total.cast)

    in_spans(people, votes.columns.size, add, kernels.BLOCK)
    return Sums(people, counts, total.both, total.one, total.cast)
