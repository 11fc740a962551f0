"""What a sharing answers: one figure per party, each opening to its inputs and formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hakapa.algorithms.sharing.amounts import MINUS, kronor, largest_remainder, percent, shown
from hakapa.algorithms.sharing.words import METHODS, SENTENCES


@dataclass(frozen=True)
class Figure:
    """One party's amount: rounded (öre), exact (öre), and how it came about.

    `formula` is arithmetic over the names in `inputs`; it gives `exact` when evaluated.
    """

    party: str
    ore: int
    exact: Fraction
    formula: str
    inputs: tuple[tuple[str, Fraction], ...]

    def opened(self, language: str = "en") -> str:
        """Write the formula with its numbers in place of the names."""
        values = {name: shown(value, language, 6) for name, value in self.inputs} | {"-": MINUS}
        text = " ".join(values.get(word, word) for word in self.formula.split())
        return text.replace("( ", "(").replace(" )", ")")

    def export(self) -> dict[str, Any]:
        """Give the figure as plain values for JSON."""
        return {
            "ore": self.ore,
            "exact_ore": str(self.exact),
            "formula": self.formula,
            "inputs": {name: str(value) for name, value in self.inputs},
            "opened": self.opened(),
        }


@dataclass(frozen=True)
class Allocation:
    """A total (öre) shared out: the figures add up to it, to the öre."""

    method: str
    total: int
    figures: tuple[Figure, ...]

    @property
    def shares(self) -> dict[str, int]:
        """Each party's amount in whole öre."""
        return {figure.party: figure.ore for figure in self.figures}

    def part(self, figure: Figure) -> Fraction:
        """Say how large a part of the total a figure is; zero of nothing."""
        return figure.exact / self.total if self.total else Fraction(0)

    def explain(self, language: str = "sv") -> list[str]:
        """Say what was shared how, and each party's amount, in plain sentences."""
        say = SENTENCES[language]
        head = say["method"].format(
            total=kronor(self.total, language), method=METHODS[self.method][language]
        )
        lines = [
            say["share"].format(
                party=figure.party,
                amount=kronor(figure.ore, language),
                part=percent(self.part(figure), language),
                opened=figure.opened(language),
            )
            for figure in self.figures
        ]
        return [head, *lines, say["rounding"]]

    def export(self) -> dict[str, Any]:
        """Give the allocation as plain values for JSON (amounts in öre)."""
        return {
            "method": self.method,
            "total_ore": self.total,
            "shares_ore": self.shares,
            "shares": {party: ore / 100 for party, ore in self.shares.items()},
            "percent": {f.party: float(100 * self.part(f)) for f in self.figures},
            "figures": {figure.party: figure.export() for figure in self.figures},
        }


def allocation(
    method: str,
    amounts: Mapping[str, Fraction],
    formula: str,
    inputs: Mapping[str, Sequence[tuple[str, Fraction]]],
) -> Allocation:
    """Round exact amounts (öre per party) to the öre and keep how each came about."""
    rounded = largest_remainder(amounts)
    figures = (
        Figure(party, rounded[party], amount, formula, tuple(inputs[party]))
        for party, amount in amounts.items()
    )
    return Allocation(method, sum(rounded.values()), tuple(figures))
