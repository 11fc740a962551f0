"""How what was changed reaches the screens: announced in the transaction that changes it.

PostgreSQL tells the listening processes when the transaction is committed, and not at all when
it is not.
"""

from django.db import connection, transaction

from hakapa.live.models import Announcement

TOPIC = "hakapa_live"
JOIN = "join"  # somebody sat down: figures change, and nothing that phones keep
_NEXT = (
    "INSERT INTO live_channel (name, last) VALUES (%s, 1) "
    "ON CONFLICT (name) DO UPDATE SET last = live_channel.last + 1 RETURNING last"
)


@transaction.atomic
def announce(channel: str, kind: str, *, item: int | None = None) -> int:
    """Give the change the channel's next number; the screens are told when it is committed.

    Those who announce in one channel wait for each other, so numbers are committed in order;
    announce last in a transaction. Without an item, and unless somebody joined, everything
    that phones keep may have changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [channel])
        (number,) = cursor.fetchone()
        Announcement.objects.create(channel=channel, number=number, kind=kind, item=item)
    stir(channel)
    return int(number)


def stir(channel: str) -> None:
    """Have the screens drawn anew for a change that gets no number, such as an answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [TOPIC, channel])
