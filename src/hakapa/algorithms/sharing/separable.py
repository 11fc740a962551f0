"""Checks that need only n+1 estimates: alone, separable cost, and the shares built on them.

Sources: US Federal Inter-Agency River Basin Committee 1950 for SCRB; domain terms in
docs/explanation/cost-sharing.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hakapa.algorithms.sharing.allocations import Allocation, allocation
from hakapa.algorithms.sharing.amounts import CannotShareError, kronor
from hakapa.algorithms.sharing.words import SENTENCES

Amounts = Mapping[str, int]


@dataclass(frozen=True)
class Limit:
    """What a party pays beside a limit (öre), and by how much it breaks it."""

    party: str
    paid: int
    limit: int
    gap: int  # zero when the limit is kept


@dataclass(frozen=True)
class LimitCheck:
    """A check party by party: `alone` (pay at most) or `separable` (pay at least)."""

    name: str
    limits: tuple[Limit, ...]

    @property
    def passed(self) -> bool:
        """Whether every party keeps the limit."""
        return not self.broken_by

    @property
    def broken_by(self) -> tuple[str, ...]:
        """The parties that do not."""
        return tuple(limit.party for limit in self.limits if limit.gap)

    def explain(self, language: str = "sv") -> list[str]:
        """Say for each party what it pays beside the limit."""
        say = SENTENCES[language]
        return [
            say[f"{self.name}_{'not' if limit.gap else 'ok'}"].format(
                party=limit.party,
                paid=kronor(limit.paid, language),
                limit=kronor(limit.limit, language),
                gap=kronor(limit.gap, language),
            )
            for limit in self.limits
        ]

    def export(self) -> dict[str, Any]:
        """Give the check as plain values for JSON (amounts in öre)."""
        rows = {f.party: {"paid": f.paid, "limit": f.limit, "gap": f.gap} for f in self.limits}
        return {"passed": self.passed, "broken_by": list(self.broken_by), "parties": rows}


def stand_alone_test(shares: Amounts, alone: Amounts) -> LimitCheck:
    """Nobody should pay more than it would cost to do it alone."""
    _same_parties(shares, alone)
    rows = (Limit(p, paid, alone[p], max(0, paid - alone[p])) for p, paid in shares.items())
    return LimitCheck("alone", tuple(rows))


def separable_cost_test(shares: Amounts, separable: Amounts) -> LimitCheck:
    """Everybody should pay at least the extra cost it brings."""
    _same_parties(shares, separable)
    rows = (Limit(p, paid, separable[p], max(0, separable[p] - paid)) for p, paid in shares.items())
    return LimitCheck("separable", tuple(rows))


def _same_parties(first: Mapping[str, object], second: Mapping[str, object]) -> None:
    for party in first.keys() ^ second.keys():
        raise CannotShareError(f"{party} is on one side of the comparison only")


def scrb(
    total: int, separable: Amounts, alone: Amounts, benefits: Amounts | None = None
) -> Allocation:
    """Share by separable costs, remaining benefits (öre).

    Each party pays its separable cost; the rest of the total is shared by remaining benefit,
    which is the smaller of benefit and stand-alone cost, less separable cost, never below zero.
    Raises CannotShareError when there is a rest but no remaining benefit to share it by.
    """
    _same_parties(separable, alone)
    worth = {p: min(cost, (benefits or alone).get(p, cost)) for p, cost in alone.items()}
    remaining = {p: Fraction(max(0, worth[p] - own)) for p, own in separable.items()}
    rest, whole = Fraction(total - sum(separable.values())), sum(remaining.values(), Fraction(0))
    if rest and not whole:
        raise CannotShareError("a rest is left to share, but nobody has any remaining benefit")
    whole = whole or Fraction(1)
    amounts = {p: own + rest * remaining[p] / whole for p, own in separable.items()}
    known = [("rest", rest), ("all_remaining", whole)]
    inputs = {
        p: [("separable", Fraction(own)), *known, ("remaining", remaining[p])]
        for p, own in separable.items()
    }
    return allocation("scrb", amounts, "separable + rest × remaining / all_remaining", inputs)


def equal_saving(total: int, alone: Amounts) -> Allocation:
    """Share so that each saves the same amount (öre) against going alone."""
    if not alone:
        raise CannotShareError("there is nobody to share between")
    saved = Fraction(sum(alone.values()) - total)
    amounts = {party: cost - saved / len(alone) for party, cost in alone.items()}
    known = [("saved", saved), ("parties", Fraction(len(alone)))]
    inputs = {party: [("alone", Fraction(cost)), *known] for party, cost in alone.items()}
    return allocation("equal_saving", amounts, "alone - saved / parties", inputs)


def proportional_saving(total: int, alone: Amounts) -> Allocation:
    """Share so that each saves the same part of what going alone would cost (öre)."""
    whole = Fraction(sum(alone.values()))
    if not whole:
        raise CannotShareError("alone costs nothing for everybody: nothing to share by")
    amounts = {party: total * cost / whole for party, cost in alone.items()}
    known = [("total", Fraction(total)), ("all_alone", whole)]
    inputs = {party: [*known, ("alone", Fraction(cost))] for party, cost in alone.items()}
    return allocation("proportional_saving", amounts, "total × alone / all_alone", inputs)
