"""How an earlier step shows a later one without knowing it.

A later feature registers a panel for a kind of page; the page asks for its panels.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """A part of a page: the template that draws it and what the template needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[HttpRequest, Any], Panel | None]
_makers: dict[str, list[tuple[int, Maker]]] = {}


def panel(page: str, *, order: int) -> Callable[[Maker], Maker]:
    """Register a maker of panels for the named page; lower orders come first."""

    def register(maker: Maker) -> Maker:
        _makers.setdefault(page, []).append((order, maker))
        _makers[page].sort(key=lambda entry: entry[0])
        return maker

    return register


def panels_for(page: str, request: HttpRequest, thing: Any) -> list[Panel]:
    """Return the panels that later steps put on the page of this thing."""
    made = (maker(request, thing) for _, maker in _makers.get(page, []))
    return [panel for panel in made if panel]
