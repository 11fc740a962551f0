"""Readiness: what a solution requires beside what an organisation has.

Everything is one product of two tables, so a country is recomputed at once and one change
touches one row.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

LEVELS = {"must": 4, "should": 2, "could": 1}  # how much each counts in the score
SENTENCES = {
    "sv": {
        "ready": "{who} har allt som {solution} kräver.",
        "missing": "{who} saknar för {solution}: {missing}.",
    },
    "en": {
        "ready": "{who} has everything that {solution} requires.",
        "missing": "{who} lacks for {solution}: {missing}.",
    },
}

Grid = NDArray[np.float32]


@dataclass(frozen=True)
class Requirement:
    """Something a solution requires: a thing to have, and whether it must, should or could."""

    needs: str
    level: str = "must"


@dataclass(frozen=True, eq=False)
class Readiness:
    """Organisations (rows) beside solutions (columns).

    `score` is the part of what is required that is there, weighed by level, 0 to 1; `missing`
    counts the musts that are not there.  Both have shape (organisations, solutions).
    """

    organisations: tuple[str, ...]
    solutions: tuple[str, ...]
    things: tuple[str, ...]
    held: Grid  # (organisations, things), ones and zeros
    weights: Grid  # (things, solutions), the level of each requirement
    score: Grid
    missing: NDArray[np.int32]

    def ready(self, organisation: str, solution: str) -> bool:
        """Say whether an organisation has every must of a solution."""
        row, column = self.organisations.index(organisation), self.solutions.index(solution)
        return bool(self.missing[row, column] == 0)

    def lacks(self, organisation: str, solution: str) -> tuple[str, ...]:
        """Name what is required and not there, musts first."""
        row, column = self.organisations.index(organisation), self.solutions.index(solution)
        open_weights = self.weights[:, column] * (1 - self.held[row])
        by_level = sorted(np.flatnonzero(open_weights), key=lambda i: -open_weights[i])
        return tuple(self.things[i] for i in by_level)

    def explain(self, organisation: str, solution: str, language: str = "sv") -> str:
        """Say what an organisation lacks for a solution."""
        missing = self.lacks(organisation, solution)
        text = SENTENCES[language]["missing" if missing else "ready"]
        return text.format(who=organisation, solution=solution, missing=", ".join(missing))


def readiness_of(
    holdings: Mapping[str, AbstractSet[str]], solutions: Mapping[str, Sequence[Requirement]]
) -> Readiness:
    """Compare what each organisation has with what each solution requires.

    A thing that is required twice by one solution counts at its highest level.
    """
    things = sorted({need.needs for needs in solutions.values() for need in needs})
    at = {thing: i for i, thing in enumerate(things)}
    weights = np.zeros((len(things), len(solutions)), dtype=np.float32)
    for column, needs in enumerate(solutions.values()):
        for need in needs:
            here = at[need.needs], column
            weights[here] = max(weights[here], LEVELS[need.level])
    held = np.zeros((len(holdings), len(things)), dtype=np.float32)
    for row, has in enumerate(holdings.values()):
        held[row, [at[thing] for thing in has if thing in at]] = 1
    score, missing = _compared(held, weights)
    return Readiness(
        tuple(holdings), tuple(solutions), tuple(things), held, weights, score, missing
    )


def _compared(held: Grid, weights: Grid) -> tuple[Grid, NDArray[np.int32]]:
    """Compare rows of holdings with all requirements; nothing required is fully there."""
    musts = (weights == LEVELS["must"]).astype(np.float32)
    whole = weights.sum(axis=0)
    score = np.where(whole > 0, held @ weights / np.maximum(whole, 1), 1).astype(np.float32)
    missing = np.rint(musts.sum(axis=0) - held @ musts).astype(np.int32)
    return score, missing


def changed(readiness: Readiness, organisation: str, thing: str, *, has: bool) -> Readiness:
    """Note that an organisation got or lost a thing: only its row is computed again.

    A thing that no solution requires changes nothing.
    """
    if thing not in readiness.things:
        return readiness
    row = readiness.organisations.index(organisation)
    held, score = readiness.held.copy(), readiness.score.copy()
    missing = readiness.missing.copy()
    held[row, readiness.things.index(thing)] = has
    score[[row]], missing[[row]] = _compared(held[[row]], readiness.weights)
    return replace(readiness, held=held, score=score, missing=missing)
