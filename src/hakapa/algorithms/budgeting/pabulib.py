"""Read elections in Pabulib's `.pb` form (arXiv 2305.11035), with the line of whatever is wrong.

Beside the published columns, VOTES may have a `weight`: how many equal voters the row stands for.
What voters say of themselves (age, sex, ...) is not kept unless asked for.
"""

import csv
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from textwrap import shorten
from typing import NoReturn

from hakapa.algorithms.budgeting.election import POINTED, VOTE_TYPES, Election, Project
from hakapa.algorithms.budgeting.votes_section import LONGEST_CELL, VotesReader, VotesSection
from hakapa.algorithms.errors import BadInputError

SECTIONS = ("META", "PROJECTS", "VOTES")
VOTER = ("voter_id", "vote")
CHOOSING = ("approval", "choose-1")
NUMBER = re.compile(r"[+-]?[0-9]{1,300}(?:[.,][0-9]{1,300})?(?:[eE][+-]?[0-9]{1,2})?")

Row = tuple[int, list[str]]


def read_pb(path: Path | str, *, keep_columns: bool = False) -> Election:
    """Read a `.pb` file, also when compressed as `.pb.xz`. Raises BadInputError."""
    try:
        raw = Path(path).read_bytes()
        if str(path).endswith(".xz"):
            raw = lzma.decompress(raw)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise BadInputError(path, 1, f"cannot be opened: {error.strerror}") from error
    except lzma.LZMAError as error:
        raise BadInputError(path, 1, "is not a complete xz file") from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInputError(path, line, "is not text in UTF-8") from error
    return parse_pb(text, source=str(path), keep_columns=keep_columns)


def parse_pb(text: str, *, source: str = "election", keep_columns: bool = False) -> Election:
    """Read the text of a `.pb` file. Raises BadInputError with the line."""
    return _Reading(source, keep_columns=keep_columns).election(text.removeprefix("\ufeff"))


@dataclass
class _Reading:
    """One pass over one file."""

    source: str
    keep_columns: bool
    line: int = 1
    meta: dict[str, tuple[int, str]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def fail(self, reason: str, line: int | None = None) -> NoReturn:
        raise BadInputError(self.source, line or self.line, reason)

    def election(self, text: str) -> Election:
        lines = re.split("\r\n|\r|\n", text) if "\r" in text else text.split("\n")
        marks = self.sections(lines)
        for number, row in self.rows(lines, marks["META"], marks["PROJECTS"]):
            if number > marks["META"] + 1:
                self.remember(number, row)
        budget = self.budget()
        vote_type = self.required("vote_type").lower()
        if vote_type not in VOTE_TYPES:
            self.fail(f"vote_type {vote_type!r} is none of {', '.join(VOTE_TYPES)}")
        projects = self.projects(self.rows(lines, marks["PROJECTS"], marks["VOTES"]))
        votes = self.votes(lines, marks["VOTES"], vote_type, projects)
        self.check_counts(len(projects), len(votes.voter_ids))
        return Election(
            budget=budget,
            projects=projects,
            vote_type=vote_type,
            ballots=votes.ballots,
            ballot_of=votes.ballot_of,
            voter_ids=votes.voter_ids,
            weights=votes.weights,
            meta=tuple((key, value) for key, (_, value) in self.meta.items()),
            columns=votes.columns,
            cells=votes.cells,
            notices=(*self.notices, *votes.notices),
            source=self.source,
        )

    def sections(self, lines: list[str]) -> dict[str, int]:
        """Find the line, counted from 1, of each section's title; they come in this order."""
        marks: dict[str, int] = {}
        for number, line in enumerate(lines, 1):
            title = line.strip(' \t;"').upper()
            wanted = SECTIONS[len(marks)]
            if title and title != "META" and not marks:
                self.fail("the file does not begin with the section META", number)
            if title in SECTIONS and title != wanted:
                self.fail(f"section {title} stands here instead of {wanted}", number)
            if title == wanted:
                marks[title] = number
            if len(marks) == len(SECTIONS):
                break
        else:
            self.fail(f"the file ends without the section {SECTIONS[len(marks)]}", len(lines))
        return marks

    def rows(self, lines: list[str], after: int, before: int) -> Iterator[Row]:
        """Yield the rows between two titles with their line numbers; blank lines are skipped."""
        start = after
        reader = csv.reader(lines[after : before - 1], delimiter=";")
        while True:
            try:
                row = next(reader, None)
            except csv.Error as error:
                self.fail(f"is not a row of cells: {error}", after + reader.line_num)
            if row is None:
                break
            if any(len(cell) > LONGEST_CELL for cell in row):
                self.fail("is not a row of cells: one is endless", after + reader.line_num)
            self.line, start = start + 1, after + reader.line_num
            if any(cell.strip() for cell in row):
                yield self.line, row

    def remember(self, number: int, row: list[str]) -> None:
        key, *values = (cell.strip() for cell in row)
        if not values:
            self.fail(f"META has the key {key!r} without a value", number)
        if key in self.meta:
            self.fail(f"META has {key!r} twice", number)
        self.meta[key] = (number, values[0])

    def required(self, key: str) -> str:
        if key not in self.meta:
            self.fail(f"META has no {key}")
        self.line, value = self.meta[key]
        return value

    def budget(self) -> Fraction:
        budget = self.number(self.required("budget"), "the budget")
        if budget <= 0:
            self.fail("the budget is not above 0")
        return budget

    def number(self, text: str, what: str, line: int | None = None) -> Fraction:
        if not NUMBER.fullmatch(text.strip()):
            shown = shorten(text, 40, placeholder="…")
            self.fail(f"{what} is not a number: {shown!r}", line)
        return Fraction(text.strip().replace(",", "."))

    def header(self, row: Row | None, first: tuple[str, ...], section: str) -> list[str]:
        if row is None:
            self.fail(f"the section {section} is empty")
        self.line = row[0]
        names = [cell.strip() for cell in row[1]]
        for name in first:
            if name not in names:
                self.fail(f"{section} has no column {name}")
        for name in filter(None, names):
            if names.count(name) > 1:
                self.fail(f"{section} has the column {name} twice")
        return names

    def projects(self, rows: Iterator[Row]) -> tuple[Project, ...]:
        names = self.header(next(rows, None), ("project_id", "cost"), "PROJECTS")
        found: dict[str, Project] = {}
        for number, row in rows:
            cells = self.cells(names, row)
            key = cells.pop("project_id")
            if not key or "," in key:
                self.fail(f"{key!r} cannot be a project's id", number)
            if key in found:
                self.fail(f"project {key} is listed twice", number)
            cost = self.number(cells.pop("cost"), f"the cost of project {key}")
            if cost < 0:
                self.fail(f"the cost of project {key} is below 0", number)
            found[key] = Project(key, cost, cells.pop("name", ""), tuple(cells.items()))
        return tuple(found.values())

    def cells(self, names: list[str], row: list[str]) -> dict[str, str]:
        if len(row) > len(names) and any(cell.strip() for cell in row[len(names) :]):
            self.fail(f"has {len(row)} cells where the header has {len(names)}")
        padded = row + [""] * (len(names) - len(row))
        return {name: cell.strip() for name, cell in zip(names, padded, strict=False) if name}

    def votes(
        self, lines: list[str], mark: int, vote_type: str, projects: tuple[Project, ...]
    ) -> VotesSection:
        header = self.header(next(self.rows(lines, mark, len(lines) + 1), None), VOTER, "VOTES")
        if vote_type in POINTED and "points" not in header:
            self.fail(f"VOTES has no column points, and the vote_type is {vote_type}")
        reader = VotesReader(
            header=header,
            lines=lines[self.line :],
            first_line=self.line + 1,
            position={project.id: number for number, project in enumerate(projects)},
            pointed="points" in header and vote_type not in CHOOSING,
            fail=self.fail,
            number=self.number,
        )
        return reader.read(keep_columns=self.keep_columns)

    def check_counts(self, projects: int, voters: int) -> None:
        for key, count in (("num_projects", projects), ("num_votes", voters)):
            line, told = self.meta.get(key, (0, str(count)))
            if told != str(count):
                self.notices.append(f"line {line}: {key} says {told}, the file holds {count}")
