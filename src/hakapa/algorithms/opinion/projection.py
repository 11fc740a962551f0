"""Where people and statements stand on the map, fair to those who voted on little."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion import kernels
from hakapa.algorithms.opinion.components import Components
from hakapa.algorithms.opinion.gathering import in_spans
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.votes import Votes

Floats = NDArray[np.float64]
UNIT = float(1 << 44)  # steps are whole multiples of 1/UNIT, so that their order never matters


def steps_of(components: Components) -> NDArray[np.int64]:
    """Give (S, 3, 2): what a disagree, pass, agree moves along x and y, in steps of 1/UNIT.

    Over 2**18 votes of one person the sums stay far below 2**63.
    """
    votes = np.array([-1.0, 0.0, 1.0])[np.newaxis, :] - components.centre[:, np.newaxis]
    moves = votes[:, :, np.newaxis] * components.loadings.T[:, np.newaxis, :]
    return np.rint(moves * UNIT).astype(np.int64)


def positions_of(votes: Votes, components: Components) -> Floats:
    """Give each participant's place (P, 2) on the map.

    The sum over votes cast of (vote - mean) * loading, times sqrt(statements / votes cast); a
    moderated statement has no loading and counts as voted on by everybody.
    """
    steps = steps_of(components)
    sums = np.zeros((votes.participants.size, 3), dtype=np.int64)
    rows = votes.starts, votes.columns, votes.values, votes.silent

    def project(first: int, last: int) -> None:
        kernels.project_rows(*rows, steps, first, last, sums)

    in_spans(votes.participants.size, votes.columns.size, project)
    return placed(sums, votes.silent)


def placed(sums: NDArray[np.int64], silent: NDArray[np.bool_]) -> Floats:
    """Turn sums (P, 3) of steps into places (P, 2)."""
    heard = np.maximum(sums[:, 2] + int(silent.sum()), 1)
    scale = np.sqrt(silent.size / heard) / UNIT
    return np.asarray(sums[:, :2] * scale[:, np.newaxis])


def statement_positions(components: Components, silent: NDArray[np.bool_]) -> Floats:
    """Give where somebody who only agreed with one statement would stand, for each (S, 2)."""
    away = np.sqrt(silent.size) * (1.0 - components.centre)
    places: Floats = away[:, np.newaxis] * components.loadings.T
    places[silent] = 0.0
    return places


@dataclass(frozen=True)
class Admission:
    """Who is mapped: places among the participants, and how many votes were asked of them."""

    people: NDArray[np.intp]
    votes_asked: int


def admitted(
    cast: NDArray[np.int64],
    statements: int,
    method: Method,
    before: NDArray[np.bool_] | None = None,
) -> Admission:
    """Admit who cast enough votes, who was on the map before, and the most active up to a minimum.

    cast (P) counts each participant's votes; before (P) marks those already on the map.
    """
    asked = min(method.min_votes, statements)
    inside = (cast >= max(asked, 1)) | (np.zeros(cast.size, np.bool_) if before is None else before)
    missing = min(method.min_people, int((cast > 0).sum())) - int(inside.sum())
    if missing > 0:
        outside = np.flatnonzero(~inside)
        busiest = outside[np.argsort(-cast[outside], kind="stable")]
        inside[busiest[:missing]] = True
    return Admission(np.flatnonzero(inside), asked)
