"""What is done with promises once a day; doing it twice does it once."""

from datetime import date, datetime, time

from django.utils import timezone

from hakapa.commitments import actions, queries
from hakapa.commitments.models import Commitment
from hakapa.kernel.lifecycle import MoveNotAllowedError


def remind(today: date | None = None) -> int:
    """Speak of every promise that has one of its days; return how many reminders are new."""
    at = _morning(today)
    promises = queries.spoken_of(timezone.localdate(at))
    return sum(len(actions.remind(promise, at=at)) for promise in promises)


def return_parked(today: date | None = None) -> int:
    """Put before their receivers again what was parked until today; return how many came back."""
    at = _morning(today)
    return sum(_returns(promise, at) for promise in queries.parked_until(timezone.localdate(at)))


def _returns(commitment: Commitment, at: datetime) -> bool:
    """Return it, unless the receiver answered otherwise while the list was read."""
    try:
        actions.return_from_parking(commitment, at=at)
    except MoveNotAllowedError:
        return False
    return True


def _morning(today: date | None) -> datetime:
    """Return the present, or the morning of the day when one is named."""
    if today is None:
        return timezone.now()
    return timezone.make_aware(datetime.combine(today, time(6)))
