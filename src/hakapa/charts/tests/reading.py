"""Reading a drawing back, as a browser would."""

from __future__ import annotations

from xml.etree import ElementTree as ET


class Drawing:
    """An SVG string, parsed; fails when it is not well-formed."""

    def __init__(self, svg: str) -> None:
        self.svg = svg
        self.root = ET.fromstring(svg)  # noqa: S314 (our own drawing)

    @property
    def title(self) -> str:
        return self.root.findtext("title") or ""

    @property
    def description(self) -> str:
        return self.root.findtext("desc") or ""

    @property
    def texts(self) -> list[str]:
        return [
            (each.text or "").replace("\N{NO-BREAK SPACE}", " ") for each in self.root.iter("text")
        ]

    def classed(self, css: str) -> list[ET.Element]:
        return [each for each in self.root.iter() if each.get("class") == css]

    def paths(self, css: str) -> list[str]:
        return [each.get("d", "") for each in self.classed(css)]

    def numbers(self, css: str, attribute: str) -> list[float]:
        return [float(each.get(attribute, "nan")) for each in self.classed(css)]


def said(words: str) -> str:
    """Read no-break spaces as spaces."""
    return words.replace("\N{NO-BREAK SPACE}", " ")
