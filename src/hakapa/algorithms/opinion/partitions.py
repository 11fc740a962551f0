"""Votes in parts on many machines: the same sums for each part, added up (Dask, extra `scale`)."""

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.components import Components
from hakapa.algorithms.opinion.mapping import POLIS, map_source
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.opinion_map import OpinionMap
from hakapa.algorithms.opinion.projection import positions_of
from hakapa.algorithms.opinion.sources import Room
from hakapa.algorithms.opinion.steadiness import Trail
from hakapa.algorithms.opinion.sums import Sums, sums_of, tally
from hakapa.algorithms.opinion.votes import Votes

Float = NDArray[np.float64]


def map_parts(
    parts: Iterable[Any],
    statements: Iterable[Any],
    *,
    moderated: Iterable[Any] = (),
    method: Method = POLIS,
    before: Trail | None = None,
) -> OpinionMap:
    """Map votes that lie in parts; equal to the map of all votes on one machine.

    Each part gives three columns (participants, statements, votes), or is a Dask delayed object
    that does. All votes of a participant lie in one part: ValueError otherwise. `statements` lists
    all of them. Raises ModuleNotFoundError without Dask.
    """
    dask = needed("dask")
    known, silent = list(statements), list(moderated)
    make = dask.delayed(_votes)
    votes = tuple(dask.persist(*[make(part, known, silent) for part in parts]))
    rooms: list[Room] = list(dask.compute(*[dask.delayed(_room)(part) for part in votes]))
    empty = Votes.from_columns([], [], [], known=known, moderated=silent)
    people = np.concatenate([room.participants for room in rooms]) if rooms else empty.participants
    order = np.argsort(people, kind="stable")
    if (people[order][1:] == people[order][:-1]).any():
        raise ValueError("the votes of a participant lie in more than one part")
    cast = np.concatenate([room.cast for room in rooms]) if rooms else empty.cast
    room = Room(people[order], empty.statements, empty.silent, cast[order])
    sizes = [one.participants.size for one in rooms]
    return map_source(_Parts(dask, votes, room, order, sizes), method, before)


def needed(name: str) -> Any:
    """Import Dask; raises ModuleNotFoundError that says what to install."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "maps in parts need Dask: pip install 'hakapa[scale]'", name=name
        ) from error


@dataclass(frozen=True, eq=False)
class _Parts:
    """A source whose votes lie in parts. order (P) sorts the people of all parts by id."""

    dask: Any
    votes: tuple[Any, ...]
    room: Room
    order: NDArray[np.intp]
    sizes: list[int]

    def sums(self) -> Sums:
        """Add up in each part, then across."""
        parts = [self.dask.delayed(sums_of)(part) for part in self.votes]
        none = Sums.none(self.room.statements.size)
        total: Sums = reduce(add, self.dask.compute(*parts), none)
        return total

    def positions(self, components: Components) -> Float:
        """Place people in each part."""
        parts = [self.dask.delayed(positions_of)(part, components) for part in self.votes]
        places = np.concatenate([np.zeros((0, 2)), *self.dask.compute(*parts)])
        return np.asarray(places[self.order])

    def tallies(self, divisions: Sequence[tuple[NDArray[np.int8], int]]) -> list[NDArray[np.int64]]:
        """Count in each part, then add up."""
        found = []
        bounds = np.cumsum(self.sizes)[:-1]
        for labels, groups in divisions:
            own = np.empty_like(labels)
            own[self.order] = labels
            pieces = np.split(own, bounds) if self.sizes else []
            parts = [
                self.dask.delayed(tally)(part, piece, groups)
                for part, piece in zip(self.votes, pieces, strict=True)
            ]
            none = np.zeros((groups, 3, self.room.statements.size), dtype=np.int64)
            found.append(reduce(add, self.dask.compute(*parts), none))
        return found


def _votes(columns: Any, known: list[Any], moderated: list[Any]) -> Votes:
    """Make votes of one part."""
    who, what, cast = columns
    return Votes.from_columns(who, what, cast, known=known, moderated=moderated)


def _room(votes: Votes) -> Room:
    """Say who is in a part."""
    return Room(votes.participants, votes.statements, votes.silent, votes.cast)
