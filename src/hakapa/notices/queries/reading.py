from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from hakapa.accounts.models import AnyUser, User
from hakapa.notices.kinds import USUAL, Chosen, Kind, Pace
from hakapa.notices.models import Delivery, Follow, Mail, Notice, Reader
from hakapa.notices.queries.asked import questions_to
from hakapa.notices.queries.sentences import question, sentence, things_of, title
from hakapa.notices.topics import BY_SLUG, TOPICS, label_of


def notices_of(user: AnyUser) -> QuerySet[Notice]:
    """Return the notices in the user's bell whose things the user may see, newest first."""
    if not isinstance(user, User):
        return Notice.objects.none()
    may_see = Q()
    for label, topic in TOPICS.items():
        things = topic.visible_to(user).order_by().values("pk")
        may_see |= Q(event__subject_type=label, event__subject_id__in=things)
    return Notice.objects.filter(may_see, reader__account=user, in_bell=True).order_by(
        "-event__at", "-event_id"
    )


def unread(user: AnyUser) -> int:
    """Return how many notices the user has not read; one query, beside that for the roles."""
    return notices_of(user).filter(read_at=None).count()


@dataclass(frozen=True)
class Told:
    """A notice as its page shows it."""

    notice: Notice
    title: str
    sentence: str
    url: str


def told_to(notices: Iterable[Notice]) -> list[Told]:
    """Return the notices in words."""
    shown = list(notices)
    things = things_of(notice.event for notice in shown)
    questions = questions_to(shown)
    told = []
    for notice in shown:
        thing = things[notice.event.subject_type, notice.event.subject_id]
        asked = questions.get(notice.pk)
        words = question() if asked else sentence(notice.event, thing)
        url = asked.secret_url if asked else thing.get_absolute_url()
        told.append(Told(notice, title(thing), words, url))
    return told


def thing_of(slug: str, pk: int, user: AnyUser) -> Model | None:
    """Return what is to be followed; None when there is no such thing for the user to see."""
    topic = BY_SLUG.get(slug)
    return topic.visible_to(user).filter(pk=pk).first() if topic else None


def following(user: AnyUser, thing: Model) -> Follow | None:
    """Return that the user follows the thing; None when not."""
    if not isinstance(user, User):
        return None
    return Follow.objects.filter(
        reader__account=user, label=label_of(thing), thing_id=thing.pk
    ).first()


@dataclass(frozen=True)
class Followed:
    """Something that a reader follows, as long as they may see it."""

    follow: Follow
    title: str
    url: str


def followed_by(reader: Reader, user: AnyUser) -> list[Followed]:
    """Return what the reader follows, newest first; what the user may not see has no title."""
    follows = list(reader.follows.filter(confirmed_at__isnull=False))
    found: dict[tuple[str, int], Any] = {}
    for label in {follow.label for follow in follows}:
        ids = [follow.thing_id for follow in follows if follow.label == label]
        things = TOPICS[label].visible_to(user).filter(pk__in=ids)
        found |= {(label, thing.pk): thing for thing in things}
    rows = []
    for follow in follows:
        thing = found.get((follow.label, follow.thing_id))
        url = thing.get_absolute_url() if thing else ""
        rows.append(Followed(follow, title(thing) if thing else "", url))
    return rows


def preferences_of(reader: Reader) -> dict[Kind, Chosen]:
    """Return how the reader wants to be told of each kind."""
    chosen = {kind: Chosen(pace) for kind, pace in USUAL.items()}
    for preference in reader.preferences.all():
        chosen[Kind(preference.kind)] = Chosen(Pace(preference.mail), preference.bell)
    return chosen


def is_mail_due(now: datetime) -> bool:
    """Tell whether some mail waits to be sent."""
    return Mail.objects.filter(
        settled_at=None, send_at__lte=now, reader__failing_since=None
    ).exists()


def is_webhook_due(now: datetime) -> bool:
    """Tell whether some webhook waits to be told."""
    return Delivery.objects.filter(
        settled_at=None, send_at__lte=now, webhook__disabled_at=None
    ).exists()


def all_about(user: User) -> dict[str, object]:
    """Return all that is kept about what the user follows and is told."""
    reader = Reader.objects.filter(account=user).first()
    if reader is None:
        return {}
    return {
        "language": reader.language,
        "weekday": reader.weekday,
        "preferences": {kind: wish.mail for kind, wish in preferences_of(reader).items()},
        "follows": [
            {"title": row.title, "since": row.follow.created.isoformat()}
            for row in followed_by(reader, user)
        ],
        "notices": reader.notices.count(),
        "has_calendar": hasattr(user, "calendar"),
    }
