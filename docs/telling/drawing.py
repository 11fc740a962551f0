"""Draws a lifecycle as SVG: states in a column, moves as arcs, down right and up left."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STEP, WIDE, HIGH = 70, 124, 34  # from state to state; a state's box
REACH = 100  # how far out an arc goes for each state that it spans
LETTER = 7.2  # the width of a letter in a label, about
MARGIN = 16

STYLE = """
  .paper { fill: #fffdf9 }
  .box { fill: #e3eef1; stroke: #0b5a78 }
  .first { fill: #0b5a78; stroke: #073d52 }
  .arc { fill: none; stroke: #0b5a78; stroke-width: 1.5 }
  .system { stroke-dasharray: 5 4 }
  .head { fill: #0b5a78 }
  text { font: 13px system-ui, sans-serif; fill: #16262e }
  .state { font-weight: 600; text-anchor: middle }
  .first-state { fill: #fff }
  .label { paint-order: stroke; stroke: #fffdf9; stroke-width: 5px }
  .left { text-anchor: end }
""".strip("\n")


@dataclass(frozen=True)
class Arc:
    """The moves from one state to another, drawn as one line."""

    source: int
    target: int
    words: str
    by_system: bool

    @property
    def reach(self) -> int:
        """How far out the arc goes."""
        return 26 + REACH * (abs(self.target - self.source) - 1)

    @property
    def room(self) -> float:
        """The width that the arc takes with its label."""
        return self.reach * 0.75 + 10 + len(self.words) * LETTER


def draw(title: str, states: Sequence[str], arcs: Sequence[Arc]) -> str:
    """Return the drawing; the first state is where a thing begins."""
    down = max((a.room for a in arcs if a.target > a.source), default=0)
    up = max((a.room for a in arcs if a.target < a.source), default=0)
    left = MARGIN + up
    width, height = left + WIDE + down + MARGIN, 2 * MARGIN + STEP * (len(states) - 1) + HIGH
    size = f'viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title">',
        f'<title id="title">{escape(title)}</title>',
        f"<style>\n{STYLE}\n</style>",
        f'<rect class="paper" width="{width:.0f}" height="{height}" rx="8"/>',
        *(_arc(arc, left) for arc in arcs),
        *(_label(arc, left) for arc in arcs),
        *(_state(place, name, left) for place, name in enumerate(states)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _middle(place: int) -> float:
    return MARGIN + HIGH / 2 + STEP * place


def _state(place: int, name: str, left: float) -> str:
    y, first = _middle(place), place == 0
    return (
        f'<rect class="{"first" if first else "box"}" x="{left:.0f}" y="{y - HIGH / 2:.0f}" '
        f'width="{WIDE}" height="{HIGH}" rx="17"/>\n'
        f'<text class="state{" first-state" if first else ""}" x="{left + WIDE / 2:.0f}" '
        f'y="{y + 4.5:.1f}">{escape(name)}</text>'
    )


def _arc(arc: Arc, left: float) -> str:
    x, side, start, end = _ends(arc, left)
    out, tip = x + side * arc.reach, x + side * 2
    base = tip + side * 9
    return (
        f'<path class="{"arc system" if arc.by_system else "arc"}" d="M{x:.0f} {start:.1f} '
        f'C{out:.0f} {start:.1f} {out:.0f} {end:.1f} {tip + side * 8:.0f} {end:.1f}"/>\n'
        f'<polygon class="head" points="{tip:.0f},{end:.1f} {base:.0f},{end - 4.5:.1f} '
        f'{base:.0f},{end + 4.5:.1f}"/>'
    )


def _label(arc: Arc, left: float) -> str:
    """Write the arc's words at its outermost point; drawn last, so that no line hides them."""
    x, side, start, end = _ends(arc, left)
    return (
        f'<text class="label{"" if side > 0 else " left"}" '
        f'x="{x + side * (arc.reach * 0.75 + 6):.0f}" y="{(start + end) / 2 + 4.5:.1f}">'
        f"{escape(arc.words)}</text>"
    )


def _ends(arc: Arc, left: float) -> tuple[float, int, float, float]:
    """Return at which edge the arc stands, to which side it goes, where it starts and ends."""
    x, side = (left + WIDE, 1) if arc.target > arc.source else (left, -1)
    return x, side, _middle(arc.source) + 7 * side, _middle(arc.target) - 7 * side
