"""A mail that its reader's mail server refuses, while it is handed over or in a mail afterwards."""

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hakapa.notices.emails import message_id
from hakapa.notices.models import Mail, Outcome, Reader

MOST_REFUSALS = 3  # in a row; then the address takes no mail

log = logging.getLogger(__name__)


@transaction.atomic
def refuse(mail: Mail) -> None:
    """Settle the mail as refused, and count it."""
    Mail.objects.filter(pk=mail.pk).update(
        settled_at=timezone.now(),
        outcome=Outcome.REFUSED,
        tries=F("tries") + 1,
        claimed_by="",
    )
    _count(mail)


@transaction.atomic
def returned(name: str) -> bool | None:
    """Count, once, that the mail of that Message-ID came back for good, as if it was refused.

    Returns whether it is counted now and not before; None when no such mail was sent.
    """
    mail = _of_name(name)
    if mail is None or mail.outcome not in (Outcome.SENT, Outcome.REFUSED):
        return None
    is_new = Mail.objects.filter(pk=mail.pk, outcome=Outcome.SENT).update(outcome=Outcome.REFUSED)
    if is_new:
        _count(mail)
    return bool(is_new)


def _of_name(name: str) -> Mail | None:
    """Return the mail of that Message-ID; None when it is not ours."""
    try:
        key = UUID(name.strip("<>").partition("@")[0])
    except ValueError:
        return None
    mail = Mail.objects.filter(key=key).first()
    return mail if mail and message_id(mail) == name else None


def _count(mail: Mail) -> None:
    """Count the refusal; one that follows on a mail that was not refused is the first in a row."""
    mails = Mail.objects.filter(
        reader=mail.reader_id, outcome__in=(Outcome.SENT, Outcome.REFUSED)
    ).exclude(pk=mail.pk)
    if mail.settled_at:
        mails = mails.filter(settled_at__lt=mail.settled_at)
    before = mails.order_by("-settled_at", "-pk").first()
    is_in_a_row = before is not None and before.outcome == Outcome.REFUSED
    readers = Reader.objects.filter(pk=mail.reader_id)
    readers.update(refusals=F("refusals") + 1 if is_in_a_row else 1)
    if readers.filter(refusals__gte=MOST_REFUSALS, failing_since=None).update(
        failing_since=timezone.now()
    ):
        log.warning("reader %s takes no mail; none is sent any more", mail.reader_id)
