"""From notices to mails: what each reader is told at once, or once a day or a week."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from hakapa.notices.kinds import Pace
from hakapa.notices.models import Mail, Notice

STALE = timedelta(days=14)  # what could not be mailed for so long is left to the bell
FORGOTTEN = timedelta(days=90)
WEEK = timedelta(days=7)

# The database cannot know how much is due, and guesses too little: it would compare every notice
# with every mail.
_PLAN = "SET LOCAL enable_nestloop = off"
# One mail for each reader with something to be told, and the notices put into it.
_GATHER = """
WITH due AS (
  SELECT notice.id, notice.reader_id FROM notices_notice AS notice
  JOIN notices_reader AS reader ON reader.id = notice.reader_id
  WHERE notice.mail_id IS NULL AND notice.pace = ANY(%(paces)s)
    AND notice.created > %(stale)s
    AND reader.confirmed_at IS NOT NULL AND reader.failing_since IS NULL
    AND (notice.pace <> 'weekly' OR reader.weekday = %(weekday)s OR notice.created <= %(week)s)
  FOR UPDATE OF notice SKIP LOCKED
), made AS (
  INSERT INTO notices_mail (reader_id, send_at)
  SELECT DISTINCT reader_id, %(now)s::timestamptz FROM due
  RETURNING id, reader_id
)
UPDATE notices_notice AS notice SET mail_id = made.id
FROM due JOIN made USING (reader_id) WHERE notice.id = due.id
"""


def build_at_once(now: datetime) -> int:
    """Put into mails what readers want to hear at once; return how many notices."""
    return _gather([Pace.AT_ONCE], now)


def build_digests(now: datetime) -> int:
    """Put into mails what readers hear once a day, or on their day of the week."""
    return _gather([Pace.DAILY, Pace.WEEKLY], now)


def forget_old(now: datetime) -> None:
    """Forget settled mails and old notices; the journal and the pages keep what happened."""
    Notice.objects.filter(created__lt=now - FORGOTTEN).delete()
    Mail.objects.filter(settled_at__lt=now - FORGOTTEN).delete()


def _gather(paces: Collection[Pace], now: datetime) -> int:
    values: dict[str, Any] = {
        "paces": list(paces),
        "now": now,
        "stale": now - STALE,
        "week": now - WEEK,
        "weekday": timezone.localtime(now).isoweekday(),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PLAN)
        cursor.execute(_GATHER, values)
        put_in: int = cursor.rowcount
        cursor.execute("SET LOCAL enable_nestloop = on")
    return put_in
