"""Answers to the cases that are shared by a key, a price list, a step or a benefit."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hakapa.algorithms.sharing.airport import airport
from hakapa.algorithms.sharing.allocations import Allocation
from hakapa.algorithms.sharing.amounts import CannotShareError, kronor
from hakapa.algorithms.sharing.forms import Form
from hakapa.algorithms.sharing.keys import (
    Key,
    by_benefit,
    by_use,
    custom,
    equal,
    mixed,
    per_inhabitant,
    share,
    square_root,
)
from hakapa.algorithms.sharing.separable import (
    LimitCheck,
    equal_saving,
    proportional_saving,
    scrb,
    separable_cost_test,
    stand_alone_test,
)
from hakapa.algorithms.sharing.tariffs import Tier, by_tiers, check_tiers, tier_of
from hakapa.algorithms.sharing.transfer import SmallestTransfer, Stake, smallest_transfer
from hakapa.algorithms.sharing.words import SENTENCES

MIX = re.compile(r"mix_(\d{1,3})_(\d{1,3})")
WHOLE = 100
BY_POPULATION = ("equal", "per_inhabitant", "mix_20_80", "sambruk_tiers_as_weights", "square_root")
BY_FIELD = {"use": by_use, "benefit": by_benefit, "weights": custom}
HUNDRED_KRONOR = 10_000

Part = Allocation | LimitCheck


@dataclass(frozen=True)
class Fees:
    """What each party pays by a price list: entry once and a yearly fee (öre)."""

    tiers: Mapping[str, Tier]

    def explain(self, language: str = "sv") -> list[str]:
        """Say each party's fees and their sums."""
        say = SENTENCES[language]
        entry, year = self.sums
        return [
            *(
                say["fee"].format(
                    party=party,
                    entry=kronor(tier.entry, language),
                    year=kronor(tier.year, language),
                )
                for party, tier in self.tiers.items()
            ),
            say["fees"].format(entry=kronor(entry, language), year=kronor(year, language)),
        ]

    @property
    def sums(self) -> tuple[int, int]:
        """All entries and all yearly fees (öre)."""
        tiers = self.tiers.values()
        return sum(tier.entry for tier in tiers), sum(tier.year for tier in tiers)

    def export(self) -> dict[str, Any]:
        """Give the fees as plain values for JSON (amounts in öre)."""
        rows = {p: {"entry_ore": t.entry, "year_ore": t.year} for p, t in self.tiers.items()}
        entry, year = self.sums
        return {"entry_sum_ore": entry, "year_sum_ore": year, "parties": rows}


def solve_keys(form: Form) -> dict[str, Part]:
    """Share a total by several keys side by side, and check each where limits are given."""
    total = form.amount("total")
    known = [*BY_POPULATION] if "population" in form else []
    names = form.names("keys") or known + [field for field in BY_FIELD if field in form]
    if not names:
        raise CannotShareError("say who shares: members, population, weights, use or benefit")
    bounds = {name: form.amounts(name) if name in form else None for name in ("floors", "caps")}
    parts: dict[str, Part] = {}
    for name in names:
        key = key_named(name, form)
        parts[name] = answer = share(total, key, floors=bounds["floors"], caps=bounds["caps"])
        if "separable" in form:
            costs = form.amounts("separable")
            parts[f"{name}/separable"] = separable_cost_test(answer.shares, costs)
    return parts


def key_named(name: str, form: Form) -> Key:
    """Make the key that a case names: equal, mix_20_80, tiers, use and so on."""
    if name in BY_FIELD:
        return BY_FIELD[name](form.weights(name))
    mix = MIX.fullmatch(name)
    if mix and int(mix[1]) + int(mix[2]) == WHOLE:
        return mixed(Fraction(int(mix[1]), WHOLE), form.population())
    if name not in KEYS:
        raise CannotShareError(f"no key is called {name:.40}", "keys")
    return KEYS[name](form)


def _parties(form: Form) -> Mapping[str, Fraction]:
    fields = [field for field in ("population", *BY_FIELD) if field in form]
    return form.weights(fields[0] if fields else "population")


KEYS: Mapping[str, Callable[[Form], Key]] = {
    "equal": lambda form: equal(_parties(form)),
    "per_inhabitant": lambda form: per_inhabitant(form.population()),
    "square_root": lambda form: square_root(form.population()),
    "mixed": lambda form: mixed(form.number("equal_share"), form.population()),
    "tiers": lambda form: by_tiers(form.population(), form.tiers()),
    "sambruk_tiers_as_weights": lambda form: by_tiers(form.population()),
    "custom": lambda form: custom(form.weights("weights")),
}


def solve_fees(form: Form) -> dict[str, Fees]:
    """Say what each party pays by a price list."""
    tiers = form.tiers()
    check_tiers(tiers)
    return {"fees": Fees({p: tier_of(people, tiers) for p, people in form.population().items()})}


def solve_mixed(form: Form) -> dict[str, Allocation]:
    """Share part equally and the rest by weight; without a total, of every hundred kronor."""
    total = form.amount("total") if "total" in form else HUNDRED_KRONOR
    return {"mixed": share(total, mixed(form.number("equal_share"), form.weights("weights")))}


def solve_airport(form: Form) -> dict[str, Allocation]:
    """Share the largest need by steps."""
    return {"airport": airport(form.amounts("needs"))}


def solve_alone(form: Form) -> dict[str, Part]:
    """Share a total when each party's cost alone is known, and check against it."""
    total, alone = form.amount("total"), form.amounts("alone")
    answers = {"equal": share(total, equal(alone)), "equal_saving": equal_saving(total, alone)}
    answers["proportional_saving"] = proportional_saving(total, alone)
    if "separable" in form:
        benefits = form.amounts("benefits") if "benefits" in form else None
        answers["scrb"] = scrb(total, form.amounts("separable"), alone, benefits)
    parts: dict[str, Part] = {}
    for name, answer in answers.items():
        parts |= {name: answer, f"{name}/alone": stand_alone_test(answer.shares, alone)}
    return parts


def solve_benefit(form: Form) -> dict[str, SmallestTransfer]:
    """Show who pays and who gains, and the smallest transfer after which nobody loses."""
    stakes = []
    for row in form.forms("rows"):
        actor = row.need("actor")
        called = {k: str(v) for k, v in actor.items() if v} if isinstance(actor, dict) else {}
        name = called.get("sv", called.get("en", str(actor)))
        certainty = str(row.fields.get("certainty", "estimated"))
        cost, benefit = row.amount("cost"), row.amount("benefit")
        stakes.append(Stake(name, cost, benefit, certainty, called))
    payer = str(form.fields["payer"]) if "payer" in form else None
    return {"smallest_transfer": smallest_transfer(stakes, payer)}
