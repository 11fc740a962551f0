"""A case and its answer: solved, explained, exported, and solved again from the export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.cases import (
    solve_airport,
    solve_alone,
    solve_benefit,
    solve_fees,
    solve_keys,
    solve_mixed,
)
from hakapa.algorithms.sharing.forms import Form
from hakapa.algorithms.sharing.game_cases import solve_game
from hakapa.algorithms.sharing.hopping import solve_joining


class Answer(Protocol):
    """What every part of an answer can do."""

    def explain(self, language: str = "sv") -> list[str]:
        """Say it in plain sentences."""

    def export(self) -> dict[str, Any]:
        """Give it as plain values for JSON."""


Solver = Callable[[Form], Mapping[str, Answer]]

# by the fields that a case must hold; the first that fits is taken
KINDS: tuple[tuple[str, frozenset[str], Solver], ...] = (
    ("benefit", frozenset({"rows"}), solve_benefit),
    ("game", frozenset({"coalitions"}), solve_game),
    ("joining", frozenset({"investment", "founders"}), solve_joining),
    ("airport", frozenset({"needs"}), solve_airport),
    ("alone", frozenset({"total", "alone"}), solve_alone),
    ("keys", frozenset({"total", "keys"}), solve_keys),
    ("mixed", frozenset({"equal_share", "weights"}), solve_mixed),
    ("keys", frozenset({"total"}), solve_keys),
    ("fees", frozenset({"tiers"}), solve_fees),
)


@dataclass(frozen=True)
class Solution:
    """The parts of an answer by name, and the case that they answer."""

    kind: str
    case: Mapping[str, Any]
    parts: Mapping[str, Answer]

    def explain(self, language: str = "sv") -> list[str]:
        """Say the whole answer in plain sentences."""
        return [line for part in self.parts.values() for line in part.explain(language)]

    def export(self) -> dict[str, Any]:
        """Give case and answer as plain values for JSON; `recompute` reads it back."""
        return {
            "id": self.case.get("id"),
            "title": self.case.get("title"),
            "kind": self.kind,
            "results": {name: part.export() for name, part in self.parts.items()},
            "explanation": {language: self.explain(language) for language in ("sv", "en")},
            "case": dict(self.case),
        }


def solve(case: Mapping[str, Any]) -> Solution:
    """Answer a case; what kind it is follows from the fields that it has.

    Raises CannotShareError, with the field that is to blame where one is.
    """
    form = Form(case)
    for kind, fields, solver in KINDS:
        if all(field in form for field in fields):
            return Solution(kind, case, solver(form))
    known = "; ".join(" and ".join(sorted(fields)) for _, fields, _ in KINDS)
    raise CannotShareError(f"no kind of case: it needs one of: {known}")


def recompute(export: Mapping[str, Any]) -> Solution:
    """Solve the case inside an export again."""
    case = export.get("case")
    if not isinstance(case, Mapping):
        raise CannotShareError("the export holds no case", "case")
    return solve(case)
