"""The map as a drawing (SVG): people as marks, groups as soft fields, told apart by shape too.

Only presentation attributes, no style and no script, so that the strictest content policy lets it
through. Groups under the privacy floor are not drawn, nor people in no group.
"""

from html import escape

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.opinion.grouping import cells
from hakapa.algorithms.opinion.opinion_map import OpinionMap
from hakapa.algorithms.opinion.phrases import Language, say, whole
from hakapa.algorithms.opinion.privacy import visible

Floats = NDArray[np.float64]
COLOURS = ("#0b5a78", "#a81e45", "#2d6a3f", "#8a5a00", "#5b3a8c")
WASHES = ("#e3eef1", "#f8e6ea", "#e4efe5", "#fcf1d6", "#ece5f5")
INK, PAPER = "#16262e", "#fffdf9"
MARKS = (
    "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0Z",  # circle
    "M-3.6-3.6H3.6V3.6H-3.6Z",  # square
    "M0-4.8L4.6 3.6H-4.6Z",  # triangle
    "M0-5.2L5.2 0L0 5.2L-5.2 0Z",  # diamond
    "M-1.6-5H1.6V-1.6H5V1.6H1.6V5H-1.6V1.6H-5V-1.6H-1.6Z",  # cross
)
MOST_MARKS = 600  # per group; more people are gathered in larger marks
WIDTH, HEIGHT, EDGE = 900, 640, 60.0


def draw(shown: OpinionMap, language: Language = "sv", name: str = "map") -> str:
    """Draw the map; give a complete SVG document.

    Every id in it starts with `name`: give two drawings on one page different ones.
    """
    groups = np.flatnonzero(visible(shown, shown.groups)).tolist()
    places = _on_paper(shown.positions[shown.mapped])
    title = say(language, "title")
    people = sum(shown.groups.sizes[at] for at in groups)
    told = say(language, "drawn", people=whole(people, language), k=len(groups))
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-labelledby="{name}-title {name}-desc" font-family="Public Sans, sans-serif">'
        ),
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-desc">{escape(told)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
    ]
    fields = [_field(at, places[shown.labels == at]) for at in groups]
    marks = [_marks(f"{name}-mark-{at}", at, places[shown.labels == at]) for at in groups]
    names = [_name(shown, at, places[shown.labels == at], language) for at in groups]
    return "\n".join([*parts, *fields, *marks, *names, "</svg>"]) + "\n"


def symbol(place: int) -> str:
    """Draw the mark of the group at a place alone, for a legend; hidden from those who listen."""
    return (
        f'<svg class="map-mark" viewBox="-6 -6 12 12" aria-hidden="true">'
        f'<path d="{MARKS[place % len(MARKS)]}" fill="{COLOURS[place % len(COLOURS)]}"/></svg>'
    )


def _on_paper(positions: Floats) -> Floats:
    """Scale places (M, 2) to the paper, both axes alike, the far few pulled to the edge."""
    if positions.shape[0] == 0:
        return positions
    reach = float(np.quantile(np.abs(positions), 0.995)) or 1.0
    scale = min(WIDTH, HEIGHT) / 2 - EDGE
    near = np.clip(positions / reach, -1.0, 1.0)
    stretch = np.array([(WIDTH / 2 - EDGE) / scale, -1.0])
    return np.asarray(near * scale * stretch + np.array([WIDTH / 2, HEIGHT / 2]))


def _field(at: int, places: Floats) -> str:
    """Draw the soft field behind a group: an ellipse two standard deviations wide."""
    middle = places.mean(axis=0)
    spread = np.cov(places.T) if places.shape[0] > 1 else np.zeros((2, 2))
    sizes, axes = np.linalg.eigh(spread)
    far, near = 2 * np.sqrt(np.maximum(sizes[::-1], 25.0))
    turn = float(np.degrees(np.arctan2(axes[1, 1], axes[0, 1])))
    return (
        f'<ellipse rx="{far:.1f}" ry="{near:.1f}" fill="{WASHES[at % len(WASHES)]}" '
        f'stroke="{COLOURS[at % len(COLOURS)]}" stroke-opacity="0.4" '
        f'transform="translate({middle[0]:.1f} {middle[1]:.1f}) rotate({turn:.1f})"/>'
    )


def _marks(name: str, at: int, places: Floats) -> str:
    """Draw a group's people, each with the group's shape; a mark grows with those it stands for."""
    points, counts = cells(places, MOST_MARKS)
    sizes = np.sqrt(np.minimum(counts, 16.0)) if counts.max() > 1 else counts
    drawn = "".join(
        f'<use href="#{name}" transform="translate({x:.1f} {y:.1f}) scale({size:.2f})"/>'
        for (x, y), size in zip(points.tolist(), sizes.tolist(), strict=True)
    )
    return (
        f'<defs><path id="{name}" d="{MARKS[at % len(MARKS)]}"/></defs>'
        f'<g fill="{COLOURS[at % len(COLOURS)]}" fill-opacity="0.75">{drawn}</g>'
    )


def _name(shown: OpinionMap, at: int, places: Floats, language: Language) -> str:
    """Write a group's letter and size in its middle, with a rim that keeps it readable."""
    x, y = places.mean(axis=0).tolist()
    size = whole(shown.groups.sizes[at], language)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="26" font-weight="650" '
        f'fill="{INK}" stroke="{PAPER}" stroke-width="5" paint-order="stroke">'
        f"{escape(shown.groups.names[at])} · {size}</text>"
    )
