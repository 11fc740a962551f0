"""Counts by period: for each quarter a few columns side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from hakapa.charts.svg import picture, shape, text, text_width
from hakapa.charts.words import Language, number

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 400
TOP: Final = 34
BOTTOM: Final = 150
LINE: Final = 20
SIZE: Final = 14

Tone = Literal["sea", "moss", "rose", "sun"]


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of column: its name, its tone and a count for every period."""

    name: str
    tone: Tone
    counts: tuple[int, ...]


def columns(
    periods: Sequence[str], series: Sequence[Series], *, label: str, language: Language
) -> str:
    """Draw counts as columns in groups, one group for each period, as an accessible SVG.

    `periods` name the groups from left to right; every series has as many counts. The highest
    column fills the height and has its count written above. The names of the series stand below
    with their tones, the first and the last period's name under the axis.

    Raises ValueError when there are no periods, no series, or when a count is missing or negative.
    """
    if not periods or not series:
        raise ValueError("columns need at least one period and one series")
    if any(len(one.counts) != len(periods) or min(one.counts) < 0 for one in series):
        raise ValueError("every period needs a count, and none may be negative")
    names, lines = _names(series)
    body = _columns(len(periods), series, language) + _axis(periods) + names
    size = WIDTH, BOTTOM + 32 + LINE * lines
    told = _told(periods, series, language)
    return picture(body, size=size, title=label, description=told, kind="chart--columns")


def _columns(groups: int, series: Sequence[Series], language: Language) -> str:
    """Draw the columns; a count of nothing draws none."""
    highest = max(max(one.counts) for one in series)
    room = WIDTH / groups
    width = min(room * 0.8 / len(series), 26)
    drawn, is_written = "", False
    for place, one in enumerate(series):
        for group, count in enumerate(one.counts):
            if not count:
                continue
            height = (BOTTOM - TOP) * count / highest
            x = room * (group + 0.5) + width * (place - len(series) / 2)
            drawn += shape(
                "rect", f"chart-{one.tone}", x=x, y=BOTTOM - height, width=width - 1, height=height
            )
            if count == highest and not is_written:
                is_written = True
                at = (x + width / 2, TOP - 6)
                drawn += text(
                    number(count, language), "chart-value", at=at, size=SIZE, anchor="middle"
                )
    return drawn


def _axis(periods: Sequence[str]) -> str:
    """Draw the axis with the names of the first and the last period."""
    drawn = shape("path", "chart-axis", d=f"M0 {BOTTOM}H{WIDTH}", fill="none")
    drawn += text(periods[0], "chart-day", at=(0, BOTTOM + 18), size=SIZE)
    if len(periods) > 1:
        at = (WIDTH, BOTTOM + 18)
        drawn += text(periods[-1], "chart-day", at=at, size=SIZE, anchor="end")
    return drawn


def _names(series: Sequence[Series]) -> tuple[str, int]:
    """Write the names of the series after their tones; return the drawing and its lines."""
    drawn, x, line = "", 0.0, 1
    for one in series:
        width = 17 + text_width(one.name, SIZE) + 16
        if x and x + width > WIDTH:
            x, line = 0.0, line + 1
        y = BOTTOM + 22 + LINE * line
        drawn += shape("rect", f"chart-{one.tone}", x=x, y=y - 11, width=11, height=11, rx=2)
        drawn += text(one.name, "chart-name", at=(x + 17, y), size=SIZE)
        x += width
    return drawn, line


def _told(periods: Sequence[str], series: Sequence[Series], language: Language) -> str:
    """Tell the same in words: for every period the count of each series."""
    told = [
        f"{period}: "
        + ", ".join(f"{one.name} {number(one.counts[place], language)}" for one in series)
        for place, period in enumerate(periods)
    ]
    return ". ".join(told) + "."
