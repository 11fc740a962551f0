"""What is done with promises once a day; doing it twice does it once."""

from datetime import datetime, time

from django.utils import timezone

from hakapa.commitments import actions, queries
from hakapa.commitments.models import Commitment
from hakapa.kernel import schedule
from hakapa.kernel.lifecycle import MoveNotAllowedError


@schedule.daily(time(6, 0))
def remind(now: datetime) -> int:
    """Speak of every promise that has one of its days; return how many reminders are new."""
    promises = queries.spoken_of(timezone.localdate(now))
    return sum(len(actions.remind(promise, at=now)) for promise in promises)


@schedule.daily(time(6, 0))
def return_parked(now: datetime) -> int:
    """Put before their receivers again what was parked until today; return how many came back."""
    return sum(_returns(one, now) for one in queries.parked_until(timezone.localdate(now)))


def _returns(commitment: Commitment, now: datetime) -> bool:
    """Return it, unless the receiver answered otherwise while the list was read."""
    try:
        actions.return_from_parking(commitment, at=now)
    except MoveNotAllowedError:
        return False
    return True
