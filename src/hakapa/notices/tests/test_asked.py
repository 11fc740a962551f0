"""Whoever took part is led to where they alone say whether it happened."""

from datetime import timedelta

import pytest
from django.core import mail as post
from django.utils import timezone

from hakapa.accounts.tests.factories import UserFactory
from hakapa.commitments import actions as commitments
from hakapa.commitments.actions import Report
from hakapa.commitments.models import Outcome, Verification
from hakapa.kernel.addresses import absolute
from hakapa.kernel.tests.pages import address
from hakapa.labs.tests.factories import ParticipantFactory
from hakapa.notices import actions, queries
from hakapa.notices.actions.sending import send_due
from hakapa.notices.models import Mail, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(lab, reader):
    """Two who took part."""
    both = [reader, UserFactory.create(email="second@example.org")]
    for person in both:
        ParticipantFactory.create(lab=lab, account=person)
    return both


@pytest.fixture
def kept(promise, officer, heard, people):
    """A promise that is kept, and everybody told."""
    made = promise()
    commitments.report(made, Report(Outcome.KEPT, "Det blev av"), by=officer)
    heard()
    return made


def test_each_mail_leads_to_its_readers_own_question(kept, people):
    actions.build_digests(timezone.localtime() + timedelta(days=1))
    Mail.objects.update(send_at=timezone.now())
    send_due()

    links = {asked.account: absolute(asked.secret_url) for asked in kept.verifications.all()}
    mails = {sent.to[0]: sent for sent in post.outbox}
    assert len(links) == 2
    for person in people:
        (other,) = set(people) - {person}
        body = mails[person.email].body
        assert links[person] in body
        assert links[person] in mails[person.email].alternatives[0].content
        assert links[other] not in body
        assert "Du var med. Blev det av?" in body


def test_the_bell_leads_there_too(kept, people, client):
    client.force_login(people[0])
    page = client.get(address("notices:index")).text

    own, others = (Verification.objects.get(account=person).secret_url for person in people)
    assert own.removeprefix("/en") in page
    assert others not in page


def test_what_was_only_told_of_leads_to_the_promise(kept, people):
    Verification.objects.all().delete()  # as when an account is erased
    (row,) = (
        row
        for row in queries.told_to(Notice.objects.filter(reader__account=people[0]))
        if row.notice.event.move == "ask_participants"
    )

    assert row.url == kept.get_absolute_url()


def test_however_many_are_asked_one_query_finds_their_links(
    kept, people, django_assert_num_queries
):
    notices = list(Notice.objects.filter(event__move="ask_participants").select_related("event"))
    others = list(Notice.objects.exclude(event__move="ask_participants").select_related("event"))
    with django_assert_num_queries(1):
        assert len(queries.questions_to([*notices, *others])) == len(people)
    with django_assert_num_queries(0):
        assert queries.questions_to(others) == {}
