from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone, translation

from hakapa.accounts.models import User
from hakapa.notices.kinds import Chosen, Kind, Pace
from hakapa.notices.models import Notice, Preference, Reader


@transaction.atomic
def reader_of(account: User) -> Reader:
    """Return the reader that the account is; an address that followed without one becomes it."""
    reader = Reader.objects.filter(account=account).first()
    if reader:
        return reader
    known = Reader.objects.filter(email=account.email, confirmed_at__isnull=False).first()
    if known:
        known.account, known.email = account, ""
        known.save(update_fields=["account", "email"])
        return known
    now = timezone.now()
    language = translation.get_language()
    return Reader.objects.get_or_create(
        account=account, defaults={"confirmed_at": now, "language": language}
    )[0]


@transaction.atomic
def choose(reader: Reader, chosen: Mapping[Kind, Chosen], *, weekday: int, language: str) -> None:
    """Keep what the reader chose; what waits to be mailed follows it too."""
    reader.weekday, reader.language = weekday, language
    reader.save(update_fields=["weekday", "language"])
    for kind, wish in chosen.items():
        Preference.objects.update_or_create(
            reader=reader, kind=kind, defaults={"mail": wish.mail, "bell": wish.bell}
        )
        waiting = Notice.objects.filter(reader=reader, kind=kind, mail__isnull=True)
        waiting.update(pace=wish.mail)


@transaction.atomic
def stop_everything(reader: Reader) -> None:
    """Send the reader no more mail: turn it off, or forget an address without an account."""
    if reader.account_id is None:
        reader.delete()
        return
    bells = dict(reader.preferences.values_list("kind", "bell"))
    choose(
        reader,
        {kind: Chosen(Pace.OFF, bells.get(kind, True)) for kind in Kind},
        weekday=reader.weekday,
        language=reader.language,
    )


def receive_again(reader: Reader) -> None:
    """Send mail again to an address that takes it again, as its reader says."""
    reader.refusals, reader.failing_since = 0, None
    reader.save(update_fields=["refusals", "failing_since"])
