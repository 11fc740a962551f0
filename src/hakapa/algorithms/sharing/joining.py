"""Late joining: what it costs to hop on to something that others have already paid for.

book(t)     = investment × max(0, life - t) / life
buy_in(j,t) = book(t) × w_j / (weights of members + w_j) × (1 - rebate)
refund(m)   = refunded part of buy_in × w_m / weights of members, at most what m has paid net
price(j)    = buy_in + onboarding
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from hakapa.algorithms.sharing.allocations import Figure
from hakapa.algorithms.sharing.amounts import (
    CannotShareError,
    Weights,
    kronor,
    largest_remainder,
    nearest_ore,
    not_negative,
    weighed,
)
from hakapa.algorithms.sharing.keys import custom, share
from hakapa.algorithms.sharing.words import SENTENCES

REFUND_MODES = ("members", "fund", "split")
AHEAD = (0, 3, 6, 12)  # months from now that a price is shown for
BUY_IN = (
    "investment × max( 0 , life - month ) / life × weight / ( weights + weight ) × ( 1 - rebate )"
)


@dataclass(frozen=True)
class Terms:
    """What was agreed: the investment net of grants (öre), its life, and where buy-ins go."""

    investment: int
    life_months: int
    refund_mode: str = "members"
    fund_part: Fraction = Fraction(1, 2)  # of a buy-in, when the mode is `split`

    def __post_init__(self) -> None:
        """Refuse terms that mean nothing."""
        not_negative(self.investment, "the investment")
        if self.life_months < 1:
            raise CannotShareError("the life must be at least one month", "life_months")
        if self.refund_mode not in REFUND_MODES:
            raise CannotShareError(
                "refund_mode is one of " + ", ".join(REFUND_MODES), "refund_mode"
            )
        if not 0 <= self.fund_part <= 1:
            raise CannotShareError("the fund's part must lie between 0 and 1", "fund_part")

    def book(self, month: int) -> Fraction:
        """Give what the investment is still worth after some months (öre, exact)."""
        return Fraction(self.investment * max(0, self.life_months - month), self.life_months)

    def to_fund(self, buy_in: int) -> int:
        """Say how much of a buy-in goes to the common fund (öre)."""
        parts = {"members": Fraction(0), "fund": Fraction(1), "split": self.fund_part}
        return nearest_ore(buy_in * parts[self.refund_mode])


@dataclass(frozen=True)
class Newcomer:
    """Who wants to join, when (months since the start), and what only they cause (öre)."""

    party: str
    weight: Fraction
    month: int
    onboarding: int = 0
    rebate: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        """Refuse a negative weight, month or onboarding, and a rebate outside 0 to 1."""
        not_negative(self.weight, f"the weight of {self.party}")
        not_negative(self.month, f"the month {self.party} joins")
        not_negative(self.onboarding, f"the onboarding of {self.party}")
        if not 0 <= self.rebate <= 1:
            raise CannotShareError(f"the rebate of {self.party} must lie between 0 and 1", "rebate")


@dataclass(frozen=True)
class Joining:
    """One joining: the price (öre) and where the buy-in went."""

    newcomer: Newcomer
    book: Fraction
    buy_in: Figure
    refunds: Mapping[str, int]
    to_fund: int

    @property
    def price(self) -> int:
        """What the newcomer pays in all (öre)."""
        return self.buy_in.ore + self.newcomer.onboarding

    def explain(self, language: str = "sv") -> list[str]:
        """Say what joining costs, why, and who gets the money."""
        say = SENTENCES[language]
        lines = [
            say["join"].format(
                party=self.newcomer.party,
                month=self.newcomer.month,
                book=kronor(self.book, language),
                buy_in=kronor(self.buy_in.ore, language),
                onboarding=kronor(self.newcomer.onboarding, language),
                price=kronor(self.price, language),
            )
        ]
        lines += [
            say["refund"].format(party=party, amount=kronor(ore, language))
            for party, ore in self.refunds.items()
        ]
        if self.to_fund:
            lines.append(say["to_fund"].format(amount=kronor(self.to_fund, language)))
        return lines

    def export(self) -> dict[str, Any]:
        """Give the joining as plain values for JSON (amounts in öre)."""
        return {
            "party": self.newcomer.party,
            "month": self.newcomer.month,
            "book_ore": nearest_ore(self.book),
            "buy_in": self.buy_in.export(),
            "onboarding_ore": self.newcomer.onboarding,
            "price_ore": self.price,
            "refunds_ore": dict(self.refunds),
            "to_fund_ore": self.to_fund,
        }


@dataclass(frozen=True)
class Standing:
    """Who is in, by what weight, what each has paid net (öre), and what the fund holds (öre)."""

    terms: Terms
    weights: Mapping[str, Fraction]
    net_paid: Mapping[str, int]
    month: int = 0
    fund: int = 0
    joinings: tuple[Joining, ...] = field(default=())


def found(terms: Terms, weights: Weights) -> Standing:
    """Start: the founders share the investment by weight."""
    read = weighed(weights)
    return Standing(terms, read, share(terms.investment, custom(read)).shares)


def price_for(standing: Standing, newcomer: Newcomer) -> Joining:
    """Work out what a newcomer would pay and who would be paid back, without joining."""
    if newcomer.party in standing.weights:
        raise CannotShareError(f"{newcomer.party} is already a member", "org")
    if newcomer.month < standing.month:
        raise CannotShareError(
            f"{newcomer.party} joins in month {newcomer.month}, "
            f"before the last joining in month {standing.month}",
            "month",
        )
    terms, weights = standing.terms, sum(standing.weights.values(), Fraction(0))
    book = terms.book(newcomer.month)
    exact = book * newcomer.weight / (weights + newcomer.weight) * (1 - newcomer.rebate)
    inputs = {
        "investment": Fraction(terms.investment),
        "life": Fraction(terms.life_months),
        "month": Fraction(newcomer.month),
        "weight": newcomer.weight,
        "weights": weights,
        "rebate": newcomer.rebate,
    }
    buy_in = Figure(newcomer.party, nearest_ore(exact), exact, BUY_IN, tuple(inputs.items()))
    refunds = _refunds(standing, buy_in.ore - terms.to_fund(buy_in.ore))
    return Joining(newcomer, book, buy_in, refunds, buy_in.ore - sum(refunds.values()))


def _refunds(standing: Standing, amount: int) -> dict[str, int]:
    """Share an amount (öre) among members by weight, capped at what each has paid net."""
    whole = sum(standing.weights.values(), Fraction(0))
    by_weight = largest_remainder({p: amount * w / whole for p, w in standing.weights.items()})
    return {p: min(ore, max(0, standing.net_paid[p])) for p, ore in by_weight.items()}


def join(standing: Standing, newcomer: Newcomer) -> Standing:
    """Let a newcomer in: it pays, the members are refunded, and its weight counts from now."""
    joining = price_for(standing, newcomer)
    paid = {p: ore - joining.refunds[p] for p, ore in standing.net_paid.items()}
    return replace(
        standing,
        weights={**standing.weights, newcomer.party: newcomer.weight},
        net_paid={**paid, newcomer.party: joining.price},
        month=newcomer.month,
        fund=standing.fund + joining.to_fund,
        joinings=(*standing.joinings, joining),
    )


def prices_ahead(
    standing: Standing, newcomer: Newcomer, ahead: Sequence[int] = AHEAD, early_months: int = 0
) -> dict[int, Joining]:
    """Price the same newcomer now and some months later, side by side.

    With `early_months` the rebate is for those who join within so many months of the start.
    """
    prices = {}
    for months in ahead:
        month = newcomer.month + months
        late = early_months and month > early_months
        rebate = Fraction(0) if late else newcomer.rebate
        prices[months] = price_for(standing, replace(newcomer, month=month, rebate=rebate))
    return prices
