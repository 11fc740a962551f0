"""Mails are claimed, written, handed over and settled, whatever the mail server says."""

from datetime import timedelta
from smtplib import (
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

import pytest
from django.core import mail as post
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from hakapa.accounts.tests.factories import UserFactory
from hakapa.kernel import working
from hakapa.notices import actions
from hakapa.notices.actions import sending
from hakapa.notices.actions.sending import send_due
from hakapa.notices.models import Follow, Mail, Notice, Outcome, Reader
from hakapa.notices.tests.conftest import next_monday
from hakapa.process.moving import record

pytestmark = pytest.mark.django_db
OK = None


@pytest.fixture
def server(monkeypatch):
    """A mail server that answers as the test says, and takes every mail afterwards."""
    answers = []

    def send_messages(self, messages):
        answer = answers.pop(0) if answers else OK
        if answer is not OK:
            raise answer
        return taken(self, messages)

    taken = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return answers


def later(days=1):
    return timezone.now() + timedelta(days=days)


def refused(code):
    return SMTPRecipientsRefused({"reader@example.org": (code, b"no")})


def test_what_waits_is_sent_once(mail, reader):
    assert send_due() == 1
    assert send_due() == 0

    mail.refresh_from_db()
    (sent,) = post.outbox
    assert (mail.outcome, mail.tries, mail.claimed_by) == (Outcome.SENT, 1, "")
    assert sent.to == [reader.email]
    assert sent.extra_headers["Message-ID"] == f"<{mail.key}@localhost>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.alternatives[0].mimetype == "text/html"
    assert sent.reply_to == []


def test_answers_go_where_the_site_says(mail, settings):
    settings.REPLY_TO = "svar@example.org"
    settings.DEFAULT_FROM_EMAIL = "Hakapå <post@hakapa.example>"
    send_due()

    assert post.outbox[0].reply_to == ["svar@example.org"]
    assert post.outbox[0].extra_headers["Message-ID"].endswith("@hakapa.example>")


@pytest.mark.parametrize("answer", [refused(450), SMTPDataError(451, b"later")])
def test_what_cannot_be_taken_now_is_tried_again_later(mail, server, answer):
    server.append(answer)
    send_due()

    mail.refresh_from_db()
    assert (mail.outcome, mail.tries) == ("", 1)
    assert mail.send_at > timezone.now() + timedelta(minutes=4)
    assert send_due() == 0
    assert send_due(later()) == 1
    assert len(post.outbox) == 1


def test_what_is_never_taken_is_given_up_in_the_end(mail, server):
    server += [refused(450)] * 20
    for day in range(20):
        send_due(later(day))

    mail.refresh_from_db()
    assert (mail.outcome, mail.tries) == (Outcome.REFUSED, sending.MOST_TRIES)


def test_an_address_that_refuses_three_times_gets_no_more_mail(
    mail, server, commitment, reader, heard, caplog
):
    server += [refused(550)] * 3
    send_due()
    for _ in range(2):
        assert Reader.objects.get().failing_since is None
        Mail.objects.create(reader=mail.reader)
        Notice.objects.update(mail=Mail.objects.latest("pk"))
        send_due()
    assert Reader.objects.get(account=reader).failing_since
    assert "takes no mail" in caplog.text
    record(commitment.proposal, "merge", by=None)
    heard()
    assert actions.build_digests(next_monday()) == 0

    actions.receive_again(Reader.objects.get(account=reader))
    assert actions.build_digests(next_monday()) == 1
    assert send_due(later(9)) == 1
    assert len(post.outbox) == 1


def test_a_mail_that_is_taken_makes_good_an_earlier_refusal(mail, server):
    server += [refused(550), refused(550), OK, refused(550), refused(550)]
    for _ in range(5):
        send_due()
        Mail.objects.create(reader=mail.reader)
        Notice.objects.update(mail=Mail.objects.latest("pk"))

    reader = Reader.objects.get()
    assert (reader.refusals, reader.failing_since) == (2, None)


@pytest.mark.parametrize("answer", [SMTPServerDisconnected("gone"), OSError("no route")])
def test_a_server_that_is_gone_stops_the_round_and_loses_nothing(mail, server, answer):
    server.append(answer)
    with pytest.raises(type(answer)):
        send_due()

    mail.refresh_from_db()
    assert (mail.outcome, mail.claimed_by) == ("", "")
    assert send_due(later()) == 1


@pytest.mark.parametrize(("code", "stops"), [(421, True), (552, False)])
def test_only_a_server_that_takes_nothing_stops_the_round(mail, server, code, stops):
    server.append(SMTPResponseException(code, b"no"))
    if stops:
        with pytest.raises(SMTPResponseException):
            send_due()
    else:
        assert send_due() == 1


def test_what_somebody_alive_is_sending_is_left_to_them(mail):
    with working.on_duty() as name:
        Mail.objects.update(claimed_by=name)
        assert send_due() == 0
    assert send_due() == 1


def test_a_round_ends_when_enough_is_sent(mail, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 1)
    other = UserFactory.create()
    Mail.objects.create(reader=actions.reader_of(other))

    assert send_due(most=1) == 1
    assert send_due() == 1


def test_a_mail_with_nothing_left_to_tell_is_not_sent(mail, reader):
    Follow.objects.all().delete()
    send_due()

    mail.refresh_from_db()
    assert (mail.outcome, post.outbox) == (Outcome.NOTHING_LEFT, [])


def test_nobody_whose_account_is_closed_gets_mail(mail, reader):
    reader.is_active = False
    reader.save()
    send_due()

    assert post.outbox == []


def test_a_mail_is_settled_with_an_outcome_or_not_at_all(mail):
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.update(outcome=Outcome.SENT)
