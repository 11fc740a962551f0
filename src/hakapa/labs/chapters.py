"""What a document consists of, whatever program writes it; and who adds a chapter to it.

Later steps register a chapter as they register panels, so that the lab's report holds what became
of its proposals without labs knowing any of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from hakapa.labs.models import Lab


@dataclass(frozen=True)
class Said:
    """Words that somebody wrote, in the language in which they wrote them."""

    text: str
    language: str


Cell: TypeAlias = str | int | Said


@dataclass(frozen=True)
class Subheading:
    """A heading inside a chapter."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Plain words."""

    text: Cell


@dataclass(frozen=True)
class Points:
    """A list."""

    points: Sequence[Cell]


@dataclass(frozen=True)
class Rows:
    """A table; the first column is each row's heading.

    One with a name of a file is part of the open data too.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    file: str = ""


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG), and the same in words."""

    drawing: str
    words: str


Part: TypeAlias = Subheading | Paragraph | Points | Rows | Picture


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands under it."""

    heading: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Document:
    """A whole document in one language."""

    title: str
    subtitle: str
    language: str
    facts: Sequence[str]
    chapters: Sequence[Chapter] = field(default_factory=list)
    contents: str = ""  # what the list of chapters is called


Maker: TypeAlias = Callable[[Lab], Chapter | None]
_makers: list[tuple[int, Maker]] = []


def chapter(*, order: int) -> Callable[[Maker], Maker]:
    """Register a maker of a chapter in every lab's report; lower orders come first.

    It tells what everybody may see, in the language that is spoken when it is called.
    """

    def register(maker: Maker) -> Maker:
        _makers.append((order, maker))
        _makers.sort(key=lambda entry: entry[0])
        return maker

    return register


def chapters_of(lab: Lab) -> list[Chapter]:
    """Return the chapters of the lab's report that have something to tell."""
    return [made for _, maker in _makers if (made := maker(lab))]
