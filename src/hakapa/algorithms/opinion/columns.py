"""Columns of votes as they stand in a file, before they become `Votes`."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.errors import BadInputError
from hakapa.algorithms.opinion.plain_rows import DIGITS
from hakapa.algorithms.opinion.votes import Votes

APPROVED, WAITING, REJECTED = 1, 0, -1


@dataclass(frozen=True)
class Comments:
    """Statements by id: words, what the moderators said, which are about the participant (meta).

    balance: agreeing minus disagreeing votes as the file counts them, where it does.
    """

    texts: dict[Any, str]
    moderation: dict[Any, int] = field(default_factory=dict)
    meta: frozenset[Any] = frozenset()
    balance: dict[Any, int] = field(default_factory=dict)

    def silent(self, *, strict: bool) -> set[Any]:
        """Give the statements that are moderated away: rejected, about people, or waiting."""
        least = APPROVED if strict else WAITING
        return {key for key, state in self.moderation.items() if state < least} | set(self.meta)


@dataclass(frozen=True, eq=False)
class Columns:
    """n votes: who, on which statement, how, and the line (or record) each stands on.

    `times` (n), where the file has them, decide which of two votes is the last. `statements` that
    nobody voted on may be named in `named`.
    """

    path: Path
    participants: NDArray[Any]
    statements: NDArray[Any]
    cast: NDArray[np.int8]
    lines: NDArray[np.int64]
    times: NDArray[np.float64] | None = None
    named: tuple[Any, ...] = ()
    groups: dict[Any, int] = field(default_factory=dict)
    from_api: bool = False

    def votes(self, agree: int, known: Comments | None, *, strict: bool = False) -> Votes:
        """Make votes of them; raises BadInputError for a statement that is not known."""
        asked: list[Any] | None = list(self.named) or None
        if known is not None:
            self._refuse_unknown(known)
            asked = list(known.texts)
        who, what, cast = self.participants, self.statements, self.cast * np.int8(agree)
        if self.times is not None and (np.diff(self.times) < 0).any():
            order = np.argsort(self.times, kind="stable")
            who, what, cast = who[order], what[order], cast[order]
        votes = Votes.from_columns(who, what, cast, known=asked)
        if known is None:
            return votes
        return votes.with_texts(known.texts).with_moderated(known.silent(strict=strict))

    def _refuse_unknown(self, known: Comments) -> None:
        """Raise for the first vote on a statement that the list of statements lacks."""
        ids = np.array(list(known.texts))
        unknown = np.flatnonzero(~np.isin(self.statements, ids))
        if unknown.size:
            at = int(unknown[0])
            reason = f"statement {self.statements[at]} is not in the list of statements"
            raise BadInputError(self.path, int(self.lines[at]), reason)


def numbers_or_texts(found: list[str]) -> NDArray[Any]:
    """Turn ids into numbers when all are whole numbers, else keep them as text."""
    texts = np.array(found, dtype=np.str_)
    if all(_is_number(one) for one in set(found)):
        return texts.astype(np.int64) if found else np.zeros(0, dtype=np.int64)
    return texts


def _is_number(text: str) -> bool:
    """Tell whether a text is a whole number written plainly."""
    digits = text.removeprefix("-")
    plain = digits.isascii() and digits.isdigit() and len(digits) <= DIGITS
    return plain and (text == "0" or digits[0] != "0")
