"""Who pays, who gains: for every actor two bars that face away from one another."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Final

from hakapa.charts.svg import picture, shape, text, text_width
from hakapa.charts.words import Language, phrase, quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 400
MIDDLE: Final = WIDTH / 2
SHORTEST_REACH: Final = 40.0
ROW: Final = 50
TOP: Final = 26
BAR: Final = 16
SIZE: Final = 14


@dataclass(frozen=True, slots=True)
class Actor:
    """One who pays, gains or both; both amounts are non-negative and in the same unit."""

    name: str
    cost: float
    benefit: float


def facing_bars(actors: Sequence[Actor], *, unit: str, label: str, language: Language) -> str:
    """Draw cost to the left and benefit to the right of one line, on one common scale.

    `actors` are drawn in the order given, each with its name above its bars and both amounts
    written out. The longest bar of all fills its side, save
    what the widest amount needs.

    Raises ValueError when there is no actor or when an amount is negative or not finite.
    """
    if not actors:
        raise ValueError("facing bars need at least one actor")
    amounts = [amount for actor in actors for amount in (actor.cost, actor.benefit)]
    if not all(isfinite(amount) and amount >= 0 for amount in amounts):
        raise ValueError("facing bars show finite amounts that are not negative")
    widest = max(text_width(quantity(amount, unit, language), SIZE) for amount in amounts)
    reach = max(MIDDLE - widest - 12, SHORTEST_REACH)
    scale = reach / (max(amounts) or 1.0)
    height = TOP + ROW * len(actors)
    body = _heads(height, language)
    for index, actor in enumerate(actors):
        body += _row(actor, TOP + ROW * index, scale, (unit, language))
    return picture(
        body,
        size=(WIDTH, height),
        title=label,
        description=_told(actors, unit, language),
        kind="chart--facing",
    )


def _told(actors: Sequence[Actor], unit: str, language: Language) -> str:
    """Tell the same in words, a sentence for each actor."""
    return " ".join(
        phrase(
            "actor",
            language,
            name=actor.name,
            cost=quantity(actor.cost, unit, language),
            benefit=quantity(actor.benefit, unit, language),
        )
        for actor in actors
    )


def _heads(height: float, language: Language) -> str:
    """Say what the sides mean and draw the line between them."""
    return (
        text(phrase("cost", language), "chart-name", at=(MIDDLE - 10, 14), size=SIZE, anchor="end")
        + text(phrase("benefit", language), "chart-name", at=(MIDDLE + 10, 14), size=SIZE)
        + shape("path", "chart-baseline", d=f"M{MIDDLE} {TOP - 4}V{height}", fill="none")
    )


def _row(actor: Actor, top: float, scale: float, said: tuple[str, Language]) -> str:
    """Draw one actor: the name on a line of its own, the bars and their amounts beneath.

    `scale` is width per unit of money, `said` the unit and the language of the amounts.
    """
    bar, foot = top + 24, top + 24 + BAR - 3
    cost, benefit = actor.cost * scale, actor.benefit * scale
    paid, gained = (quantity(amount, *said) for amount in (actor.cost, actor.benefit))
    drawn = text(actor.name, "chart-value", at=(0, top + 17), size=SIZE + 1)
    drawn += shape("rect", "chart-cost", x=MIDDLE - cost, y=bar, width=cost, height=BAR, rx=2)
    drawn += shape("rect", "chart-benefit", x=MIDDLE, y=bar, width=benefit, height=BAR, rx=2)
    drawn += text(paid, "chart-name", at=(MIDDLE - cost - 6, foot), size=SIZE, anchor="end")
    return drawn + text(gained, "chart-name", at=(MIDDLE + benefit + 6, foot), size=SIZE)
