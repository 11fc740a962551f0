"""From votes to the map: the Polis method from end to end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.components import Components, components_of
from hakapa.algorithms.opinion.consensus import consensus_of
from hakapa.algorithms.opinion.division import Division, divide
from hakapa.algorithms.opinion.grouping import Groupings, group
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.opinion_map import OpinionMap, letter
from hakapa.algorithms.opinion.polis_grouping import group_as_polis
from hakapa.algorithms.opinion.projection import Admission, admitted
from hakapa.algorithms.opinion.sources import InMemory, Room, Source
from hakapa.algorithms.opinion.steadiness import Pace, Trail, choose, letters
from hakapa.algorithms.opinion.votes import Votes

POLIS = Method()


def map_opinions(votes: Votes, method: Method = POLIS, before: Trail | None = None) -> OpinionMap:
    """Map the opinions of a conversation.

    `before` is the trail of the map shown until now: with it letters stay with their groups, axes
    keep their direction and another number of groups is shown only when it persists.
    """
    return map_source(InMemory(votes), method, before)


def map_given(votes: Votes, groups: Mapping[Any, int], method: Method = POLIS) -> OpinionMap:
    """Describe groups found elsewhere: participant id to group number, 0 and up.

    People without a group are not mapped. A group's number is its letter.
    """
    chosen = np.array([groups.get(key, -1) for key in votes.participants.tolist()], dtype=np.int64)
    numbers, labels = np.unique(chosen[chosen >= 0], return_inverse=True)
    grouped = _Grouped(
        Admission(np.flatnonzero(chosen >= 0), 0),
        labels.astype(np.int8),
        tuple(numbers.tolist()),
        {},
        Pace(numbers.size, numbers.size, 1),
    )
    source = InMemory(votes)
    components = components_of(source.sums(), votes.silent)
    return _described(source, components, source.positions(components), grouped, method)


def map_source(source: Source, method: Method, before: Trail | None = None) -> OpinionMap:
    """Map votes wherever they lie."""
    room = source.room
    former = None if before is None else before.loadings_of(room.statements)
    components = components_of(source.sums(), room.silent, former)
    positions = source.positions(components)
    grouped = _grouped(room, positions, method, before)
    return _described(source, components, positions, grouped, method)


@dataclass(frozen=True, eq=False)
class _Grouped:
    """Who is mapped, in which group."""

    admission: Admission
    labels: NDArray[np.int8]
    letters: tuple[int, ...]
    silhouettes: dict[int, float]
    pace: Pace


def _grouped(
    room: Room, positions: NDArray[np.float64], method: Method, before: Trail | None
) -> _Grouped:
    """Admit people, group them, choose how many groups, name them."""
    former = None if before is None else before.groups_of(room.participants)
    known = None if former is None else former >= 0
    admission = admitted(room.cast, room.statements.size, method, known)
    points = positions[admission.people]
    groupings = (group if method.mode == "stable" else group_as_polis)(points, method)
    pace = choose(groupings, method, None if before is None else before.pace)
    labels, named = letters(
        _labels(groupings, pace), points, None if former is None else former[admission.people]
    )
    return _Grouped(admission, labels, tuple(named), groupings.silhouettes, pace)


def _labels(groupings: Groupings, pace: Pace) -> NDArray[np.int8]:
    """Take the grouping that is shown; nobody has no group."""
    return groupings.labels.get(pace.shown, np.zeros(0, np.int8))


def _described(
    source: Source,
    components: Components,
    positions: NDArray[np.float64],
    grouped: _Grouped,
    method: Method,
) -> OpinionMap:
    """Count votes per group and sector, and say what tells them apart and what unites them."""
    room, k = source.room, len(grouped.letters)
    counts, sectors = _counted(source, grouped, k)
    sizes = np.bincount(grouped.labels, minlength=k).tolist()
    named = {letter(key): size for key, size in zip(grouped.letters, sizes, strict=True)}
    agreed, rejected = consensus_of(counts[0][0], room.silent, method)
    return OpinionMap(
        method,
        room,
        counts[0][0],
        components,
        positions,
        grouped.admission.people,
        grouped.admission.votes_asked,
        grouped.labels,
        grouped.letters,
        grouped.silhouettes,
        grouped.pace,
        divide("groups", named, counts[1], room.silent, method),
        _sectors(room, sectors, method),
        agreed,
        rejected,
    )


def _counted(
    source: Source, grouped: _Grouped, k: int
) -> tuple[list[NDArray[np.int64]], list[NDArray[np.int64]]]:
    """Count the votes of the room and of the groups, and of the sectors if there are any."""
    room = source.room
    labels = np.full(room.participants.size, -1, dtype=np.int8)
    labels[grouped.admission.people] = grouped.labels
    wanted = [(np.zeros(room.participants.size, dtype=np.int8), 1), (labels, k)]
    if room.sector_of is not None:
        wanted.append((room.sector_of, len(room.sectors)))
    counts = source.tallies(wanted)
    return counts[:2], counts[2:]


def _sectors(room: Room, counts: list[NDArray[np.int64]], method: Method) -> Division | None:
    """Describe the declared sectors, if any were declared."""
    if room.sector_of is None:
        return None
    inside = room.sector_of[room.sector_of >= 0]
    sizes = np.bincount(inside, minlength=len(room.sectors)).tolist()
    named = dict(zip(room.sectors, sizes, strict=True))
    return divide("sectors", named, counts[0], room.silent, method)
