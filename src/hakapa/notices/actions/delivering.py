"""The webhooks are told: signed as Standard Webhooks has it, again and again when they fail."""

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Signer

from hakapa import __version__
from hakapa.notices import outside
from hakapa.notices.actions.outward import disable
from hakapa.notices.models import Delivery, Webhook
from hakapa.notices.queries import payload

WAITS = [
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
]
MOST_FAILURES = 20  # tries in a row, of whatever
GONE = 410


def deliver_webhooks(now: datetime | None = None, *, most: int = 50) -> int:
    """Tell the webhooks what is due, so much at most; return how many tries were made."""
    failing: set[int] = set()
    for tried in range(most):
        if not _deliver_next(now or timezone.now(), failing):
            return tried
    return most


@transaction.atomic
def _deliver_next(now: datetime, failing: set[int]) -> bool:
    """Try the next delivery; one webhook that fails is left in peace for the rest of the round."""
    waiting = Delivery.objects.filter(settled_at=None, send_at__lte=now, webhook__disabled_at=None)
    delivery = (
        waiting.exclude(webhook__in=failing)
        .select_related("webhook__organisation", "event__organisation")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("send_at", "pk")
        .first()
    )
    if delivery is None:
        return False
    told = payload(delivery)
    if told is None:
        _settle(delivery, answer="withheld", is_delivered=False)
        return True
    status, answer = _tried(delivery, told, now)
    if 200 <= status < 300:  # noqa: PLR2004  (every kind of success)
        _settle(delivery, answer=answer, is_delivered=True)
        Webhook.objects.filter(pk=delivery.webhook_id).update(failures=0)
    else:
        failing.add(delivery.webhook_id)
        _failed(delivery, status, answer, now)
    return True


def _tried(delivery: Delivery, told: dict[str, object], now: datetime) -> tuple[int, str]:
    """Return the status of the answer, 0 when there was none, and what the log says of it."""
    body = json.dumps(told, ensure_ascii=False)
    name = str(delivery)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"Hakapa/{__version__}",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Signer(delivery.webhook.secret).sign(name, now, body),
    }
    try:
        status = outside.post(delivery.webhook.url, body.encode(), headers)
    except (outside.NotOutsideError, outside.NoAnswerError) as error:
        return 0, str(error)
    return status, f"HTTP {status}"


def _settle(delivery: Delivery, *, answer: str, is_delivered: bool) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        settled_at=timezone.now(),
        answer=answer,
        is_delivered=is_delivered,
        tries=F("tries") + 1,
    )


def _failed(delivery: Delivery, status: int, answer: str, now: datetime) -> None:
    """Try again later; turn the webhook off when it is gone or has failed too often."""
    webhook = delivery.webhook
    webhook.failures += 1
    webhook.save(update_fields=["failures"])
    is_over = delivery.tries >= len(WAITS)
    if is_over or status == GONE or webhook.failures >= MOST_FAILURES:
        _settle(delivery, answer=answer, is_delivered=False)
        disable(webhook)
        webhook.deliveries.filter(settled_at=None).update(settled_at=now, answer="turned off")
        return
    Delivery.objects.filter(pk=delivery.pk).update(
        tries=F("tries") + 1, answer=answer, send_at=now + WAITS[delivery.tries]
    )
