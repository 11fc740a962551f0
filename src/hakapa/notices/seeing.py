"""Who may see what, asked for many readers at once.

The features' own `visible_to` is asked, once for everybody and once for somebody who works for
one organisation; there the database puts each reader's organisations in.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from hakapa.accounts.models import Role, User
from hakapa.notices.topics import TOPICS, Topic

# Stand for an organisation and a thing until the database puts real ones in; no row is so called.
SOME_ORGANISATION = -20261125
SOME_THING = -20261126

_SHOWN = """
SELECT notice.id FROM notices_notice AS notice
JOIN process_event AS event ON event.id = notice.event_id
JOIN notices_reader AS reader ON reader.id = notice.reader_id
JOIN accounts_membership AS work ON work.user_id = reader.account_id
WHERE notice.id = ANY(%s) AND event.subject_type = %s AND EXISTS ({seen})
"""


def public(things: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return those of the things, each by label and id, that everybody may see."""
    ids: dict[str, set[int]] = {}
    for label, pk in things:
        ids.setdefault(label, set()).add(pk)
    return {
        (label, pk)
        for label, some in ids.items()
        for pk in TOPICS[label]
        .visible_to(AnonymousUser())
        .order_by()
        .filter(pk__in=some)
        .values_list("pk", flat=True)
    }


def shown_to_their_readers(notices: Collection[int], label: str) -> set[int]:
    """Return which of the notices, about things of one kind, their readers may see at work.

    A reader sees what somebody who works only for one of the reader's organisations would see.
    """
    seen, values = _seen_at_work(TOPICS[label])
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN.format(seen=seen), [list(notices), label, *values])
        return {pk for (pk,) in cursor.fetchall()}


def _seen_at_work(topic: Topic) -> tuple[str, list[Any]]:
    """Return the SQL that finds the event's thing when somebody of `work`'s may see it."""
    somebody = User(pk=0)
    somebody.roles = {SOME_ORGANISATION: Role.MEMBER}
    things = topic.visible_to(somebody).order_by().filter(pk=SOME_THING).values("pk")
    sql, parameters = things.query.sql_with_params()
    columns = {SOME_ORGANISATION: "work.organisation_id", SOME_THING: "event.subject_id"}
    *pieces, rest = sql.split("%s")
    whole = ""
    values: list[Any] = []
    for piece, value in zip(pieces, parameters, strict=True):
        column = columns.get(value) if isinstance(value, int) else None
        whole += piece + (column or "%s")
        values += [] if column else [value]
    return whole + rest, values
