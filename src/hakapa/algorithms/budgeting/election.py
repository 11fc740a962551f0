"""What a joint funding round consists of: projects that cost, voters with weights, ballots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, chain
from math import lcm
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.int64] | NDArray[np.int32]
FloatArray: TypeAlias = NDArray[np.float64]

VOTE_TYPES = ("approval", "choose-1", "cumulative", "scoring", "ordinal")
POINTED = ("cumulative", "scoring")


@dataclass(frozen=True)
class Project:
    """Something that can be funded, or not: all of it or nothing."""

    id: str
    cost: Fraction
    name: str = ""
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Vote:
    """One voter's ballot in plain form: project ids in ballot order, points if any."""

    voter: str
    projects: tuple[str, ...]
    points: tuple[Fraction, ...] | None = None
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, eq=False)
class Ballots:
    """The different ballots, each written once.

    Ballot `i` names the projects `chosen[starts[i]:starts[i + 1]]`, in the voter's order.
    `points` runs beside `chosen`, as multiples of `points_unit`; None when there are none.
    """

    starts: IntArray
    chosen: IntArray
    points: IntArray | None = None
    points_unit: Fraction = Fraction(1)

    def __len__(self) -> int:
        """How many different ballots there are."""
        return len(self.starts) - 1

    @cached_property
    def owner(self) -> IntArray:
        """The ballot of each entry of `chosen`; shape (entries,)."""
        rows = np.arange(len(self), dtype=np.int32)
        return np.repeat(rows, np.diff(self.starts))

    @cached_property
    def by_project(self) -> IntArray:
        """Entry numbers sorted by project and then by ballot; shape (entries,)."""
        few = self.chosen.max(initial=0) < 2**16  # short numbers are sorted digit by digit
        return np.argsort(self.chosen.astype(np.uint16) if few else self.chosen, kind="stable")

    def repeated(self) -> int | None:
        """Return the first ballot that names a project twice, if any does."""
        order = self.by_project
        project, ballot = self.chosen[order], self.owner[order]
        twice = (project[1:] == project[:-1]) & (ballot[1:] == ballot[:-1])
        return int(ballot[1:][twice].min()) if twice.any() else None


@dataclass(frozen=True, eq=False)
class Election:
    """Everything that decides a funding round; money in the currency's whole unit.

    `ballot_of[v]` is the ballot of voter `v`; `weights` None means that all weigh 1.
    """

    budget: Fraction
    projects: tuple[Project, ...]
    vote_type: str
    ballots: Ballots
    ballot_of: IntArray
    voter_ids: tuple[str, ...]
    weights: tuple[Fraction, ...] | None = None
    meta: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    notices: tuple[str, ...] = ()
    source: str = field(default="election")

    @property
    def currency(self) -> str:
        """The currency's code as the file has it, or nothing."""
        return dict(self.meta).get("currency", "")

    def weight(self, voter: int) -> Fraction:
        """How much voter number `voter` weighs."""
        return self.weights[voter] if self.weights else Fraction(1)

    def ballot_weights(self) -> tuple[list[int], int]:
        """Sum the weights per ballot as integers over one common denominator."""
        if self.weights is None:
            return np.bincount(self.ballot_of, minlength=len(self.ballots)).tolist(), 1
        scale = lcm(*(weight.denominator for weight in self.weights))
        sums = [0] * len(self.ballots)
        for ballot, weight in zip(self.ballot_of.tolist(), self.weights, strict=True):
            sums[ballot] += weight.numerator * (scale // weight.denominator)
        return sums, scale


def gather(
    rows: Sequence[Sequence[int]],
    points: Sequence[Sequence[Fraction]] | None = None,
) -> Ballots:
    """Pack ballots given as lists of project positions, with points if the voters gave them.

    Raises ValueError for points that no 64-bit numbers over one denominator can hold.
    """
    starts = np.fromiter(accumulate(map(len, rows), initial=0), np.int64, len(rows) + 1)
    chosen = np.fromiter(chain.from_iterable(rows), np.int32, int(starts[-1]))
    if points is None:
        return Ballots(starts, chosen)
    given = list(chain.from_iterable(points))
    unit = Fraction(1, lcm(*(value.denominator for value in given)))
    counts = [int(value / unit) for value in given]
    if max(map(abs, counts), default=0) >= 2**53:
        raise ValueError("the points are too large or too finely divided to be counted")
    whole = np.array(counts, dtype=np.int64)
    return Ballots(starts, chosen, whole, unit)


def hold(
    budget: Fraction | int,
    projects: Iterable[Project],
    votes: Iterable[Vote],
    *,
    vote_type: str = "approval",
    currency: str = "",
) -> Election:
    """Make an election of votes in plain form, as the site or a test has them.

    Raises KeyError when a vote names a project that is not there, ValueError for missing points.
    """
    projects, votes = tuple(projects), tuple(votes)
    position = {project.id: number for number, project in enumerate(projects)}
    seen: dict[tuple[tuple[str, ...], tuple[Fraction, ...] | None], int] = {}
    mine = [seen.setdefault((vote.projects, vote.points), len(seen)) for vote in votes]
    rows = [[position[name] for name in names] for names, _ in seen]
    pointed = [points for _, points in seen if points is not None]
    _check_points(list(seen), needed=bool(pointed) or vote_type in POINTED)
    weighted = any(vote.weight != 1 for vote in votes)
    return Election(
        budget=Fraction(budget),
        projects=projects,
        vote_type=vote_type,
        ballots=gather(rows, pointed if pointed or vote_type in POINTED else None),
        ballot_of=np.array(mine, dtype=np.int32),
        voter_ids=tuple(vote.voter for vote in votes),
        weights=tuple(vote.weight for vote in votes) if weighted else None,
        meta=(("currency", currency),) if currency else (),
    )


def _check_points(
    seen: list[tuple[tuple[str, ...], tuple[Fraction, ...] | None]], *, needed: bool
) -> None:
    """Refuse ballots whose points do not stand beside their projects."""
    if any(points is not None and len(points) != len(names) for names, points in seen):
        raise ValueError("a vote gives another number of points than of projects")
    if needed and any(points is None for _, points in seen):
        raise ValueError("some votes have no points")
