from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.notices.actions.choosing import reader_of
from hakapa.notices.models import Asking, Follow, Mail, Reader

# A hall of people behind one address may all want to follow; nobody is sent more than a few
# questions that they did not ask for.
MOST_FROM_AN_ORIGIN = 60
MOST_TO_AN_ADDRESS = 3
COUNTED_FOR = timedelta(days=1)
UNCONFIRMED_FOR = timedelta(days=7)


class TooManyError(Exception):
    """So much has been asked from one place that no more is listened to for a while."""


@dataclass(frozen=True)
class Thing:
    """What is followed, by its model's label and its id."""

    label: str
    pk: int


def follow(thing: Thing, *, by: User) -> Follow:
    """Let somebody with an account follow the thing; following twice is following once."""
    found, _created = Follow.objects.update_or_create(
        reader=reader_of(by),
        label=thing.label,
        thing_id=thing.pk,
        defaults={"confirmed_at": timezone.now()},
    )
    return found


def unfollow(followed: Follow) -> None:
    """End the following; an address without an account that follows nothing more is forgotten."""
    reader = followed.reader
    followed.delete()
    if reader.account_id is None and not reader.follows.exists():
        reader.delete()


@transaction.atomic
def ask_to_follow(thing: Thing, *, email: str, language: str, origin: str) -> None:
    """Ask by mail whether the address shall follow the thing.

    Whoever asks learns nothing about the address: not whether it follows already, nor whether it
    has an account.

    Raises:
        TooManyError: too much has been asked from the origin.

    """
    now = timezone.now()
    if Asking.objects.filter(origin=origin, created__gt=now - COUNTED_FOR).count() >= (
        MOST_FROM_AN_ORIGIN
    ):
        raise TooManyError
    Asking.objects.create(origin=origin)
    reader, _new = Reader.objects.get_or_create(
        email=email.lower(), defaults={"language": language}
    )
    followed, _new = Follow.objects.get_or_create(
        reader=reader, label=thing.label, thing_id=thing.pk
    )
    asked = Mail.objects.filter(
        reader=reader, form=Mail.Form.CONFIRM, created__gt=now - COUNTED_FOR
    )
    if asked.count() < MOST_TO_AN_ADDRESS:
        Mail.objects.create(reader=reader, form=Mail.Form.CONFIRM, follow=followed, send_at=now)


@transaction.atomic
def confirm(followed: Follow) -> Follow:
    """Let the address follow, as whoever reads its mail has said.

    When the address is an account's, the account follows instead.
    """
    account = User.objects.filter(email=followed.reader.email, is_active=True).first()
    if account:
        unfollow(followed)
        return follow(Thing(followed.label, followed.thing_id), by=account)
    now = timezone.now()
    Reader.objects.filter(pk=followed.reader_id, confirmed_at__isnull=True).update(confirmed_at=now)
    followed.confirmed_at = followed.confirmed_at or now
    followed.save(update_fields=["confirmed_at"])
    return followed


def forget_unconfirmed(now: datetime) -> None:
    """Forget addresses and follows that nobody confirmed, and where askings came from."""
    old = now - UNCONFIRMED_FOR
    Follow.objects.filter(confirmed_at__isnull=True, created__lt=old).delete()
    Reader.objects.filter(confirmed_at__isnull=True, created__lt=old).delete()
    Asking.objects.filter(created__lt=now - COUNTED_FOR).delete()
