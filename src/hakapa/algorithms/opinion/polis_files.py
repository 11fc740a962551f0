"""The tables of a Polis export: votes.csv, participants-votes.csv and comments.csv."""

from collections.abc import Iterable
from itertools import islice

import numpy as np

from hakapa.algorithms.errors import BadInputError
from hakapa.algorithms.opinion.columns import REJECTED, Columns, Comments, numbers_or_texts
from hakapa.algorithms.opinion.plain_rows import plain_rows
from hakapa.algorithms.opinion.tables import Row, Table, answer, whole

WHO = ("voter-id", "participant", "participant-id", "participant_id", "pid")
WHAT = ("comment-id", "statement", "statement-id", "statement_id", "tid")
WHEN = ("timestamp", "modified", "time")


def is_matrix(table: Table) -> bool:
    """Tell a table with one column per statement from one with one row per vote."""
    return "participant" in table.columns and "vote" not in table.columns


def votes_in_table(table: Table) -> Columns:
    """Read one vote per row; columns as in Polis' votes.csv, or participant, statement, vote.

    Plain tables of numbers are read by a compiled loop, others row by row.
    """
    names = [table.column(*WHO), table.column(*WHAT), table.column("vote")]
    names += [name for name in WHEN if name in table.columns][:1]
    chosen = [table.columns.index(name) for name in names]
    found = plain_rows(table.raw, table.separator, len(table.columns), chosen)
    if found.stopped is not None:
        _one_by_one(table, names, islice(table.rows(*found.stopped), 1))  # raises if broken
        return _one_by_one(table, names, table.rows())
    cast = found.cells[:, 2]
    wrong = np.flatnonzero((cast < -1) | (cast > 1))
    if wrong.size:
        answer(table.path, int(found.lines[wrong[0]]), str(cast[wrong[0]]))
    times = found.cells[:, 3].astype(np.float64) if len(names) > 3 else None  # noqa: PLR2004
    who, what = np.ascontiguousarray(found.cells[:, 0]), np.ascontiguousarray(found.cells[:, 1])
    return Columns(table.path, who, what, cast.astype(np.int8), found.lines.astype(np.int64), times)


def _one_by_one(table: Table, names: list[str], rows: Iterable[Row]) -> Columns:
    """Read votes row by row; names are the columns who, what, vote and, if there is one, when."""
    who, what, how, *when = names
    people: list[str] = []
    asked: list[str] = []
    cast: list[int] = []
    lines: list[int] = []
    times: list[float] = []
    for row in rows:
        people.append(_id(table, row, who))
        asked.append(_id(table, row, what))
        cast.append(answer(table.path, row.line, row.cells[how]))
        lines.append(row.line)
        times += [float(whole(table.path, row, name)) for name in when]
    return Columns(
        table.path,
        numbers_or_texts(people),
        numbers_or_texts(asked),
        np.array(cast, dtype=np.int8),
        np.array(lines, dtype=np.int64),
        np.array(times) if when else None,
    )


def votes_in_matrix(table: Table) -> Columns:
    """Read participants-votes.csv: one row per participant, one column per statement number."""
    asked = [name for name in table.columns if name.isascii() and name.isdigit()]
    if not asked:
        raise BadInputError(
            table.path, 1, "no column 'vote', and none is the number of a statement"
        )
    people: list[str] = []
    what: list[str] = []
    cast: list[int] = []
    lines: list[int] = []
    groups: dict[str, int] = {}
    for row in table.rows():
        person = _id(table, row, "participant")
        if row.cells.get("group-id", "").strip():
            groups[person] = whole(table.path, row, "group-id")
        for name in asked:
            if row.cells[name].strip():
                people.append(person)
                what.append(name)
                cast.append(answer(table.path, row.line, row.cells[name]))
                lines.append(row.line)
    ids = numbers_or_texts(people)
    kept = {key.item(): groups[str(key)] for key in np.unique(ids) if str(key) in groups}
    return Columns(
        table.path,
        ids,
        np.array(what, dtype=np.int64),
        np.array(cast, dtype=np.int8),
        np.array(lines, dtype=np.int64),
        named=tuple(int(name) for name in asked),
        groups=kept,
    )


def comments_in_table(table: Table) -> Comments:
    """Read comments.csv: comment-id, moderated (-1 is out) and comment-body, others ignored."""
    what = table.column(*WHAT)
    words = table.column("comment-body", "text", "statement-text")
    rows = list(table.rows())
    ids = numbers_or_texts([_id(table, row, what) for row in rows]).tolist()
    texts = {key: row.cells[words] for key, row in zip(ids, rows, strict=True)}
    states = {}
    if "moderated" in table.columns:
        states = {
            key: whole(table.path, row, "moderated") for key, row in zip(ids, rows, strict=True)
        }
        for row, state in zip(rows, states.values(), strict=False):
            if abs(state) > -REJECTED:
                raise BadInputError(table.path, row.line, f"moderated is {state}, not 1, 0 or -1")
    return Comments(texts, states)


def _id(table: Table, row: Row, name: str) -> str:
    """Read an id; an empty one raises BadInputError."""
    cell = row.cells[name].strip()
    if not cell:
        raise BadInputError(table.path, row.line, f"{name} is empty")
    return cell
