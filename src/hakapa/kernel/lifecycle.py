"""A process as data: the states a thing can be in and the moves between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise


class TooLateError(Exception):
    """What was asked for could be done before, but the thing has gone on since."""


class MoveNotAllowedError(TooLateError):
    """The thing is in a state from which this move does not start."""


@dataclass(frozen=True, slots=True)
class Move:
    """One named step between two states.

    `says` tells in the past tense, for the history, what happened. A consequence is made by
    the system when something else moves, and by no person.
    """

    name: str
    source: str
    target: str
    says: "Promise | str"
    consequence: bool = False


class Lifecycle:
    """The moves a thing may make; the single truth for code, pages and docs."""

    def __init__(self, *moves: Move) -> None:
        self._moves = {(move.source, move.name): move for move in moves}

    def __iter__(self) -> Iterator[Move]:
        return iter(self._moves.values())

    def find(self, state: str, name: str) -> Move:
        """Return the move of that name which starts from the state.

        Raises:
            MoveNotAllowedError: no such move starts there.

        """
        try:
            return self._moves[state, name]
        except KeyError:
            raise MoveNotAllowedError(f"cannot {name} from {state}") from None

    def named(self, name: str) -> Move | None:
        """Return any move of that name, or None: enough to say what it is called."""
        return next((move for move in self if move.name == name), None)

    def open_moves(self, state: str) -> list[str]:
        """Return the names of the moves that a person may make from the state."""
        return [move.name for move in self if move.source == state and not move.consequence]

    def as_mermaid(self) -> str:
        """Draw the lifecycle for the documentation."""
        arrows = (f"    {move.source} --> {move.target}: {move.name}" for move in self)
        return "\n".join(["stateDiagram-v2", *arrows])
