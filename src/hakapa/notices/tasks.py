"""What is done beside the site: hearing the journal, writing mails, sending, telling webhooks."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django_tasks import task

from hakapa.kernel import schedule
from hakapa.notices import actions, queries
from hakapa.notices.actions.delivering import deliver_webhooks
from hakapa.notices.actions.sending import send_due

MOST_ROUNDS = 20  # of hearing, before others get their turn


@schedule.every(timedelta(seconds=15))
def tell(now: datetime) -> None:
    """Turn what has happened into notices and mails, and have what is due sent."""
    for _round in range(MOST_ROUNDS):
        if not actions.hear():
            break
    actions.build_at_once(now)
    if queries.is_mail_due(timezone.now()):
        send.enqueue()
    if queries.is_webhook_due(timezone.now()):
        deliver.enqueue()


@schedule.daily(time(7))
def summarise(now: datetime) -> None:
    """Write the summaries of the day, and those of the week whose day it is."""
    actions.build_digests(now)


@schedule.daily(time(4))
def forget(now: datetime) -> None:
    """Forget what is no longer needed."""
    actions.forget_old(now)
    actions.forget_unconfirmed(now)


@task(backend="queue")
def send() -> None:
    """Send mails, and go on with the rest in another task so that others get their turn."""
    if send_due() and queries.is_mail_due(timezone.now()):
        send.enqueue()


@task(backend="queue")
def deliver() -> None:
    """Tell the webhooks."""
    deliver_webhooks()
