"""How everything that is kept about a person is handed out at once.

A feature registers what it knows about somebody; their own copy asks every feature.
"""

from collections.abc import Callable
from typing import Any

Teller = Callable[[Any], object]
_tellers: dict[str, Teller] = {}


def tells_about(name: str) -> Callable[[Teller], Teller]:
    """Register what a feature keeps about a user, ready for JSON, under the name."""

    def register(teller: Teller) -> Teller:
        _tellers[name] = teller
        return teller

    return register


def told_about(user: object) -> dict[str, object]:
    """Return what the features keep about the user."""
    return {name: teller(user) for name, teller in _tellers.items()}
