"""Notices become mails at the pace that each reader chose, and the work does it by itself."""

from datetime import timedelta

import pytest
from django.core import mail as post
from django.utils import timezone

from hakapa.accounts.tests.factories import member_of
from hakapa.kernel import working
from hakapa.notices import actions, tasks
from hakapa.notices.actions.sending import send_due
from hakapa.notices.kinds import Chosen, Kind, Pace
from hakapa.notices.models import Mail, Notice
from hakapa.notices.tests.conftest import next_monday
from hakapa.process.moving import Because, record

pytestmark = pytest.mark.django_db


def test_summaries_come_on_the_readers_day(commitment, reader, follows, heard):
    follows(reader, commitment.proposal)
    kinds = {Kind.CHALLENGE: Chosen(Pace.WEEKLY)}
    tomorrow = timezone.localtime() + timedelta(days=1)
    actions.choose(actions.reader_of(reader), kinds, weekday=tomorrow.isoweekday(), language="sv")
    record(commitment.proposal, "merge", by=None)
    heard()

    assert actions.build_digests(timezone.now()) == 0
    assert actions.build_digests(tomorrow) == 1
    assert actions.build_digests(tomorrow) == 0


def test_a_summary_that_missed_its_day_comes_the_next(commitment, reader, follows, heard):
    follows(reader, commitment.proposal)
    record(commitment.proposal, "merge", by=None)
    heard()
    monday = next_monday()
    day_after = monday + timedelta(days=8)

    assert day_after.isoweekday() == 2
    assert actions.build_digests(day_after) == 1


@pytest.mark.parametrize("pace", Pace)
def test_what_is_chosen_later_holds_for_what_waits_already(
    commitment, reader, follows, heard, pace
):
    follows(reader, commitment.proposal)
    record(commitment.proposal, "merge", by=None)
    heard()
    who = actions.reader_of(reader)
    today = timezone.localtime().isoweekday()
    actions.choose(who, {Kind.CHALLENGE: Chosen(pace)}, weekday=today, language="sv")
    now = timezone.now()

    assert actions.build_at_once(now) == (pace == Pace.AT_ONCE)
    assert actions.build_digests(now) == (pace in (Pace.DAILY, Pace.WEEKLY))


def test_the_work_turns_what_happens_into_mail_by_itself(commitment, reader, follows):
    follows(reader, commitment.proposal)
    chosen = {Kind.CHALLENGE: Chosen(Pace.AT_ONCE)}
    actions.choose(actions.reader_of(reader), chosen, weekday=1, language="en")
    record(commitment.proposal, "merge", by=None)
    tasks.tell(timezone.now())
    assert post.outbox == []
    working.do_what_is_queued()

    assert [sent.to for sent in post.outbox] == [[reader.email]]
    tasks.tell(timezone.now())
    working.do_what_is_queued()
    assert len(post.outbox) == 1


def test_the_work_goes_on_with_another_task_when_there_is_much(monkeypatch, mail):
    monkeypatch.setattr(tasks, "send_due", lambda: 1)
    tasks.send.enqueue()
    tasks.send.call()
    monkeypatch.undo()
    working.do_what_is_queued()

    assert len(post.outbox) == 1


def test_the_work_does_not_hear_for_ever(monkeypatch):
    heard = []
    monkeypatch.setattr(actions, "hear", lambda: heard.append(1) or 1)
    tasks.tell(timezone.now())

    assert len(heard) == tasks.MOST_ROUNDS


def test_summaries_and_forgetting_have_their_times(commitment, reader, follows, heard):
    follows(reader, commitment.proposal)
    record(commitment.proposal, "merge", by=None)
    heard()
    tasks.summarise(next_monday())
    assert Mail.objects.count() == 1
    send_due(timezone.now() + timedelta(days=9))
    tasks.forget(timezone.now())
    assert Mail.objects.exists()
    tasks.forget(timezone.now() + timedelta(days=91))

    assert not Mail.objects.exists()
    assert not Notice.objects.exists()


def test_an_officers_questions_come_once_a_day(commitment, officer, heard):
    record(commitment, "remind", by=None)
    heard()
    assert not Notice.objects.exists()  # nobody is named as reminded

    colleague = member_of(commitment.receiver)
    record(commitment, "remind", by=None, because=Because(commitment.receiver))
    heard()
    assert {n.reader.account for n in Notice.objects.all()} == {officer, colleague}
