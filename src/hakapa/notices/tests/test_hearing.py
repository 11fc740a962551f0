from datetime import timedelta

import pytest
from django.utils import timezone

from hakapa.accounts.tests.factories import (
    OrganisationFactory,
    UserFactory,
    administrator_of,
    member_of,
)
from hakapa.challenges import actions as challenges
from hakapa.labs.models import Participant
from hakapa.notices import actions
from hakapa.notices.kinds import Chosen, Kind, Pace, Who
from hakapa.notices.models import Notice, Reader, Unheard, Webhook
from hakapa.process.models import Event
from hakapa.process.moving import Because, record

pytestmark = pytest.mark.django_db


def told(move):
    """Return who is told of the latest such event, and why."""
    event = Event.objects.filter(move=move).latest("pk")
    return {
        notice.reader.account.email: notice.who
        for notice in Notice.objects.filter(event=event).select_related("reader__account")
    }


def test_a_promise_is_told_to_all_it_concerns_and_not_to_who_made_it(
    promise, lab, commitment, reader, follows, heard
):
    colleague = member_of(commitment.receiver)
    challenger = member_of(commitment.proposal.challenge.owner)
    sat_there = UserFactory.create()
    Participant.objects.create(lab=lab, account=sat_there)
    Participant.objects.create(lab=lab)
    member_of(OrganisationFactory.create())
    follows(reader, commitment)
    promise()
    heard()

    assert told("take") == {
        colleague.email: Who.PEOPLE,
        challenger.email: Who.PEOPLE,
        sat_there.email: Who.ROOM,
        reader.email: Who.FOLLOWER,
    }


@pytest.mark.parametrize("what", ["proposal", "lab", "challenge", "receiver", "owner"])
def test_who_follows_anything_on_the_way_hears_of_the_promise(
    promise, commitment, reader, follows, heard, what
):
    followed = {
        "proposal": commitment.proposal,
        "lab": commitment.proposal.lab,
        "challenge": commitment.proposal.challenge,
        "receiver": commitment.receiver,
        "owner": commitment.proposal.challenge.owner,
    }
    follows(reader, followed[what])
    promise()
    heard()

    assert told("take")[reader.email] == Who.FOLLOWER


def test_what_waits_is_told_to_those_it_waits_for_alone(
    commitment, other_officer, officer, reader, follows, heard
):
    follows(reader, commitment.proposal)
    record(commitment, "ask", by=None, because=Because(commitment.receiver))
    heard()

    assert [(n.reader.account, n.kind, n.pace) for n in Notice.objects.all()] == [
        (officer, Kind.WAITS, Pace.DAILY)
    ]


def test_those_who_took_part_are_asked_and_nobody_else(commitment, lab, officer, heard):
    sat_there = UserFactory.create()
    Participant.objects.create(lab=lab, account=sat_there)
    record(commitment, "ask_participants", by=None)
    heard()

    assert told("ask_participants") == {sat_there.email: Who.ROOM}


def test_somebody_concerned_in_several_ways_is_told_once(promise, commitment, lab, follows, heard):
    everywhere = member_of(commitment.receiver)
    Participant.objects.create(lab=lab, account=everywhere)
    follows(everywhere, commitment)
    follows(everywhere, commitment.proposal)
    promise()
    heard()

    assert told("take") == {everywhere.email: Who.FOLLOWER}


def test_hearing_an_event_again_tells_nobody_twice(promise, commitment, heard):
    member_of(commitment.receiver)
    promise()
    heard()
    before = Notice.objects.count()
    Unheard.objects.bulk_create(Unheard(event=event) for event in Event.objects.all())
    actions.hear()

    assert Notice.objects.filter(event__move="take").count() == before
    assert Unheard.objects.count() == 0


def test_a_lab_concerns_its_host_leaders_receivers_and_challengers(lab, heard):
    challenge = lab.challenges.get()
    people = {
        member_of(organisation).email
        for organisation in (
            lab.host,
            challenge.owner,
            *(receiver.organisation for receiver in lab.receivers.all()),
        )
    }
    record(lab, "close", by=None)
    heard()

    assert set(told("close")) == people


def test_a_challenge_concerns_those_who_have_it_too(lab, heard):
    challenge = lab.challenges.get()
    other = OrganisationFactory.create()
    somebody = member_of(other)
    challenges.share_need(challenge, organisation=other, by=somebody)
    colleague = member_of(other)
    record(challenge, "measure", by=None)
    heard()

    assert set(told("measure")) == {somebody.email, colleague.email}


@pytest.mark.parametrize(
    ("move", "days", "is_news"), [("close", 0, True), ("step", 0, False), ("close", 4, False)]
)
def test_only_what_is_new_and_somebodys_business_is_told(lab, move, days, is_news):
    at = timezone.now() - timedelta(days=days)
    record(lab, move, by=None, because=Because(at=at))

    assert Unheard.objects.exists() is is_news


def test_what_was_noted_and_is_no_longer_news_is_let_go(lab):
    event = Event.objects.create(subject_type="labs.lab", subject_id=lab.pk, move="step")
    Unheard.objects.create(event=event)

    assert actions.hear() == 1
    assert not Unheard.objects.exists()


def test_a_thing_that_is_gone_concerns_nobody(db):
    event = Event.objects.create(subject_type="labs.lab", subject_id=1, move="close")
    Unheard.objects.create(event=event)

    assert actions.hear() == 1
    assert not Notice.objects.exists()


def test_what_somebody_chose_decides_how_fast_and_where(promise, commitment, heard):
    colleague = member_of(commitment.receiver)
    chosen = {Kind.PROMISE: Chosen(Pace.AT_ONCE, bell=False)}
    actions.choose(actions.reader_of(colleague), chosen, weekday=3, language="en")
    promise()
    heard()
    notice = Notice.objects.get(event__move="take")

    assert (notice.pace, notice.in_bell) == (Pace.AT_ONCE, False)


def test_an_address_without_an_account_has_no_bell(promise, commitment, heard):
    thing = actions.Thing("commitments.commitment", commitment.pk)
    actions.ask_to_follow(thing, email="a@example.org", language="en", origin="x")
    promise()
    heard()
    assert not Notice.objects.exists()

    actions.confirm(Reader.objects.get(email="a@example.org").follows.get())
    record(commitment, "late", by=None)
    heard()
    assert [n.in_bell for n in Notice.objects.filter(reader__account=None)] == [False]


def test_a_webhook_hears_what_followers_of_its_organisation_hear(promise, commitment, heard):
    hook = Webhook.objects.create(organisation=commitment.receiver, url="https://example.org/a")
    Webhook.objects.create(
        organisation=commitment.receiver, url="https://example.org/b", disabled_at=timezone.now()
    )
    Webhook.objects.create(organisation=OrganisationFactory.create(), url="https://example.org/c")
    promise()
    heard()
    record(hook, "disable", by=None, because=Because(hook.organisation))
    heard()

    assert [d.event.move for d in hook.deliveries.all()] == ["take"]
    assert Webhook.objects.filter(deliveries__isnull=False).count() == 1


def test_administrators_alone_hear_that_a_webhook_is_off(heard):
    organisation = OrganisationFactory.create()
    boss = administrator_of(organisation)
    member_of(organisation)
    hook = Webhook.objects.create(organisation=organisation, url="https://example.org/a")
    record(hook, "disable", by=None, because=Because(organisation))
    heard()

    assert told("disable") == {boss.email: Who.STEWARDS}


@pytest.mark.parametrize("followers", [1, 40])
def test_hearing_takes_as_many_queries_however_many_follow(
    promise, commitment, follows, followers, django_assert_num_queries
):
    for _ in range(followers):
        follows(UserFactory.create(), commitment)
    promise()
    with django_assert_num_queries(8):
        actions.hear()

    assert Notice.objects.count() == followers
