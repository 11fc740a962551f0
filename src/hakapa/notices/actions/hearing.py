"""From the journal to those concerned: every event becomes notices, many at a time."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from hakapa.notices.kinds import USUAL, kind_of
from hakapa.notices.models import Unheard
from hakapa.notices.topics import Circle, circles
from hakapa.process.models import Event

AT_ONCE = 500  # events
NEWS_FOR = timedelta(days=3)  # what is entered afterwards, with an earlier day, is no news

_CIRCLES = """
WITH circle AS (
  SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[])
  AS row (event_id, actor_id, kind, who, label, thing_id)
), person AS (
  SELECT circle.*, work.user_id AS account_id FROM circle
  JOIN accounts_membership AS work ON work.organisation_id = circle.thing_id
  WHERE circle.who = 'people' OR (circle.who = 'stewards' AND work.role = 'administrator')
  UNION ALL
  SELECT circle.*, seat.account_id FROM circle
  JOIN labs_participant AS seat ON seat.lab_id = circle.thing_id
  WHERE circle.who = 'room' AND seat.account_id IS NOT NULL
)
"""
_READERS = """
INSERT INTO notices_reader (account_id, confirmed_at)
SELECT DISTINCT account_id, now() FROM person
WHERE account_id IS DISTINCT FROM actor_id
ON CONFLICT (account_id) DO NOTHING
"""
# One notice of an event is enough; who follows keeps it for that reason before any other.
_NOTICES = """
, usual AS (SELECT * FROM unnest(%s::text[], %s::text[]) AS row (kind, pace)
), told AS (
  SELECT reader.id AS reader_id, person.*
  FROM person JOIN notices_reader AS reader USING (account_id)
  UNION ALL
  SELECT reader.id, circle.*, reader.account_id
  FROM circle JOIN notices_follow AS follow USING (label, thing_id)
  JOIN notices_reader AS reader ON reader.id = follow.reader_id
  WHERE circle.who = 'follower' AND follow.confirmed_at IS NOT NULL
)
INSERT INTO notices_notice (reader_id, event_id, kind, who, label, thing_id, pace, in_bell)
SELECT DISTINCT ON (told.reader_id, told.event_id)
  told.reader_id, told.event_id, told.kind, told.who, told.label, told.thing_id,
  coalesce(chosen.mail, usual.pace), told.account_id IS NOT NULL AND coalesce(chosen.bell, true)
FROM told JOIN usual USING (kind)
LEFT JOIN notices_preference AS chosen
  ON chosen.reader_id = told.reader_id AND chosen.kind = told.kind
WHERE told.account_id IS DISTINCT FROM told.actor_id OR told.account_id IS NULL
ORDER BY told.reader_id, told.event_id, told.who
ON CONFLICT (reader_id, event_id) DO NOTHING
"""
# A webhook is told what somebody who follows its organisation is told.
_DELIVERIES = """
INSERT INTO notices_delivery (webhook_id, event_id)
SELECT DISTINCT hook.id, circle.event_id FROM circle
JOIN notices_webhook AS hook ON hook.organisation_id = circle.thing_id
WHERE circle.who = 'follower' AND circle.label = 'accounts.organisation'
  AND hook.disabled_at IS NULL
ON CONFLICT (webhook_id, event_id) DO NOTHING
"""


def note(event: Event) -> None:
    """Remember that the event is to be told, when it is news to anybody."""
    is_news = event.at > timezone.now() - NEWS_FOR
    if is_news and kind_of(event.subject_type, event.move):
        Unheard.objects.create(event=event)


@transaction.atomic
def hear() -> int:
    """Tell those concerned of the next events; return of how many.

    Always the same few statements, however many events, followers and members there are.
    """
    unheard = Unheard.objects.select_for_update(skip_locked=True, of=("self",))
    batch = list(unheard.select_related("event").order_by("pk")[:AT_ONCE])
    concerned = circles(one.event for one in batch)
    if concerned:
        columns = _columns(concerned)
        with connection.cursor() as cursor:
            cursor.execute(_CIRCLES + _READERS, columns)
            cursor.execute(_CIRCLES + _NOTICES, [*columns, list(USUAL), list(USUAL.values())])
            cursor.execute(_CIRCLES + _DELIVERIES, columns)
    Unheard.objects.filter(pk__in=[one.pk for one in batch]).delete()
    return len(batch)


def _columns(concerned: Sequence[Circle]) -> list[list[object]]:
    names = ("event_id", "actor_id", "kind", "who", "label", "thing_id")
    return [[getattr(circle, name) for circle in concerned] for name in names]
