"""What is not public leaves the site to those who may know it, and to nobody else."""

from datetime import timedelta

import pytest
from django.core import mail as post
from django.utils import timezone

from hakapa.accounts.models import Membership
from hakapa.accounts.tests.factories import OrganisationFactory, UserFactory, member_of
from hakapa.challenges import actions as challenges
from hakapa.challenges.lifecycle import State
from hakapa.challenges.models import Challenge
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.tests.factories import LabFactory
from hakapa.notices import actions, queries
from hakapa.notices.actions.sending import send_due
from hakapa.notices.models import CalendarAddress, Delivery, Mail, Notice, Webhook
from hakapa.notices.queries.letters import still_meant
from hakapa.notices.topics import label_of
from hakapa.process.moving import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A draft and a lab that is only planned, both of one organisation."""
    owner = OrganisationFactory.create()
    draft = ChallengeFactory.create(title="Zebrornas utkast", owner=owner, state=State.DRAFT)
    planned = LabFactory.create(
        title="Zebrornas labb",
        host=owner,
        state=LabState.PLANNED,
        starts_at=timezone.now() + timedelta(days=9),
        challenges=[draft],
    )
    Webhook.objects.create(organisation=owner, url="https://system.example.org/")
    return draft, planned


@pytest.fixture
def secrets(world, heard):
    """News of what is not public: for those who follow it, work there or look on from elsewhere."""
    draft, planned = world
    insider, outsider = member_of(draft.owner), member_of(OrganisationFactory.create())
    for person in (insider, outsider):
        for thing in (draft, planned, draft.owner):
            actions.follow(actions.Thing(label_of(thing), thing.pk), by=person)
    for thing in (draft, planned):
        record(thing, "change" if thing == planned else "improve", by=None)
    heard()
    Notice.objects.update(pace="at_once")
    actions.build_at_once(timezone.now())
    return insider, outsider


def outbox_of(person):
    return "".join(m.body for m in post.outbox if m.to == [person.email])


def test_a_mail_tells_a_secret_to_those_who_may_know_it_alone(secrets):
    insider, outsider = secrets
    send_due()

    assert "Zebrornas utkast" in outbox_of(insider)
    assert "Zebrornas labb" in outbox_of(insider)
    assert "Zebrornas" not in outbox_of(outsider)
    assert {tuple(sent.to) for sent in post.outbox} == {(insider.email,)}


def test_who_no_longer_works_there_is_mailed_nothing_of_it(secrets):
    insider, _outsider = secrets
    Membership.objects.filter(user=insider).delete()
    send_due()

    assert outbox_of(insider) == ""


def test_who_no_longer_works_there_is_mailed_no_public_news_of_it_either(world, heard):
    draft, _planned = world
    colleague = member_of(draft.owner)
    challenges.publish(draft, by=member_of(draft.owner))
    heard()
    told = Notice.objects.filter(reader__account=colleague, event__move="publish")
    assert [n.who for n in told] == ["people"]
    assert still_meant().filter(pk__in=told).exists()

    Membership.objects.filter(user=colleague, organisation=draft.owner).delete()
    assert not still_meant().filter(pk__in=told).exists()


def test_what_becomes_public_before_it_is_sent_is_sent_to_everyone_who_follows(secrets):
    insider, outsider = secrets
    draft = Challenge.objects.get(title="Zebrornas utkast")
    challenges.publish(draft, by=insider)
    send_due()

    assert "Zebrornas utkast" in outbox_of(outsider)
    assert "Zebrornas labb" not in outbox_of(outsider)


def test_a_webhook_is_told_nothing_that_is_not_public(secrets):
    payloads = [queries.payload(delivery) for delivery in Delivery.objects.all()]
    assert payloads
    told = [payload["data"]["title"] for payload in payloads if payload]

    assert not any("Zebrornas" in title for title in told)


def test_a_calendar_shows_a_planned_lab_to_its_people_alone(secrets, client):
    insider, outsider = secrets
    organisation = insider.memberships.get().organisation

    def calendar(**whose):
        address = CalendarAddress.objects.create(**whose)
        return client.get(address.get_absolute_url()).text

    mine = calendar(account=insider)
    assert "Zebrornas labb" in mine
    assert "Zebrornas" not in calendar(account=outsider)
    assert "Zebrornas" not in calendar(organisation=organisation)

    Membership.objects.filter(user=insider).delete()
    lab = insider.seats.create(lab=LabFactory.create(title="Öppet labb")).lab
    again = client.get(insider.calendar.get_absolute_url()).text
    assert "Zebrornas" not in again
    assert lab.title in again


def test_a_frame_shows_what_everybody_may_see_even_to_those_who_see_more(
    commitment, officer, client
):
    address = f"/badda-in/ataganden/?receiver={commitment.receiver_id}"
    before = client.get(address).text
    client.force_login(officer)

    assert officer.has_perm("commitments.view_commitment", commitment)
    assert client.get(address).text == before
    assert commitment.proposal.title not in before


@pytest.mark.parametrize("count", [1, 30])
def test_letters_take_as_many_queries_however_many_there_are(
    commitment, follows, heard, count, django_assert_num_queries
):
    for _ in range(count):
        follows(UserFactory.create(), commitment.proposal)
    record(commitment.proposal, "merge", by=None)
    heard()
    Notice.objects.update(pace="at_once")
    actions.build_at_once(timezone.now())
    mails = list(Mail.objects.select_related("reader__account", "follow"))
    with django_assert_num_queries(4):  # the notices, the events, what is public, the things
        assert len(queries.letters(mails)) == count
