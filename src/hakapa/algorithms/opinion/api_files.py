"""The answers of a Polis server's API, as JSON: votes and comments.

Beware: there -1 is agreement. `Columns.from_api` says that the sign still has to be settled.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from hakapa.algorithms.errors import BadInputError
from hakapa.algorithms.opinion.columns import Columns, Comments, numbers_or_texts
from hakapa.algorithms.opinion.tables import answer, text_of

WHO = ("pid", "participant_id", "participant", "voter-id")
WHAT = ("tid", "statement_id", "statement", "comment-id")


def votes_in_json(path: Path) -> Columns:
    """Read a list of votes: pid, tid, vote and, where given, modified."""
    text, records = _records(path, "votes")
    people: list[str] = []
    asked: list[str] = []
    cast: list[int] = []
    times: list[float] = []
    for at, record in enumerate(records):
        try:
            people.append(_first(record, WHO))
            asked.append(_first(record, WHAT))
            cast.append(answer(path, 0, _first(record, ("vote",))))
            times.append(_time(record))
        except (BadInputError, KeyError, TypeError, ValueError) as error:
            reason = error.reason if isinstance(error, BadInputError) else str(error.args[0])
            raise BadInputError(path, line_of(text, at), reason) from error
    return Columns(
        path,
        numbers_or_texts(people),
        numbers_or_texts(asked),
        np.array(cast, dtype=np.int8),
        np.arange(len(cast), dtype=np.int64),
        np.array(times),
        from_api=True,
    )


def comments_in_json(path: Path) -> Comments:
    """Read a list of comments: tid, txt, mod, is_meta, agree_count and disagree_count."""
    text, records = _records(path, "comments")
    texts: dict[Any, str] = {}
    states: dict[Any, int] = {}
    meta: set[Any] = set()
    balance: dict[Any, int] = {}
    keys: list[str] = []
    for at, record in enumerate(records):
        try:
            keys.append(_first(record, WHAT))
            words = record.get("txt", record.get("text", ""))
            state = int(record.get("mod", record.get("moderated", 0)) or 0)
            counted = int(record.get("agree_count", 0)) - int(record.get("disagree_count", 0))
        except (KeyError, TypeError, ValueError) as error:
            raise BadInputError(path, line_of(text, at), str(error.args[0])) from error
        texts[keys[-1]], states[keys[-1]], balance[keys[-1]] = str(words), state, counted
        if record.get("is_meta"):
            meta.add(keys[-1])
    named = dict(zip(keys, numbers_or_texts(keys).tolist(), strict=True))
    return Comments(
        {named[key]: words for key, words in texts.items()},
        {named[key]: state for key, state in states.items()},
        frozenset(named[key] for key in meta),
        {named[key]: counted for key, counted in balance.items()},
    )


def _records(path: Path, name: str) -> tuple[str, list[dict[str, Any]]]:
    """Read a list of records, also when it is wrapped as {"votes": [...]}."""
    text = text_of(path)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInputError(path, error.lineno, f"not JSON ({error.msg})") from error
    except RecursionError as error:
        raise BadInputError(path, 1, "not JSON that anybody meant (nested too deeply)") from error
    except ValueError as error:  # a number of more digits than Python converts
        raise BadInputError(path, 1, "not JSON (a number is too long)") from error
    records = found.get(name) if isinstance(found, dict) else found
    if not isinstance(records, list):
        raise BadInputError(path, 1, f"not a list of {name}")
    return text, records


def _first(record: dict[str, Any], names: tuple[str, ...]) -> str:
    """Give the first of these that a record has, as text; raises one of three errors."""
    if not isinstance(record, dict):
        raise TypeError("not a record of named values")
    for name in names:
        if name in record:
            if isinstance(record[name], bool) or not isinstance(record[name], int | float | str):
                raise TypeError(f"{name} is {str(record[name])[:40]!r}")
            if record[name] == "":
                raise ValueError(f"{name} is empty")
            return str(record[name])
    raise KeyError("no " + " or ".join(repr(name) for name in names))


def _time(record: dict[str, Any]) -> float:
    """Give when a vote was last changed, 0 when that is not told."""
    return float(record.get("modified") or 0)


def line_of(text: str, index: int) -> int:
    """Find the line on which the record of this number starts, the first being 0."""
    decoder = json.JSONDecoder()
    at = _next_record(text, text.index("[") + 1)
    for _ in range(index):
        _, at = decoder.raw_decode(text, at)
        at = _next_record(text, at)
    return text.count("\n", 0, at) + 1


def _next_record(text: str, at: int) -> int:
    """Skip what stands between two records."""
    while text[at] in " \t\r\n,":
        at += 1
    return at
