"""A measure over time: where it began, where it is, where it should be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from math import isfinite
from typing import TYPE_CHECKING, Final

from hakapa.charts.placing import Box, first_free
from hakapa.charts.svg import picture, shape, text, text_width
from hakapa.charts.words import Language, axis_date, full_date, phrase, quantity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WIDTH: Final = 400
HEIGHT: Final = 180
LEFT: Final = 8
RIGHT: Final = WIDTH - 4
TOP: Final = 30
BOTTOM: Final = HEIGHT - 30
SIZE: Final = 14
VALUE_SIZE: Final = 17


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns dates and values into places on the drawing; y grows downwards."""

    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        """Place a date; a single date stands in the middle."""
        days = (self.last - self.first).days
        if not days:
            return (LEFT + RIGHT) / 2
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / days

    def y(self, value: float) -> float:
        """Place a value; when nothing differs all stand halfway up."""
        # halves first: the distance between two enormous numbers must stay a number
        span = self.high / 2 - self.low / 2
        share = (value / 2 - self.low / 2) / span if span else 0.5
        return BOTTOM - (BOTTOM - TOP) * share


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one chart shows; points sorted by date, values in `unit`."""

    points: tuple[tuple[date, float], ...]
    baseline: float | None
    target: float | None
    target_date: date | None
    unit: str
    language: Language

    def said(self, value: float) -> str:
        """Say a value with its unit."""
        return quantity(value, self.unit, self.language)

    def scale(self) -> Scale:
        """Span all dates and values."""
        values = [value for _, value in self.points]
        values += [value for value in (self.baseline, self.target) if value is not None]
        first, last = self.points[0][0], self.points[-1][0]
        return Scale(first, max(last, self.target_date or last), min(values), max(values))


def line_chart(  # noqa: PLR0913 (a chart has this much to say, and says it by name)
    points: Sequence[tuple[date, float]],
    *,
    baseline: float | None,
    target: float | None,
    target_date: date | None,
    unit: str,
    label: str,
    language: Language,
) -> str:
    """Draw a measure over time as an accessible SVG.

    `points` are pairs of date and value in any order. `baseline` and `target` are values in the
    same unit, drawn as lines of their own; `target_date` stretches the time shown so that the
    way left is seen. `unit` follows every value (`%`, `kr`, `av 10`), `label` names the measure.
    The vertical span need not contain zero. The last value is written out. Thousands of points
    are thinned to what the eye can tell apart, keeping every high and every low.

    Raises ValueError when there are no points or when a value is not a finite number.
    """
    _refuse_what_cannot_be_drawn([value for _, value in points], baseline, target)
    reading = Reading(tuple(sorted(points)), baseline, target, target_date, unit, language)
    scale = reading.scale()
    body = _days(reading, scale) + _levels(reading, scale) + _course(reading, scale)
    told = _description(reading)
    return picture(body, size=(WIDTH, HEIGHT), title=label, description=told, kind="chart--line")


def _refuse_what_cannot_be_drawn(values: Sequence[float], *levels: float | None) -> None:
    """Raise ValueError when there are no values, or when one is not a finite number."""
    if not values:
        raise ValueError("a line chart needs at least one point")
    if not all(isfinite(value) for value in (*values, *levels) if value is not None):
        raise ValueError("a line chart can only show finite numbers")


def _days(reading: Reading, scale: Scale) -> str:
    """Draw the axis and name its days: the first, the last measured and the target's, if room."""
    drawn = [shape("path", "chart-axis", d=f"M{LEFT} {BOTTOM}H{RIGHT}", fill="none")]
    taken: list[Box] = []
    measured = reading.points[-1][0]
    for day in dict.fromkeys((scale.first, scale.last, measured)):
        words = axis_date(day, first=scale.first, last=scale.last, language=reading.language)
        half = text_width(words, SIZE) / 2
        middle = min(max(scale.x(day), half), WIDTH - half)
        box = Box(middle - half - 6, BOTTOM, middle + half + 6, HEIGHT)
        if not any(box.touches(other) for other in taken):
            taken.append(box)
            drawn.append(
                text(words, "chart-day", at=(middle, HEIGHT - 8), size=SIZE, anchor="middle")
            )
    return "".join(drawn)


def _levels(reading: Reading, scale: Scale) -> str:
    """Draw the target as a dashed line with its label, and the baseline as a dotted one."""
    drawn = ""
    if reading.baseline is not None and scale.y(reading.baseline) < BOTTOM - 1:
        path = f"M{LEFT} {scale.y(reading.baseline):.1f}H{RIGHT}"
        drawn += shape("path", "chart-baseline", d=path, fill="none", stroke_dasharray="1 4")
    if reading.target is not None:
        path = f"M{LEFT} {scale.y(reading.target):.1f}H{RIGHT}"
        drawn += shape("path", "chart-target", d=path, fill="none", stroke_dasharray="5 5")
    for words, css, box in _level_labels(reading, scale):
        drawn += text(words, css, at=(box.right, box.bottom - 4), size=SIZE, anchor="end")
    return drawn


def _level_labels(reading: Reading, scale: Scale) -> list[tuple[str, str, Box]]:
    """Say where the labels of target and baseline stand: at the right end, above their lines.

    The baseline's label is left out where it would cover the target's.
    """
    labels: list[tuple[str, str, Box]] = []
    for key, level in (("target", reading.target), ("baseline", reading.baseline)):
        if level is None:
            continue
        words = phrase(key, reading.language, value=reading.said(level))
        y = scale.y(level)
        box = Box(RIGHT - text_width(words, SIZE), y - 20, RIGHT, y - 2)
        if not any(box.touches(other) for _, _, other in labels):
            labels.append((words, f"chart-{key}-text", box))
    return labels


def _course(reading: Reading, scale: Scale) -> str:
    """Draw the line itself, the last point as a dot and its value beside it."""
    places = _thinned([(scale.x(day), scale.y(value)) for day, value in reading.points])
    x, y = places[-1]
    drawn = ""
    if len(places) > 1:
        way = "L".join(f"{across:.1f} {down:.1f}" for across, down in places)
        drawn += shape("path", "chart-line", d=f"M{way}", fill="none", stroke_width=3.5)
    drawn += shape("circle", "chart-dot", cx=x, cy=y, r=6.5, stroke_width=2)
    words = reading.said(reading.points[-1][1])
    box = _place_for_value(
        words, (x, y), places, [box for *_, box in _level_labels(reading, scale)]
    )
    return drawn + text(words, "chart-value", at=(box.left, box.bottom - 4), size=VALUE_SIZE)


def _place_for_value(
    words: str, dot: tuple[float, float], places: Sequence[tuple[float, float]], taken: list[Box]
) -> Box:
    """Find room for the last value: to the right of its dot, else above, below or to the left."""
    x, y = dot
    width, height = text_width(words, VALUE_SIZE), VALUE_SIZE + 4
    left = min(max(x - width / 2, 0), WIDTH - width)
    candidates = [
        Box(x + 12, y - height / 2, x + 12 + width, y + height / 2),
        Box(left, y - height - 10, left + width, y - 10),
        Box(left, y + 10, left + width, y + 10 + height),
        Box(x - 12 - width, y - height - 6, x - 12, y - 6),
    ]
    crossed = [Box.around(*pair) for pair in pairwise(places[-40:])]
    field = Box(0, 0, WIDTH, BOTTOM + 2)
    return first_free(candidates, within=field, avoiding=[*taken, *crossed])


def _thinned(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Keep at most four places in each unit of width: the first, the extremes and the last."""
    if len(places) <= WIDTH:
        return list(places)
    kept: list[tuple[float, float]] = []
    for _, column in groupby(places, key=lambda place: int(place[0])):
        stack = list(column)
        order = (0, *sorted(_extremes(stack)), len(stack) - 1)
        kept += [stack[index] for index in dict.fromkeys(order)]
    return kept


def _extremes(stack: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Give the indexes of the highest and the lowest place."""
    downs = [down for _, down in stack]
    return downs.index(min(downs)), downs.index(max(downs))


def _description(reading: Reading) -> str:
    """Tell the same story in words."""
    (first_day, first), (last_day, last) = reading.points[0], reading.points[-1]
    language = reading.language
    last_when = full_date(last_day, language)
    if len(reading.points) == 1:
        told = [phrase("one", language, value=reading.said(last), when=last_when)]
    else:
        told = [
            phrase(
                "course",
                language,
                first=reading.said(first),
                first_when=full_date(first_day, language),
                last=reading.said(last),
                last_when=last_when,
            )
        ]
    if reading.target is not None:
        key = "aims_by" if reading.target_date else "aims"
        when = full_date(reading.target_date, language) if reading.target_date else ""
        told.append(phrase(key, language, value=reading.said(reading.target), when=when))
    if reading.baseline is not None:
        told.append(phrase("began", language, value=reading.said(reading.baseline)))
    return " ".join(told)
