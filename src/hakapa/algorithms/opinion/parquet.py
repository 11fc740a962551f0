"""Votes in Parquet or Arrow files; needs pyarrow (the extra `parquet`)."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.errors import BadInputError
from hakapa.algorithms.opinion.columns import Columns
from hakapa.algorithms.opinion.polis_files import WHAT, WHEN, WHO
from hakapa.algorithms.opinion.votes import Votes

SCHEMA = ("participant", "statement", "vote")


def votes_in_parquet(path: Path) -> Columns:
    """Read the columns participant, statement, vote and, where given, timestamp."""
    table = _read(path)
    names = table.column_names
    found = [next((name for name in choice if name in names), "") for choice in (WHO, WHAT)]
    if not all(found) or "vote" not in names:
        raise BadInputError(path, 1, "no columns participant, statement and vote")
    who, what, cast = (_column(path, table, name) for name in (*found, "vote"))
    if cast.dtype.kind not in "iuf" or not np.isin(cast, (-1, 0, 1)).all():
        raise BadInputError(path, _first_bad(cast), "a vote is not 1, 0 or -1")
    when = next((name for name in WHEN if name in names), None)
    times = None if when is None else _column(path, table, when).astype(np.float64)
    return Columns(path, who, what, cast.astype(np.int8), np.arange(1, cast.size + 1), times)


def write_parquet(votes: Votes, path: Path) -> None:
    """Write votes with the columns participant, statement, vote; Arrow unless named .parquet."""
    arrow = _pyarrow("pyarrow")
    who = np.repeat(votes.participants, votes.cast)
    columns = [who, votes.statements[votes.columns], votes.values]
    table = arrow.table([arrow.array(one) for one in columns], names=SCHEMA)
    if path.suffix.lower() == ".parquet":
        _pyarrow("pyarrow.parquet").write_table(table, path)
    else:
        _pyarrow("pyarrow.feather").write_feather(table, path)


def _read(path: Path) -> Any:
    """Open the table; raises BadInputError when it is none."""
    arrow = _pyarrow("pyarrow")
    try:
        if path.suffix.lower() == ".parquet":
            return _pyarrow("pyarrow.parquet").read_table(path)
        return _pyarrow("pyarrow.feather").read_table(path)
    except (arrow.ArrowInvalid, arrow.ArrowNotImplementedError) as error:
        raise BadInputError(path, 1, f"not a Parquet or Arrow file ({error})") from error


def _column(path: Path, table: Any, name: str) -> NDArray[Any]:
    """Give a column as an array; raises BadInputError for missing values."""
    column = table.column(name)
    if column.null_count:
        row = int(np.flatnonzero(column.is_null().to_numpy())[0]) + 1
        raise BadInputError(path, row, f"{name} is missing")
    found: NDArray[Any] = column.to_numpy()
    return found.astype(np.str_) if found.dtype.kind == "O" else found


def _first_bad(cast: NDArray[Any]) -> int:
    """Give the number of the first row that is no vote."""
    if cast.dtype.kind not in "iuf":
        return 1
    return int(np.flatnonzero(~np.isin(cast, (-1, 0, 1)))[0]) + 1


def _pyarrow(name: str) -> Any:
    """Import pyarrow when it is needed; raises ModuleNotFoundError that says what to install."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "Parquet needs pyarrow: pip install 'hakapa[parquet]'", name=name
        ) from error
