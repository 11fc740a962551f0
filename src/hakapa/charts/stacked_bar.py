"""Votes as one bar: how many agreed, disagreed and passed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal

from hakapa.charts.svg import picture, shape, text, text_width
from hakapa.charts.words import Language, number, phrase, quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 400
HEIGHT: Final = 62
BAR: Final = 26
SIZE: Final = 14
GAP: Final = 1.5

Tone = Literal["agree", "disagree", "pass", "none"]


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the bar: its name for readers, how many, and which of our tones it has."""

    name: str
    count: int
    tone: Tone


def whole_percents(counts: Sequence[int]) -> list[int]:
    """Share out one hundred so that the written percentages add up to it.

    `counts` are non-negative; the result has the same length. Every share is first rounded down
    and the percents left over go to the largest remainders (the first of equals). Without any
    votes every share is 0. Exact integers throughout.
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    shares = [count * 100 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda index: -(counts[index] * 100 % total))
    for index in by_remainder[: 100 - sum(shares)]:
        shares[index] += 1
    return shares


def stacked_bar(parts: Sequence[Part], *, label: str, language: Language) -> str:
    """Draw counts as one accessible bar with their names and shares beneath.

    `parts` are drawn in the order given, each as wide as its share. Without a single vote an
    empty bar says so. The percentages are whole and add up to 100.

    Raises ValueError when there are no parts or when a count is negative.
    """
    if not parts:
        raise ValueError("a stacked bar needs at least one part")
    if min(part.count for part in parts) < 0:
        raise ValueError("a stacked bar cannot show a negative count")
    percents = whole_percents([part.count for part in parts])
    body = _bar(parts) + _words(parts, percents, language)
    return picture(
        body,
        size=(WIDTH, HEIGHT),
        title=label,
        description=_told(parts, percents, language),
        kind="chart--bar",
    )


def _told(parts: Sequence[Part], percents: Sequence[int], language: Language) -> str:
    """Tell the same in words: every part with its count and its share."""
    told = [
        phrase(
            "share",
            language,
            name=part.name,
            count=number(part.count, language),
            percent=quantity(percent, "%", language),
        )
        for part, percent in zip(parts, percents, strict=True)
    ]
    return ". ".join(told) + "."


def _bar(parts: Sequence[Part]) -> str:
    """Draw the pieces side by side with a thin gap; pieces without votes are not drawn."""
    total = sum(part.count for part in parts)
    if not total:
        return shape("rect", "chart-none", width=WIDTH, height=BAR, rx=4)
    ends = list(accumulate(part.count for part in parts))
    pieces = [
        shape(
            "rect",
            f"chart-{part.tone}",
            x=WIDTH * (end - part.count) / total,
            width=max(WIDTH * part.count / total - GAP, 0.5),
            height=BAR,
            rx=3,
        )
        for part, end in zip(parts, ends, strict=True)
        if part.count
    ]
    return "".join(pieces)


def _words(parts: Sequence[Part], percents: Sequence[int], language: Language) -> str:
    """Write what the pieces are, from left to right, each after a small square of its tone."""
    if not any(part.count for part in parts):
        return text(phrase("nothing", language), "chart-name", at=(0, HEIGHT - 12), size=SIZE)
    drawn, x = "", 0.0
    for part, percent in zip(parts, percents, strict=True):
        words = f"{part.name} {quantity(percent, '%', language)}"
        drawn += shape("rect", f"chart-{part.tone}", x=x, y=HEIGHT - 23, width=11, height=11, rx=2)
        drawn += text(words, "chart-name", at=(x + 17, HEIGHT - 12), size=SIZE)
        x += 17 + text_width(words, SIZE) + 14
    return drawn
