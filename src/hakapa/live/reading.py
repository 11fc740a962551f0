"""How what a phone sends is read: wholly as agreed, or not at all."""

import json
import re
from collections.abc import Container, Mapping
from typing import Any

from hakapa.live.intake import Answer

MOST_ANSWERS = 50
MOST_BYTES = 16_384
_LARGEST = 2**63 - 1  # what the database counts with
_SEAT = re.compile(r"[A-Za-z0-9_-]{1,64}")

_PARTS = frozenset(Answer._fields) - {"phase"}

Ballots = Mapping[str, Container[int]]  # the values that each ballot takes


class MalformedError(ValueError):
    """What was sent is not as agreed; `status` is how HTTP says it."""

    def __init__(self, why: str, *, status: int = 400) -> None:
        super().__init__(why)
        self.status = status


def seat(text: str) -> str:
    """Return the seat's token; one that nobody has when it cannot be a token."""
    return text if _SEAT.fullmatch(text) else ""


def answers(body: bytes, ballots: Ballots) -> tuple[Answer, ...]:
    """Return the answers in a body.

    Raises:
        MalformedError: it is not as agreed.

    """
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedError("not JSON") from error
    rows = sent.get("answers") if isinstance(sent, dict) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_ANSWERS:
        raise MalformedError(f"answers must be a list of 1 to {MOST_ANSWERS}")
    return tuple(_answer(row, ballots) for row in rows)


def _answer(row: Any, ballots: Ballots) -> Answer:
    if not isinstance(row, dict) or row.keys() - {"phase"} != _PARTS:
        raise MalformedError(f"an answer has {', '.join(Answer._fields)}, the last if it needs one")
    ballot = row["ballot"]
    if not isinstance(ballot, str) or ballot not in ballots:
        raise MalformedError(f"ballot must be one of {', '.join(ballots)}")
    statement, value, sequence = (_whole(row, name) for name in ("statement", "value", "sequence"))
    phase = _whole(row, "phase") if "phase" in row else 0
    if value not in ballots[ballot]:
        raise MalformedError(f"{value} is no answer of {ballot}")
    if min(statement, sequence, phase) < 0:
        raise MalformedError("statement, sequence and phase are counted from 0")
    return Answer(ballot, statement, value, sequence, phase)


def _whole(row: dict[str, Any], name: str) -> int:
    number = row[name]
    # A bool is an int to Python, and to nobody else.
    if type(number) is not int or number > _LARGEST:
        raise MalformedError(f"{name} must be a whole number")
    return number
