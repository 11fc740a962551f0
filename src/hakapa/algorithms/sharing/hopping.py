"""Answers to a case of late joining: who has paid what, and what hopping on costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hakapa.algorithms.sharing.amounts import CannotShareError, kronor
from hakapa.algorithms.sharing.forms import Form
from hakapa.algorithms.sharing.joining import (
    Joining,
    Newcomer,
    Standing,
    Terms,
    found,
    join,
    prices_ahead,
)
from hakapa.algorithms.sharing.words import SENTENCES


@dataclass(frozen=True)
class Course:
    """How a joint investment was paid from its founding on."""

    founders_pay: Mapping[str, int]
    standing: Standing

    def explain(self, language: str = "sv") -> list[str]:
        """Say what each founder paid, each joining, and what everybody has paid net."""
        say = SENTENCES[language]
        paid = {p: kronor(ore, language) for p, ore in self.founders_pay.items()}
        net = {p: kronor(ore, language) for p, ore in self.standing.net_paid.items()}
        return [
            *(say["founder"].format(party=p, amount=ore) for p, ore in paid.items()),
            *(line for joining in self.standing.joinings for line in joining.explain(language)),
            *(say["net_paid"].format(party=p, amount=ore) for p, ore in net.items()),
        ]

    def export(self) -> dict[str, Any]:
        """Give the course as plain values for JSON (amounts in öre)."""
        return {
            "founders_pay_ore": dict(self.founders_pay),
            "joins": [joining.export() for joining in self.standing.joinings],
            "join_price_ore": {j.newcomer.party: j.price for j in self.standing.joinings},
            "net_paid_ore": dict(self.standing.net_paid),
            "sum_ore": sum(self.standing.net_paid.values()),
            "fund_ore": self.standing.fund,
        }


@dataclass(frozen=True)
class PriceList:
    """What hopping on costs each organisation that has not, now and in some months."""

    prices: Mapping[str, Mapping[int, Joining]]

    def explain(self, language: str = "sv") -> list[str]:
        """Say each price, soonest first."""
        say = SENTENCES[language]
        return [
            say["price_ahead" if months else "price_now"].format(
                months=months, party=party, price=kronor(joining.price, language)
            )
            for party, ahead in self.prices.items()
            for months, joining in ahead.items()
        ]

    def export(self) -> dict[str, Any]:
        """Give the prices as plain values for JSON: by party and months from now."""
        return {
            party: {str(months): joining.export() for months, joining in ahead.items()}
            for party, ahead in self.prices.items()
        }


def solve_joining(form: Form) -> dict[str, Course | PriceList]:
    """Replay a joint investment, and price it for everybody who is not in it."""
    weights = _weights(form)
    standing = founded = found(_terms(form), {p: weights[p] for p in _founders(form, weights)})
    for row in form.forms("joins"):
        with row.blame():
            standing = join(standing, _newcomer(row, weights))
    month = form.whole("month", standing.month)
    last = standing.joinings[-1].newcomer.onboarding if standing.joinings else 0
    onboarding = form.amount("onboarding") if "onboarding" in form else last
    rebate = form.number("rebate_early")
    prices = {}
    for party in weights.keys() - standing.weights.keys():
        newcomer = Newcomer(party, weights[party], month, onboarding, rebate)
        early = form.whole("early_months")
        prices[party] = prices_ahead(standing, newcomer, early_months=early)
    in_order = {party: prices[party] for party in weights if party in prices}
    return {"course": Course(founded.net_paid, standing), "prices": PriceList(in_order)}


def _weights(form: Form) -> dict[str, Fraction]:
    if "weights" in form:
        return form.weights("weights")
    people = form.population()
    by = form.fields.get("weight", "population")
    if by not in ("population", "equal"):
        raise CannotShareError("weight is population or equal", "weight")
    return people if by == "population" else dict.fromkeys(people, Fraction(1))


def _founders(form: Form, weights: Mapping[str, Fraction]) -> list[str]:
    for i, party in enumerate(form.names("founders")):
        if party not in weights:
            raise CannotShareError(f"{party} has no population or weight", "founders", i)
    return form.names("founders")


def _terms(form: Form) -> Terms:
    net = form.amount("investment") - form.amount("grants", 0)
    mode = str(form.fields.get("refund_mode", "members"))
    part = form.number("fund_part") if "fund_part" in form else Fraction(1, 2)
    return Terms(net, form.whole("life_months"), mode, part)


def _newcomer(row: Form, weights: Mapping[str, Fraction]) -> Newcomer:
    party = str(row.need("org"))
    if party not in weights:
        raise CannotShareError(f"{party} has no population or weight", "org")
    onboarding, rebate = row.amount("onboarding", 0), row.number("rebate")
    return Newcomer(party, weights[party], row.whole("month"), onboarding, rebate)
