from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment
from hakapa.commitments.queries.finding import Commitments, promised_for, visible_to, waiting_for

SOON = timedelta(days=14)
LATELY = 10


@dataclass(frozen=True)
class Desk:
    """What lies on a receiver's desk, in the order in which it is seen to."""

    late: list[Commitment]
    asked: list[Commitment]
    soon: list[Commitment]
    later: list[Commitment]
    parked: list[Commitment]
    settled: list[Commitment]

    @property
    def open(self) -> list[Commitment]:
        """All that waits for something."""
        return [*self.late, *self.asked, *self.soon, *self.later, *self.parked]

    @property
    def unclear(self) -> int:
        """How many promises stand on an unclear mandate."""
        return sum(promise.is_unclear for promise in self.open)


def desk(user: User, *, mine: bool = False, today: date | None = None) -> Desk:
    """Return what lies before the user's organisations; `mine` is what the user was handed."""
    today = today or timezone.localdate()
    promised, asked = promised_for(user), waiting_for(user)
    settled = visible_to(user).filter(
        receiver__in=user.roles, state__in=[State.KEPT, State.NOT_KEPT, State.DECLINED]
    )
    if mine:
        promised, asked, settled = (
            found.filter(assignee=user) for found in (promised, asked, settled)
        )
    waits = list(promised)
    return Desk(
        late=[c for c in waits if c.days_late(today)],
        asked=list(asked.order_by("created", "pk")),
        soon=_dated(waits, today, today + SOON),
        later=_dated(waits, today + SOON + timedelta(1), date.max),
        parked=[c for c in waits if c.state == State.PARKED and not c.days_late(today)],
        settled=_lately(settled),
    )


def _dated(promises: Iterable[Commitment], first: date, last: date) -> list[Commitment]:
    """Return the promises, but not what is parked, with a date between the two."""
    return [c for c in promises if c.state != State.PARKED and c.due and first <= c.due <= last]


def _lately(settled: Commitments) -> list[Commitment]:
    return list(settled.order_by("-answered_on", "-pk")[:LATELY])
