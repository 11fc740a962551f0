"""The opinion map: what came out, and everything needed to say how."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.components import Components
from hakapa.algorithms.opinion.consensus import Shared
from hakapa.algorithms.opinion.division import Division
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.sources import Room
from hakapa.algorithms.opinion.steadiness import Pace, Trail

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """A map of M mapped people among P participants, on S statements.

    counts (3, S): disagreeing, passing and agreeing participants, mapped or not. positions (P, 2).
    mapped (M): places among the participants; labels (M): their group, a place in `groups`;
    letters: the group's lasting number, 0 is A. silhouettes: how well each k tried fits.
    agreed, rejected: the consensus of the whole room.
    """

    method: Method
    room: Room
    counts: NDArray[np.int64]
    components: Components
    positions: NDArray[np.float64]
    mapped: NDArray[np.intp]
    votes_asked: int
    labels: NDArray[np.int8]
    letters: tuple[int, ...]
    silhouettes: dict[int, float]
    pace: Pace
    groups: Division
    sectors: Division | None
    agreed: tuple[Shared, ...]
    rejected: tuple[Shared, ...]

    @property
    def k(self) -> int:
        """The number of groups."""
        return len(self.letters)

    @property
    def n_votes(self) -> int:
        """The number of votes that count."""
        return int(self.room.cast.sum())

    @property
    def trail(self) -> Trail:
        """What the next map of this conversation should be told."""
        return Trail(
            self.room.participants[self.mapped],
            np.array(self.letters, dtype=np.int8)[self.labels] if self.k else self.labels,
            self.room.statements,
            self.components.loadings,
            self.pace,
        )

    def members(self, group: int) -> list[Any]:
        """Give the participant ids of a group, by its place."""
        found: list[Any] = self.room.participants[self.mapped[self.labels == group]].tolist()
        return found

    def text(self, statement: int) -> str:
        """Give a statement's words, or its number where there are none."""
        words = " ".join(self.room.texts[statement].split()) if self.room.texts else ""
        return words or f"#{self.room.statements[statement]}"


def letter(number: int) -> str:
    """Name a group: A to Z, then A2 and so on."""
    again, place = divmod(number, len(ALPHABET))
    return ALPHABET[place] + (str(again + 1) if again else "")
