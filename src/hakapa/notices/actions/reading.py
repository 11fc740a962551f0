from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hakapa.accounts.models import User
from hakapa.notices import queries
from hakapa.notices.models import Notice


def mark_read(*, by: User, until: str) -> None:
    """Take as read what had happened when the list was shown; what came since stays new."""
    try:
        moment = parse_datetime(until)
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        return
    shown = queries.notices_of(by).filter(read_at=None, event__at__lte=moment)
    Notice.objects.filter(pk__in=list(shown.values_list("pk", flat=True))).update(
        read_at=timezone.now()
    )
