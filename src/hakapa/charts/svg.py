"""The few pieces of SVG that the charts are drawn with; every text and attribute is escaped.

Colours and type are left to the style sheet: elements carry classes. Geometry is written as
presentation attributes, so that a strict content security policy accepts the drawing.
"""

from __future__ import annotations

from html import escape
from typing import Final, Literal
from zlib import crc32

LETTER_WIDTH: Final = 0.56
"""Width of an average letter, digits included, as a share of the size of the type."""

Anchor = Literal["start", "middle", "end"]


def shape(name: str, css: str, **attributes: float | str) -> str:
    """Write one empty element, such as a line or a rectangle.

    Underscores in attribute names become hyphens; numbers are rounded to a tenth of a unit.
    """
    written = "".join(
        f' {key.replace("_", "-")}="{_value(value)}"' for key, value in attributes.items()
    )
    return f'<{name} class="{escape(css)}"{written}/>'


def text(
    words: str, css: str, *, at: tuple[float, float], size: int = 14, anchor: Anchor = "start"
) -> str:
    """Write words from a place (x, baseline); place and size in the units of the view box."""
    x, y = at
    return (
        f'<text class="{escape(css)}" x="{_value(x)}" y="{_value(y)}" font-size="{size}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )


def text_width(words: str, size: int = 14) -> float:
    """Estimate how wide words become, in the units of the view box."""
    return LETTER_WIDTH * size * len(words)


def picture(body: str, *, size: tuple[int, int], title: str, description: str, kind: str) -> str:
    """Wrap a drawing into an image that has a name and a description for those who listen.

    `size` is width and height of the view box, `kind` a class of its own for the style sheet.
    The ids that tie name and description to the image are made from what the picture says, so
    that several charts can stand on one page.
    """
    width, height = size
    mark = f"chart-{crc32(f'{title}{description}{body}'.encode()):08x}"
    return (
        f'<svg class="chart {kind}" viewBox="0 0 {width} {height}" role="img"'
        f' aria-labelledby="{mark}-title" aria-describedby="{mark}-description">'
        f'<title id="{mark}-title">{escape(title)}</title>'
        f'<desc id="{mark}-description">{escape(description)}</desc>{body}</svg>'
    )


def _value(value: float | str) -> str:
    """Write an attribute's value: a number to one decimal, or a word, escaped."""
    return escape(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
