"""Core membership: which coalitions would be better off by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from hakapa.algorithms.sharing.amounts import CannotShareError, kronor
from hakapa.algorithms.sharing.games import WIDEST, CostGame, coalition_sums
from hakapa.algorithms.sharing.words import SENTENCES


@dataclass(frozen=True)
class Objection:
    """A coalition that pays more together than it would cost by itself (öre)."""

    coalition: tuple[str, ...]
    paid: int
    alone: int

    @property
    def gap(self) -> int:
        """How much the coalition loses by taking part."""
        return self.paid - self.alone


@dataclass(frozen=True)
class CoreCheck:
    """Whether shares (öre) add up to the cost and no coalition objects, largest loss first."""

    paid: int
    cost: int
    objections: tuple[Objection, ...]
    objecting: int  # how many coalitions object in all

    @property
    def passed(self) -> bool:
        """Whether the shares lie in the core."""
        return self.paid == self.cost and not self.objecting

    def explain(self, language: str = "sv") -> list[str]:
        """Say who would object and what they lose, or that nobody would."""
        say = SENTENCES[language]
        lines = [
            say["core_no"].format(
                coalition=" + ".join(objection.coalition),
                paid=kronor(objection.paid, language),
                limit=kronor(objection.alone, language),
                gap=kronor(objection.gap, language),
            )
            for objection in self.objections
        ]
        if self.paid != self.cost:
            paid, limit = kronor(self.paid, language), kronor(self.cost, language)
            lines.append(say["core_sum"].format(paid=paid, limit=limit))
        return lines or [say["core_yes"]]

    def export(self) -> dict[str, Any]:
        """Give the check as plain values for JSON (amounts in öre)."""
        rows = [
            {"coalition": list(o.coalition), "paid": o.paid, "alone": o.alone, "gap": o.gap}
            for o in self.objections
        ]
        return {"passed": self.passed, "objecting": self.objecting, "objections": rows}


def core_check(game: CostGame, shares: Mapping[str, int], most: int = 5) -> CoreCheck:
    """Test shares (öre) against every coalition, in integers; keep the `most` worst objections."""
    if shares.keys() != set(game.parties):
        raise CannotShareError("shares and game must have the same parties")
    paid = [shares[party] for party in game.parties]
    wide = game.costs.dtype == object or sum(map(abs, paid)) >= WIDEST
    sums = coalition_sums(paid, object if wide else np.int64)
    gaps = (sums - game.costs)[:-1]  # everybody together is not a coalition that can leave
    objecting = np.flatnonzero(gaps > 0)
    worst = objecting[np.argsort(-gaps[objecting], kind="stable")[:most]]
    found = (
        Objection(game.members(int(mask)), int(sums[mask]), int(game.costs[mask])) for mask in worst
    )
    return CoreCheck(sum(paid), game.total, tuple(found), len(objecting))
