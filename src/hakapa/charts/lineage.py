"""Where something comes from and what became of it: steps joined like a line of descent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from hakapa.charts.svg import picture, shape, text, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 400
ROW: Final = 34
COLUMN: Final = 20
LEFT: Final = 9
SIZE: Final = 14

Tone = Literal["neutral", "sea", "moss", "sun", "rose"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on the way: a challenge, a note, a proposal, an answer, a report.

    `stage` is how far along the journey it stands, from 0; `grew_from` names the keys of the
    earlier steps that it comes from.
    """

    key: str
    words: str
    stage: int
    grew_from: tuple[str, ...] = ()
    tone: Tone = "neutral"
    is_here: bool = False


def lineage(steps: Sequence[Step], *, label: str) -> str:
    """Draw the steps from the top down, each indented by its stage and joined to its origins.

    `steps` stand in the order in which they are read, an origin before what grew from it; an
    origin that is not among them is not drawn. Words too long for the row are cut.

    Raises ValueError when there are no steps or when two have the same key.
    """
    rows = {step.key: place for place, step in enumerate(steps)}
    if not steps or len(rows) != len(steps):
        raise ValueError("a lineage needs steps, each with a key of its own")
    by_key = {step.key: step for step in steps}
    ways = "".join(
        _way(_at(by_key[origin], rows), _at(step, rows))
        for step in steps
        for origin in step.grew_from
        if origin in rows
    )
    body = ways + "".join(_dot(step, rows) for step in steps)
    return picture(
        body,
        size=(WIDTH, ROW * len(steps)),
        title=label,
        description=_told(steps, by_key),
        kind="chart--lineage",
    )


def _at(step: Step, rows: dict[str, int]) -> tuple[float, float]:
    return LEFT + COLUMN * step.stage, ROW * (rows[step.key] + 0.5)


def _way(origin: tuple[float, float], to: tuple[float, float]) -> str:
    """Draw the way down from an origin and then across to what grew from it."""
    (x, y), (to_x, to_y) = origin, to
    turn = min(10.0, abs(to_x - x), abs(to_y - y))
    bend = turn if to_x >= x else -turn
    path = f"M{x:.1f} {y:.1f}V{to_y - turn:.1f}q0 {turn:.1f} {bend:.1f} {turn:.1f}H{to_x:.1f}"
    return shape("path", "chart-way", d=path, fill="none", stroke_width=2)


def _dot(step: Step, rows: dict[str, int]) -> str:
    """Draw the step as a dot with its words beside it."""
    x, y = _at(step, rows)
    radius = 8 if step.is_here else 6
    drawn = shape("circle", f"chart-step chart-{step.tone}", cx=x, cy=y, r=radius, stroke_width=2)
    css = "chart-name chart-here" if step.is_here else "chart-name"
    start = x + 15
    return drawn + text(_cut(step.words, WIDTH - start), css, at=(start, y + 5), size=SIZE)


def _cut(words: str, room: float) -> str:
    """Cut words that are wider than the room, with an ellipsis."""
    if text_width(words, SIZE) <= room:
        return words
    letters = int(room / text_width("x", SIZE)) - 1
    return words[:letters].rstrip() + "…"


def _told(steps: Sequence[Step], by_key: dict[str, Step]) -> str:
    """Tell the same in words: every step, after an arrow from what it comes from."""
    told = []
    for step in steps:
        origins = [by_key[key].words for key in step.grew_from if key in by_key]
        told.append(f"{', '.join(origins)} → {step.words}" if origins else step.words)
    return ". ".join(told) + "."
