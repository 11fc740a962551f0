"""A map that runs: a new vote changes sums, not everything."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.mapping import POLIS, map_source
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.opinion_map import OpinionMap
from hakapa.algorithms.opinion.sources import InMemory
from hakapa.algorithms.opinion.steadiness import Trail
from hakapa.algorithms.opinion.sums import Sums, sums_of
from hakapa.algorithms.opinion.votes import Votes, ids_of

NOT_CAST = 2
Cell = tuple[int, int]


class RunningMap:
    """Votes that keep coming, over statements known from the start.

    Its map equals the one computed from all votes at once. A vote costs a few operations per
    statement; the rest waits until a map is asked for. Memory: a byte per participant and
    statement, twelve per pair of statements. Moderating, naming and sorting statements anew means
    starting a new one from `votes()`.
    """

    def __init__(self, votes: Votes, trail: Trail | None = None) -> None:
        """Start from the votes so far; `trail` is that of the map last shown."""
        self._first = votes
        self._sums = sums_of(votes)
        self._trail = trail
        self._columns = {key: at for at, key in enumerate(votes.statements.tolist())}
        self._rows = {key: at for at, key in enumerate(votes.participants.tolist())}
        self._cells = np.full((len(self._rows), len(self._columns)), NOT_CAST, dtype=np.int8)
        who = np.repeat(np.arange(len(self._rows)), votes.cast)
        self._cells[who, votes.columns] = votes.values

    def add(self, participant: Any, statement: Any, vote: int) -> None:
        """Take one vote in; it replaces this participant's earlier vote on the statement.

        Raises ValueError for a vote that is none and KeyError for an unknown statement.
        """
        if vote not in {-1, 0, 1}:
            raise ValueError("a vote is 1 (agree), 0 (pass) or -1 (disagree)")
        column = self._columns[statement]
        row = self._rows.get(participant)
        if row is None:
            row = self._rows[participant] = len(self._rows)
            self._sums = replace(self._sums, people=self._sums.people + 1)
            self._make_room()
        cells = self._cells[row]
        if cells[column] != NOT_CAST:
            self._shift(cells, column, -1)
        cells[column] = vote
        self._shift(cells, column, 1)

    def add_all(self, votes: Iterable[tuple[Any, Any, int]]) -> None:
        """Take in (participant, statement, vote), in the order in which they were cast."""
        for participant, statement, vote in votes:
            self.add(participant, statement, vote)

    def votes(self) -> Votes:
        """Give all votes that count, participants in order of their ids."""
        people = ids_of(list(self._rows))
        order = np.argsort(people, kind="stable")
        cells = self._cells[: people.size][order]
        cast = cells != NOT_CAST
        starts = np.concatenate([[0], np.cumsum(cast.sum(axis=1))])
        columns = np.flatnonzero(cast) % max(cells.shape[1], 1)
        votes = replace(
            self._first,
            participants=people[order],
            starts=starts.astype(np.int64),
            columns=columns.astype(self._first.columns.dtype),
            values=cells[cast],
        )
        if self._first.sector_of is None:
            return votes
        sector_of = np.full(people.size, -1, dtype=np.int8)
        sector_of[: self._first.sector_of.size] = self._first.sector_of
        return replace(votes, sector_of=sector_of[order])

    def map(self, method: Method = POLIS) -> OpinionMap:
        """Draw the map as it is now; letters and axes follow the map drawn before."""
        shown = map_source(InMemory(self.votes(), self._sums), method, self._trail)
        self._trail = shown.trail
        return shown

    @property
    def sums(self) -> Sums:
        """The sums as they are now."""
        return self._sums

    def _make_room(self) -> None:
        """Double the table of votes when it is full."""
        if len(self._rows) > self._cells.shape[0]:
            more = np.full((max(16, len(self._rows)), self._cells.shape[1]), NOT_CAST, np.int8)
            self._cells = np.concatenate([self._cells, more])

    def _shift(self, cells: NDArray[np.int8], column: int, sign: int) -> None:
        """Add (or take away) one vote's part in the sums, beside the person's other votes."""
        sums, vote = self._sums, int(cells[column])
        sums.counts[vote + 1, column] += sign
        if self._first.silent[column]:
            return
        others = np.flatnonzero((cells != NOT_CAST) & ~self._first.silent)
        others = others[others != column]
        theirs = cells[others].astype(np.int32) * sign
        sums.both[column, others] += theirs * vote
        sums.both[others, column] += theirs * vote
        sums.one[column, others] += vote * sign
        sums.one[others, column] += theirs
        sums.cast[column, others] += sign
        sums.cast[others, column] += sign
