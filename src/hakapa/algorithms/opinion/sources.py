"""Where votes lie: in memory here, or in parts on many machines. A map needs only their sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.components import Components
from hakapa.algorithms.opinion.projection import positions_of
from hakapa.algorithms.opinion.sums import Sums, sums_of, tally
from hakapa.algorithms.opinion.votes import Votes


@dataclass(frozen=True, eq=False)
class Room:
    """Who and what a conversation consists of; the same fields as `Votes`, without the votes.

    cast (P) counts the votes of each participant.
    """

    participants: NDArray[Any]
    statements: NDArray[Any]
    silent: NDArray[np.bool_]
    cast: NDArray[np.int64]
    texts: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    sector_of: NDArray[np.int8] | None = None


class Source(Protocol):
    """Votes that can be summed up, wherever they lie."""

    @property
    def room(self) -> Room:
        """Who and what."""
        ...

    def sums(self) -> Sums:
        """Add up what centre and components need."""
        ...

    def positions(self, components: Components) -> NDArray[np.float64]:
        """Place every participant (P, 2)."""
        ...

    def tallies(self, divisions: Sequence[tuple[NDArray[np.int8], int]]) -> list[NDArray[np.int64]]:
        """Count votes per group, (G, 3, S), for each (labels (P), number of groups)."""
        ...


@dataclass(frozen=True, eq=False)
class InMemory:
    """Votes in this process. `ready` are sums already kept up to date, if any."""

    votes: Votes
    ready: Sums | None = None

    @property
    def room(self) -> Room:
        """Who and what."""
        return room_of(self.votes)

    def sums(self) -> Sums:
        """Add up, unless that was done already."""
        return self.ready or sums_of(self.votes)

    def positions(self, components: Components) -> NDArray[np.float64]:
        """Place every participant."""
        return positions_of(self.votes, components)

    def tallies(self, divisions: Sequence[tuple[NDArray[np.int8], int]]) -> list[NDArray[np.int64]]:
        """Count votes per group of each division."""
        return [tally(self.votes, labels, groups) for labels, groups in divisions]


def room_of(votes: Votes) -> Room:
    """Leave the votes out."""
    return Room(
        votes.participants,
        votes.statements,
        votes.silent,
        votes.cast,
        votes.texts,
        votes.sectors,
        votes.sector_of,
    )
