"""The VOTES section of a `.pb` file, read column by column because it is long."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, pairwise
from operator import itemgetter
from typing import NoReturn

import numpy as np

from hakapa.algorithms.budgeting.election import Ballots, IntArray, gather

KEPT = ("voter_id", "vote", "points", "weight")

LONGEST_CELL = 131_072  # characters; what Python's reader refuses unless told otherwise


@dataclass(frozen=True, eq=False)
class VotesSection:
    """What the section says: different ballots, whose they are, and what else was kept."""

    ballots: Ballots
    ballot_of: IntArray
    voter_ids: tuple[str, ...]
    weights: tuple[Fraction, ...] | None
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    notices: tuple[str, ...]


@dataclass
class VotesReader:
    """Reads the rows below the header; `fail(reason, line)` raises, `number` reads a number."""

    header: list[str]
    lines: list[str]
    first_line: int
    position: dict[str, int]
    pointed: bool
    fail: Callable[[str, int], NoReturn]
    number: Callable[[str, str, int], Fraction]

    def read(self, *, keep_columns: bool) -> VotesSection:
        """Read all of it, and the personal columns too if asked."""
        rows = self.rows()
        ids = self.unique_ids(self.column(rows, "voter_id"))
        votes = self.column(rows, "vote")
        points = self.column(rows, "points") if "points" in self.header else None
        keys: list[str] | list[tuple[str, str]]
        keys = votes if points is None else list(zip(votes, points, strict=True))
        seen: dict[str | tuple[str, str], int] = {}
        mine = np.fromiter((seen.setdefault(key, len(seen)) for key in keys), np.int32, len(keys))
        ballots, notices = self.ballots(list(seen), mine)
        others = [name for name in self.header if name and name not in KEPT] if keep_columns else []
        kept = [self.column(rows, name) for name in others]
        return VotesSection(
            ballots=ballots,
            ballot_of=mine,
            voter_ids=tuple(ids),
            weights=self.weights(rows) if "weight" in self.header else None,
            columns=tuple(others),
            cells=tuple(zip(*kept, strict=True)) if kept else (),
            notices=tuple(notices),
        )

    def rows(self) -> list[list[str]]:
        """Split the lines into cells; `self.line_of` then knows each row's line."""
        if any('"' in line for line in self.lines):
            rows = self.quoted()
        else:
            rows = [line.split(";") for line in self.lines]
        self.line_numbers: list[int] | range = range(self.first_line, self.first_line + len(rows))
        blank = [not row or (not row[0] and not any(map(str.strip, row))) for row in rows]
        if any(blank):
            filled = [number for number, empty in enumerate(blank) if not empty]
            self.line_numbers = [self.first_line + number for number in filled]
            rows = [rows[number] for number in filled]
        for number, row in enumerate(rows):
            if len(row) > len(self.header) and any(row[len(self.header) :]):
                reason = f"has {len(row)} cells where the header has {len(self.header)}"
                self.fail(reason, self.line_numbers[number])
        return rows

    def quoted(self) -> list[list[str]]:
        """Split lines in which some cells are quoted; a cell must end on its line."""
        reader = csv.reader(self.lines, delimiter=";")
        rows: list[list[str]] = []
        try:
            for row in reader:
                if any(len(cell) > LONGEST_CELL for cell in row):
                    self.fail("is not a row of cells: one is endless", self.first_line + len(rows))
                rows.append(row)
                if reader.line_num != len(rows):
                    self.fail("a quoted cell does not end", self.first_line + len(rows) - 1)
        except csv.Error as error:
            self.fail(f"is not a row of cells: {error}", self.first_line + len(rows))
        return rows

    def column(self, rows: list[list[str]], name: str) -> list[str]:
        """Take one cell of every row; cells missing at the end are empty."""
        at = self.header.index(name)
        try:
            cells = list(map(itemgetter(at), rows))
        except IndexError:
            cells = [row[at] if at < len(row) else "" for row in rows]
        return [cell.strip() for cell in cells]

    def unique_ids(self, ids: list[str]) -> list[str]:
        """Refuse voters without an id, and voters who vote twice."""
        if len(set(ids)) == len(ids) and "" not in set(ids):
            return ids
        first: dict[str, int] = {}
        for voter, line in zip(ids, self.line_numbers, strict=True):
            if not voter:
                self.fail("the voter has no voter_id", line)
            if voter in first:
                self.fail(f"voter {voter} has voted already on line {first[voter]}", line)
            first[voter] = line
        return ids  # pragma: no cover - one of the two was found above

    def weights(self, rows: list[list[str]]) -> tuple[Fraction, ...] | None:
        """Read the weights; an empty cell weighs 1."""
        found = []
        for text, line in zip(self.column(rows, "weight"), self.line_numbers, strict=True):
            weight = self.number(text or "1", "the weight", line)
            if weight <= 0:
                self.fail("the weight is not above 0", line)
            found.append(weight)
        return tuple(found) if any(weight != 1 for weight in found) else None

    def ballots(
        self, keys: list[str | tuple[str, str]], mine: IntArray
    ) -> tuple[Ballots, list[str]]:
        """Read each different ballot once."""
        votes = [key if isinstance(key, str) else key[0] for key in keys]
        votes = ["" if vote.lower() == "none" else vote for vote in votes]
        tokens = ",".join(filter(None, votes)).split(",") if any(votes) else []
        lengths = [vote.count(",") + 1 if vote else 0 for vote in votes]
        try:
            chosen: IntArray = np.fromiter(
                map(self.position.__getitem__, tokens), np.int32, len(tokens)
            )
        except KeyError:
            chosen = self.stripped(votes, mine)
        starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        ballots = Ballots(starts, chosen)
        if self.pointed:
            given = [key[1] for key in keys if isinstance(key, tuple)]
            ballots = self.with_points(ballots, given, lengths, mine)
        if ballots.repeated() is not None:
            return self.merged(ballots, mine)
        return ballots, []

    def line_of(self, ballot: int, mine: IntArray) -> int:
        """Return the line on which a ballot occurs first."""
        return self.line_numbers[int(np.argmax(mine == ballot))]

    def stripped(self, votes: list[str], mine: IntArray) -> IntArray:
        """Read project ids that have spaces around them, or say which one is unknown."""
        found: list[int] = []
        for ballot, vote in enumerate(votes):
            for token in vote.split(",") if vote else ():
                if token.strip() not in self.position:
                    self.fail(f"there is no project {token.strip()!r}", self.line_of(ballot, mine))
                found.append(self.position[token.strip()])
        return np.array(found, dtype=np.int32)

    def with_points(
        self, ballots: Ballots, given: list[str], lengths: list[int], mine: IntArray
    ) -> Ballots:
        """Put each project's points beside it; whole numbers are read at once."""
        counts = [text.count(",") + 1 if text else 0 for text in given]
        for ballot, (projects, points) in enumerate(zip(lengths, counts, strict=True)):
            if projects != points:
                reason = f"names {projects} projects and gives {points} points"
                self.fail(reason, self.line_of(ballot, mine))
        tokens = ",".join(filter(None, given)).split(",") if any(given) else []
        try:
            whole = np.array(list(map(int, tokens)), dtype=np.int64)
        except (ValueError, OverflowError):
            return self.with_fractions(ballots, given, mine)
        if (np.abs(whole) >= 2**40).any():
            return self.with_fractions(ballots, given, mine)
        return Ballots(ballots.starts, ballots.chosen, whole)

    def with_fractions(self, ballots: Ballots, given: list[str], mine: IntArray) -> Ballots:
        """Read points that are not whole numbers, or say which one is no number."""
        points: list[list[Fraction]] = []
        for ballot, text in enumerate(given):
            line = self.line_of(ballot, mine)
            values = [self.number(token, "a point", line) for token in text.split(",") if text]
            if any(abs(value) >= 2**40 for value in values):
                self.fail("points as large as that are not for counting", line)
            points.append(values)
        rows = list(_split(ballots.chosen.tolist(), ballots.starts.tolist()))
        try:
            return gather(rows, points)
        except ValueError as error:
            self.fail(str(error), self.first_line)

    def merged(self, ballots: Ballots, mine: IntArray) -> tuple[Ballots, list[str]]:
        """Let a project named twice on a ballot count once; its points add up."""
        starts = ballots.starts.tolist()
        rows = list(_split(ballots.chosen.tolist(), starts))
        values = ballots.points.tolist() if ballots.points is not None else []
        points = list(_split(values, starts)) if values else [[1] * len(row) for row in rows]
        notices = []
        for ballot, row in enumerate(rows):
            if len(set(row)) < len(row):
                line = self.line_of(ballot, mine)
                how = "points added" if values else "counted once"
                notices.append(f"line {line}: a project is named twice on one ballot: {how}")
                total: dict[int, int] = {}
                for project, value in zip(row, points[ballot], strict=True):
                    total[project] = total.get(project, 0) + value
                rows[ballot], points[ballot] = list(total), list(total.values())
        packed = gather(rows)
        whole = np.array(list(chain.from_iterable(points)), dtype=np.int64) if values else None
        return Ballots(packed.starts, packed.chosen, whole, ballots.points_unit), notices


def _split(values: list[int], starts: list[int]) -> Iterator[list[int]]:
    return (values[low:high] for low, high in pairwise(starts))
