"""The mails go out: claimed in batches, settled one by one.

A worker that dies leaves its claims to the next; the one mail that it had handed over and not yet
settled is sent again, with the same Message-ID.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from hakapa.kernel import working
from hakapa.notices.actions.refusing import refuse
from hakapa.notices.emails import Letter, message, worded
from hakapa.notices.models import Mail, Outcome
from hakapa.notices.queries import letters

BATCH = 500
MOST_TRIES = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=12)
PERMANENT = 500  # SMTP replies from here on are final
_NO_POST = (421, 454, 530, 534, 535, 538)  # the server is not for us now, whatever the mail


def send_due(now: datetime | None = None, *, most: int = 1000) -> int:
    """Send what is due, so much at most; return how many mails were settled.

    Raises:
        SMTPException, OSError: the mail server is not there; what is not sent waits.

    """
    settled = 0
    with working.on_duty() as name, get_connection() as post:
        try:
            while settled < most and (batch := _claimed(name, now or timezone.now())):
                settled += len(batch)
                _send(batch, post)
        finally:
            Mail.objects.filter(claimed_by=name, settled_at=None).update(claimed_by="")
    return settled


@transaction.atomic
def _claimed(name: str, now: datetime) -> list[Mail]:
    """Take the next mails that nobody alive is sending."""
    waiting = Mail.objects.filter(settled_at=None, send_at__lte=now, reader__failing_since=None)
    claims = waiting.exclude(claimed_by="").values_list("claimed_by", flat=True).distinct()
    dead = [claim for claim in claims.order_by() if claim != name and working.is_dead(claim)]
    free = waiting.filter(Q(claimed_by="") | Q(claimed_by__in=dead))
    batch = list(
        free.select_for_update(skip_locked=True, of=("self",))
        .select_related("reader__account", "follow")
        .order_by("send_at", "pk")[:BATCH]
    )
    Mail.objects.filter(pk__in=[mail.pk for mail in batch]).update(claimed_by=name)
    return batch


def _send(batch: Iterable[Mail], post: Any) -> None:
    mails = list(batch)
    written = letters(mails)
    for mail in mails:
        letter = written.get(mail.pk)
        if letter is None:
            _settle(mail, Outcome.NOTHING_LEFT)
        else:
            _hand_over(mail, letter, post)


def _hand_over(mail: Mail, letter: Letter, post: Any) -> None:
    try:
        post.send_messages([message(mail, worded(letter), letter)])
    except SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        _fail(mail, is_final=all(code >= PERMANENT for code in codes))
    except SMTPResponseException as error:
        _fail(mail, is_final=False)
        if error.smtp_code in _NO_POST:
            raise
    except (SMTPException, OSError):
        _fail(mail, is_final=False)
        raise
    else:
        _settle(mail, Outcome.SENT)


def _settle(mail: Mail, outcome: Outcome) -> None:
    Mail.objects.filter(pk=mail.pk).update(
        settled_at=timezone.now(), outcome=outcome, tries=F("tries") + 1, claimed_by=""
    )


def _fail(mail: Mail, *, is_final: bool) -> None:
    """Try again later, or give up and remember that the address took no mail."""
    if not is_final and mail.tries + 1 < MOST_TRIES:
        wait = min(FIRST_WAIT * 2**mail.tries, LONGEST_WAIT)
        Mail.objects.filter(pk=mail.pk).update(
            tries=F("tries") + 1, send_at=timezone.now() + wait, claimed_by=""
        )
        return
    refuse(mail)
