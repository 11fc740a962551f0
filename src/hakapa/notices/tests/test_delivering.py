import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Verifier

from hakapa.accounts.tests.factories import administrator_of
from hakapa.kernel import working
from hakapa.notices import actions, outside, tasks
from hakapa.notices.actions import delivering
from hakapa.notices.actions.delivering import deliver_webhooks
from hakapa.notices.models import Delivery, Notice, Webhook
from hakapa.process.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def hook(commitment):
    return Webhook.objects.create(
        organisation=commitment.receiver, url="https://system.example.org/"
    )


@pytest.fixture
def system(monkeypatch):
    """A system that answers as the test says, with 200 when it says nothing."""
    answers, heard = [], []

    def post(url, body, headers):
        heard.append((url, body, headers))
        answer = answers.pop(0) if answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(outside, "post", post)
    post.answers, post.heard = answers, heard
    return post


@pytest.fixture
def delivery(hook, promise, heard):
    promise()
    heard()
    return hook.deliveries.get()


def at(delivery, days=0, **more):
    return delivery.created + timedelta(days=days, seconds=1, **more)


def test_what_happens_is_told_and_signed(delivery, hook, system, commitment):
    assert deliver_webhooks() == 1
    assert deliver_webhooks() == 0

    ((url, body, headers),) = system.heard
    told = Verifier(hook.secret).verify(body, headers)
    assert url == hook.url
    assert headers["webhook-id"] == f"msg_{delivery.key.hex}"
    assert (told["type"], told["data"]["id"]) == ("commitment.take", commitment.pk)
    assert told["data"]["organisation"] == commitment.receiver.name
    assert told["data"]["url"].endswith(f"/ataganden/{commitment.pk}/")
    assert "Ring runt" in told["data"]["told"]
    delivery.refresh_from_db()
    assert (delivery.is_delivered, delivery.tries, delivery.answer) == (True, 1, "HTTP 200")


def test_a_try_that_fails_is_made_again_later_under_the_same_id(delivery, hook, system):
    system.answers += [500, outside.NoAnswerError("ReadTimeout"), outside.NotOutsideError("no")]
    assert deliver_webhooks(at(delivery)) == 1
    assert deliver_webhooks(at(delivery)) == 0
    for wait in (1, 2, 3):
        deliver_webhooks(at(delivery, days=wait))

    assert len({headers["webhook-id"] for _, _, headers in system.heard}) == 1
    delivery.refresh_from_db()
    hook.refresh_from_db()
    assert (delivery.is_delivered, delivery.tries, hook.failures) == (True, 4, 0)


def test_a_webhook_that_fails_for_days_is_turned_off_and_its_administrators_told(
    delivery, hook, system, heard
):
    boss = administrator_of(hook.organisation)
    waiting = Delivery.objects.create(webhook=hook, send_at=at(delivery, days=90))
    system.answers += [503] * 30
    for day in range(20):
        deliver_webhooks(at(delivery, days=2 * day))
    heard()

    hook.refresh_from_db()
    delivery.refresh_from_db()
    waiting.refresh_from_db()
    assert hook.disabled_at
    assert (delivery.is_delivered, delivery.tries) == (False, len(delivering.WAITS) + 1)
    assert waiting.answer == "turned off"
    assert len(system.heard) == delivery.tries
    assert Event.objects.get(move="disable").organisation == hook.organisation
    assert Notice.objects.get(event__move="disable").reader.account == boss


def test_an_address_that_says_it_is_gone_is_told_no_more(delivery, hook, system):
    system.answers.append(410)
    deliver_webhooks()

    hook.refresh_from_db()
    assert hook.disabled_at


def test_many_failures_in_a_row_turn_a_webhook_off(delivery, hook, system):
    Webhook.objects.update(failures=delivering.MOST_FAILURES - 1)
    system.answers.append(500)
    deliver_webhooks()

    hook.refresh_from_db()
    assert hook.disabled_at


def test_one_webhook_that_fails_does_not_hold_up_the_others(delivery, hook, system):
    other = Webhook.objects.create(organisation=hook.organisation, url="https://b.example.org/")
    later = [Delivery.objects.create(webhook=w) for w in (hook, other)]
    system.answers.append(500)
    deliver_webhooks()

    assert [url for url, _, _ in system.heard] == [hook.url, other.url]
    assert Delivery.objects.filter(pk__in=[d.pk for d in later], is_delivered=True).count() == 1


def test_a_trial_is_about_nothing(hook, system):
    actions.probe_webhook(hook, by=administrator_of(hook.organisation))
    deliver_webhooks()

    ((_, body, _),) = system.heard
    assert json.loads(body)["type"] == "trial"


def test_what_is_not_public_is_withheld(delivery, hook, system):
    Event.objects.filter(pk=delivery.event_id).update(subject_id=0)
    other = Delivery.objects.create(
        webhook=hook,
        event=Event.objects.create(subject_type="notices.webhook", subject_id=hook.pk, move="x"),
    )
    deliver_webhooks()

    assert system.heard == []
    assert set(Delivery.objects.values_list("answer", flat=True)) == {"withheld"}
    assert other.webhook == hook


def test_a_round_ends_when_enough_is_tried(hook, system):
    Delivery.objects.bulk_create(Delivery(webhook=hook) for _ in range(3))

    assert deliver_webhooks(most=2) == 2


def test_the_work_tells_webhooks_by_itself(delivery, system):
    tasks.tell(timezone.now())
    working.do_what_is_queued()

    assert len(system.heard) == 1


def test_a_message_tells_when_it_was_sent(delivery, system):
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        deliver_webhooks()
        sent = int(timezone.now().timestamp())

    assert system.heard[0][2]["webhook-timestamp"] == str(sent)
