"""The journey line: seven stations from a challenge to something many use.

Each feature tells one true fact about its own station; a station nobody speaks for is ahead.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hakapa.accounts.models import AnyUser


class Station(StrEnum):
    """A stop on the way from a challenge to something many use."""

    CHALLENGE = "challenge"
    LAB = "lab"
    PROPOSAL = "proposal"
    COMMITMENT = "commitment"
    PILOT = "pilot"
    SOLUTION = "solution"
    ADOPTION = "adoption"


NAMES: dict[Station, Promise] = {
    Station.CHALLENGE: _("Challenge"),
    Station.LAB: _("Lab"),
    Station.PROPOSAL: _("Proposals"),
    Station.COMMITMENT: _("Promises"),
    Station.PILOT: _("Pilot"),
    Station.SOLUTION: _("Solution"),
    Station.ADOPTION: _("Spread"),
}


@dataclass(frozen=True)
class Fact:
    """One true sentence about how far things have come, and where to read more.

    A fact that is not `reached` tells what is planned or that nothing has happened yet.
    """

    text: str
    url: str = ""
    reached: bool = True


@dataclass(frozen=True)
class Stop:
    """A station as the line draws it."""

    name: str
    fact: str
    url: str
    state: str  # done, now or ahead


FactOf = Callable[[Collection[int], AnyUser], Fact | None]
_facts: dict[Station, FactOf] = {}


def tells(station: Station) -> Callable[[FactOf], FactOf]:
    """Register what tells the fact of a station, from challenges' ids and who asks."""

    def register(fact_of: FactOf) -> FactOf:
        _facts[station] = fact_of
        return fact_of

    return register


def line(challenge_ids: Collection[int], user: AnyUser) -> list[Stop]:
    """Return the seven stops for the challenges, as the user may see them."""
    facts = {
        station: _facts[station](challenge_ids, user) for station in Station if station in _facts
    }
    reached = [station for station, fact in facts.items() if fact and fact.reached]
    furthest = reached[-1] if reached else Station.CHALLENGE
    order = list(Station)
    stops = []
    for place, station in enumerate(order):
        fact = facts.get(station)
        state = (
            "now" if station == furthest else "done" if place < order.index(furthest) else "ahead"
        )
        stops.append(
            Stop(
                name=str(NAMES[station]),
                fact=fact.text if fact else "",
                url=fact.url if fact else "",
                state=state,
            )
        )
    return stops
