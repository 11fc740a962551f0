"""What each audience sees of a channel; a feature registers how its screens are drawn.

An audience is everybody who sees the same: all the phones of a room, its projector, those who
lead it. Its picture is drawn once for all of them, in each language that somebody reads.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation


@dataclass(frozen=True)
class Picture:
    """The parts of a page by the id of their element, and what phones keep, each by its number.

    Parts may change with anything, yet never with the time alone: what is drawn twice without a
    change is the same twice, and then nobody needs to be told. What phones keep changes only by
    what is announced.
    """

    fragments: dict[str, str] = field(default_factory=dict)
    items: dict[int, dict[str, Any]] = field(default_factory=dict)


Draw = Callable[[str, str], Picture]
MayFollow = Callable[[str, int | None], bool]


@dataclass(frozen=True)
class _Audience:
    draw: Draw
    may_follow: MayFollow | None


_AUDIENCES: dict[str, _Audience] = {}


def audience(name: str, *, may_follow: MayFollow | None = None) -> Callable[[Draw], Draw]:
    """Register how the screens of an audience are drawn: a channel and a language in.

    With `may_follow` the right is asked at every connection and again while it lasts: a channel
    and a user's id in. Without it, the ticket is enough.
    """

    def register(draw: Draw) -> Draw:
        _AUDIENCES[name] = _Audience(draw, may_follow)
        return draw

    return register


def picture(name: str, channel: str, language: str) -> Picture:
    """Draw what the audience sees now, in the language."""
    with translation.override(language):
        return _AUDIENCES[name].draw(channel, language)


def is_guarded(name: str) -> bool:
    """Tell whether following as this audience needs more than a ticket."""
    return _AUDIENCES[name].may_follow is not None


def may_follow(name: str, channel: str, user_id: int | None) -> bool:
    """Tell whether the user has, right now, the right to follow as this audience."""
    ask = _AUDIENCES[name].may_follow
    return ask is None or ask(channel, user_id)
