"""What is asked when a lab ends: who has answered, as later steps of the journey tell it."""

from collections.abc import Callable, Collection

from hakapa.labs.models import Lab

Teller = Callable[[Lab], Collection[int]]
_tellers: list[Teller] = []


def tells_who_answered(teller: Teller) -> Teller:
    """Register a later step that knows which organisations have answered all they were asked."""
    _tellers.append(teller)
    return teller


def answered(lab: Lab) -> set[int]:
    """Return the ids of the organisations that have answered what the lab proposed."""
    return {pk for teller in _tellers for pk in teller(lab)}
