"""Reading conversations from files: Polis exports, Polis API answers, Parquet, our own exports."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from hakapa.algorithms.opinion.api_files import comments_in_json, votes_in_json
from hakapa.algorithms.opinion.columns import Columns, Comments
from hakapa.algorithms.opinion.parquet import votes_in_parquet
from hakapa.algorithms.opinion.polis_files import (
    comments_in_table,
    is_matrix,
    votes_in_matrix,
    votes_in_table,
)
from hakapa.algorithms.opinion.tables import Table, table_of, whole
from hakapa.algorithms.opinion.votes import Votes

PACKED = {".xz", ".gz", ".bz2"}


@dataclass(frozen=True)
class Conversation:
    """Votes as read, with Polis' own groups where the file had them.

    agree says which sign meant agreement in the file: 1 or -1.
    """

    votes: Votes
    groups: dict[Any, int] = field(default_factory=dict)
    agree: int = 1


def read_conversation(
    path: Path | str,
    *,
    comments: Path | str | None = None,
    sectors: Path | str | None = None,
    agree: int | None = None,
    strict: bool = False,
) -> Conversation:
    """Read votes, and the statements and declared sectors in other files where given.

    `agree` says which sign means agreement; by default 1, but -1 in Polis API answers (pid, tid,
    vote), where the statements' own counts decide if they are given. `strict` leaves out
    statements that nobody has approved yet. Raises BadInputError, or OSError for a missing file.
    """
    source = Path(path)
    columns = _columns(source)
    known = None if comments is None else read_comments(Path(comments))
    sign = agree or _sign(columns, known)
    votes = columns.votes(sign, known, strict=strict)
    if sectors is not None:
        votes = votes.with_sectors(read_sectors(Path(sectors), votes))
    return Conversation(votes, columns.groups, sign)


def read_votes(path: Path | str, **more: Any) -> Votes:
    """Read the votes alone; the same options as `read_conversation`."""
    return read_conversation(path, **more).votes


def read_comments(path: Path) -> Comments:
    """Read statements: ids, words, what was moderated."""
    if _kind(path) == ".json":
        return comments_in_json(path)
    return comments_in_table(table_of(path))


def read_sectors(path: Path, votes: Votes) -> dict[Any, str]:
    """Read declared sectors: a table with the columns participant and sector."""
    table = table_of(path)
    who, what = table.column("participant", "voter-id", "pid"), table.column("sector")
    numbers = votes.participants.dtype.kind in "iu"
    return {
        whole(path, row, who) if numbers else row.cells[who].strip(): row.cells[what].strip()
        for row in table.rows()
    }


def _kind(path: Path) -> str:
    """Give the suffix that says what a file holds."""
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() not in PACKED]
    return suffixes[-1] if suffixes else ""


def _columns(path: Path) -> Columns:
    """Read the columns of votes from whatever kind of file it is."""
    kind = _kind(path)
    if kind == ".json":
        return votes_in_json(path)
    if kind in {".parquet", ".arrow", ".feather"}:
        return votes_in_parquet(path)
    table: Table = table_of(path)
    return votes_in_matrix(table) if is_matrix(table) else votes_in_table(table)


def _sign(columns: Columns, known: Comments | None) -> int:
    """Find which sign means agreement in an answer of the Polis API."""
    if not columns.from_api:
        return 1
    if known is None or not known.balance:
        return -1
    balance = np.array([known.balance.get(key, 0) for key in columns.statements.tolist()])
    return 1 if float(balance @ columns.cast) > 0 else -1
