"""Benefit by actor: who pays, who gains, who says no, and the smallest transfer that helps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from hakapa.algorithms.sharing.amounts import CannotShareError, kronor, not_negative, percent
from hakapa.algorithms.sharing.keys import by_benefit, by_use, share
from hakapa.algorithms.sharing.words import SENTENCES

CERTAINTIES = ("measured", "estimated", "guess")


@dataclass(frozen=True)
class Stake:
    """What one actor pays and gains (öre, same period), and how sure the gain is.

    `names` says what it is called by language, where that is not `actor` itself.
    """

    actor: str
    cost: int
    benefit: int
    certainty: str = "estimated"
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """Name the actor in a language, where the case does."""
        return self.names.get(language, self.actor)

    @property
    def net(self) -> int:
        """What the actor gains; negative is a loss (öre)."""
        return self.benefit - self.cost


@dataclass(frozen=True)
class SmallestTransfer:
    """The smallest payments between actors after which nobody loses (öre).

    `transfers` is positive for who receives; `missing` is the loss that no gain can cover.
    """

    stakes: tuple[Stake, ...]
    transfers: Mapping[str, int]
    by_benefit: Mapping[str, int]
    payer: str
    amount: int
    missing: int

    @property
    def losers(self) -> tuple[str, ...]:
        """The actors who would say no."""
        return tuple(stake.actor for stake in self.stakes if stake.net < 0)

    @property
    def net(self) -> int:
        """What all gain together (öre)."""
        return sum(stake.net for stake in self.stakes)

    @property
    def outside_payer(self) -> Fraction:
        """Which part of all benefit falls outside the unit that pays most: the silo index."""
        whole = sum(stake.benefit for stake in self.stakes)
        mine = sum(stake.benefit for stake in self.stakes if stake.actor == self.payer)
        return Fraction(whole - mine, whole) if whole else Fraction(0)

    def explain(self, language: str = "sv") -> list[str]:
        """Say who loses, who would pay how much, and how much benefit lies outside the payer."""
        say = SENTENCES[language]
        lines = [say["net"].format(net=kronor(self.net, language))]
        for stake in self.stakes:
            moved = self.transfers[stake.actor]
            word = "receives" if moved > 0 else "gives" if moved < 0 else "untouched"
            lines.append(
                say[word].format(
                    actor=stake.name(language),
                    net=kronor(stake.net, language),
                    moved=kronor(abs(moved), language),
                    after=kronor(stake.net + moved, language),
                )
            )
        if self.missing:
            lines.append(say["missing"].format(missing=kronor(self.missing, language)))
        part = percent(self.outside_payer, language, 1)
        payer = next(stake for stake in self.stakes if stake.actor == self.payer).name(language)
        return [*lines, say["silo"].format(part=part, payer=payer)]

    def export(self) -> dict[str, Any]:
        """Give the table by actor as plain values for JSON (amounts in öre)."""
        rows = {
            stake.actor: {
                "cost": stake.cost,
                "benefit": stake.benefit,
                "certainty": stake.certainty,
                "net": stake.net,
                "transfer": self.transfers[stake.actor],
                "after": stake.net + self.transfers[stake.actor],
                "cost_by_benefit": self.by_benefit[stake.actor],
                "net_by_benefit": stake.benefit - self.by_benefit[stake.actor],
            }
            for stake in self.stakes
        }
        return {
            "total_cost": sum(stake.cost for stake in self.stakes),
            "total_benefit": sum(stake.benefit for stake in self.stakes),
            "net": self.net,
            "losers": list(self.losers),
            "smallest_transfer": self.amount,
            "missing": self.missing,
            "payer": self.payer,
            "share_outside_payer": float(self.outside_payer),
            "actors": rows,
        }


def smallest_transfer(stakes: Sequence[Stake], payer: str | None = None) -> SmallestTransfer:
    """Cover all losses from the gains, in proportion to each winner's net gain.

    When the losses exceed the gains every gain is taken, the losers are covered in proportion
    to their losses, and the rest is reported as missing.  `payer` is by default who pays most.
    """
    _check(stakes, payer)
    losses = {stake.actor: -stake.net for stake in stakes if stake.net < 0}
    gains = {stake.actor: stake.net for stake in stakes if stake.net > 0}
    lost, gained = sum(losses.values()), sum(gains.values())
    amount = min(lost, gained)
    transfers = dict.fromkeys((stake.actor for stake in stakes), 0)
    if amount:
        given, received = share(amount, by_benefit(gains)), share(amount, by_use(losses))
        transfers |= {actor: -ore for actor, ore in given.shares.items()} | received.shares
    benefits = {stake.actor: stake.benefit for stake in stakes}
    costs = {stake.actor: stake.cost for stake in stakes}
    fair = (
        share(sum(costs.values()), by_benefit(benefits)).shares if any(benefits.values()) else costs
    )
    most = payer or max(stakes, key=lambda stake: stake.cost).actor
    return SmallestTransfer(tuple(stakes), transfers, fair, most, amount, lost - amount)


def _check(stakes: Sequence[Stake], payer: str | None) -> None:
    actors = [stake.actor for stake in stakes]
    if not stakes or len(set(actors)) < len(actors):
        raise CannotShareError("a benefit table needs actors with names of their own", "rows")
    if payer is not None and payer not in actors:
        raise CannotShareError(f"{payer} pays but is no actor", "payer")
    for row, stake in enumerate(stakes):
        try:
            not_negative(stake.cost, f"the cost of {stake.actor}")
            not_negative(stake.benefit, f"the benefit of {stake.actor}")
        except CannotShareError as error:
            raise CannotShareError(error.reason, "rows", row) from None
        if stake.certainty not in CERTAINTIES:
            raise CannotShareError("certainty is one of " + ", ".join(CERTAINTIES), "rows", row)
