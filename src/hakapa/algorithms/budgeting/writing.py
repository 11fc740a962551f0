"""Write elections in Pabulib's `.pb` form, so that what is read comes out the same."""

import csv
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any, TypeAlias

from hakapa.algorithms.budgeting.election import Election

Rows: TypeAlias = Any  # what csv.writer returns has no name in the standard library

FIRST = ("description", "country", "unit", "instance")


def write_pb(election: Election, path: Path | str) -> None:
    """Write an election to a file in UTF-8."""
    Path(path).write_text(format_pb(election), encoding="utf-8", newline="")


def format_pb(election: Election) -> str:
    """Return an election as the text of a `.pb` file. Raises ValueError for a budget like 1/3."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    _write_meta(writer, election)
    _write_projects(writer, election)
    _write_votes(writer, election)
    return out.getvalue()


def _write_meta(writer: Rows, election: Election) -> None:
    meta = dict.fromkeys(FIRST, "") | dict(election.meta)
    meta |= {
        "num_projects": str(len(election.projects)),
        "num_votes": str(len(election.voter_ids)),
        "budget": decimal(election.budget),
        "vote_type": election.vote_type,
    }
    writer.writerows([["META"], ["key", "value"], *map(list, meta.items()), ["PROJECTS"]])


def _write_projects(writer: Rows, election: Election) -> None:
    columns = list(dict.fromkeys(key for p in election.projects for key, _ in p.columns))
    writer.writerow(["project_id", "cost", "name", *columns])
    for project in election.projects:
        cells = dict(project.columns)
        start = [project.id, decimal(project.cost), project.name]
        writer.writerow([*start, *(cells.get(column, "") for column in columns)])
    writer.writerow(["VOTES"])


def _write_votes(writer: Rows, election: Election) -> None:
    ballots, weighted = election.ballots, election.weights is not None
    pointed = ["points"] if ballots.points is not None else []
    writer.writerow(["voter_id", "vote", *pointed, *["weight"] * weighted, *election.columns])
    ids = [project.id for project in election.projects]
    for voter, name in enumerate(election.voter_ids):
        ballot = int(election.ballot_of[voter])
        span = slice(*ballots.starts[ballot : ballot + 2])
        row = [name, ",".join(ids[number] for number in ballots.chosen[span])]
        if ballots.points is not None:
            values = [value * ballots.points_unit for value in ballots.points[span].tolist()]
            row.append(",".join(map(decimal, values)))
        row += [decimal(election.weight(voter))] * weighted
        writer.writerow([*row, *(election.cells[voter] if election.cells else ())])


def decimal(value: Fraction) -> str:
    """Write a number in decimals without loss. Raises ValueError when that cannot be."""
    if value.denominator == 1:
        return str(value.numerator)
    places, rest = 0, value.denominator
    while rest % 10 != 1 and places < 60 and (10**places) % rest:  # noqa: PLR2004
        places += 1
    whole = value * 10**places
    if whole.denominator != 1:
        raise ValueError(f"{value} cannot be written in decimals")
    digits = str(abs(whole.numerator)).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"
