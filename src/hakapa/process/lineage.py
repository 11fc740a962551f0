"""The line of descent: what a proposal comes from, and every later thing that grew from it.

The page that draws it knows the way back; each later feature tells what grew from there.
"""

from collections.abc import Callable
from typing import Any

from hakapa.accounts.models import AnyUser
from hakapa.charts.lineage import Step

StepsOf = Callable[[Any, AnyUser], list[Step]]
_later: list[tuple[int, StepsOf]] = []


def grows(*, order: int) -> Callable[[StepsOf], StepsOf]:
    """Register what tells the steps that grew from a proposal; lower orders come first."""

    def register(steps_of: StepsOf) -> StepsOf:
        _later.append((order, steps_of))
        _later.sort(key=lambda entry: entry[0])
        return steps_of

    return register


def grown_from(proposal: Any, user: AnyUser) -> list[Step]:
    """Return the later steps that grew from the proposal, as far as the user may see them."""
    return [step for _, steps_of in _later for step in steps_of(proposal, user)]
