"""What is asked for many readers at once is what `visible_to` answers each of them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.challenges import actions as challenges
from hakapa.challenges.models import Challenge
from hakapa.commitments.models import Commitment
from hakapa.labs import actions as labs
from hakapa.labs.models import Lab
from hakapa.notices import actions, queries, seeing
from hakapa.notices.models import Notice, Webhook
from hakapa.notices.topics import TOPICS, label_of
from hakapa.process.models import Event
from hakapa.proposals.models import Proposal

KINDS = (Challenge, Lab, Proposal, Commitment)


@pytest.fixture
def world(db):
    """The demo world, and beside it a draft and a lab that is only planned."""
    call_command("demo", verbosity=0)
    writer = User.objects.get(email="uppsala@demo.hakapa.example")
    owner = writer.memberships.get().organisation
    words = {"title": "Zebrornas utkast", "today": "a", "wish": "b", "affected": "c"}
    draft = challenges.start(by=writer, owner=owner, words=words)
    plan = labs.Plan(
        title="Zebrornas labb",
        template="blixtlabb-45",
        host=owner,
        starts_at=timezone.now() + timedelta(days=9),
        challenges=[draft],
    )
    planned = labs.plan(plan, by=writer)
    guest = User.objects.get(email="lund@demo.hakapa.example").memberships.get().organisation
    labs.invite(planned, by=writer, organisation=guest)
    Webhook.objects.create(organisation=owner, url="https://system.example.org/")


def tell_everyone_of_everything():
    """Make a notice for everybody about every thing, whoever may see it."""
    readers = [actions.reader_of(user) for user in User.objects.all()]
    events = [
        Event(subject_type=label_of(model), subject_id=pk, move="change")
        for model in (*KINDS, Webhook)
        for pk in model.objects.values_list("pk", flat=True)
    ]
    Event.objects.bulk_create(events)
    Notice.objects.bulk_create(
        Notice(
            reader=reader, event=event, kind="lab", who="follower", label="", thing_id=0,
            pace="off", in_bell=True,
        )
        for reader in readers
        for event in events
    )  # fmt: skip
    return readers, events


def test_mails_bells_and_the_public_agree_with_visible_to(world):
    readers, events = tell_everyone_of_everything()
    notices = list(Notice.objects.filter(event__in=events).select_related("event", "reader"))
    things = {_thing(event) for event in events}
    public = seeing.public(things)
    shown = set().union(
        *(seeing.shown_to_their_readers([n.pk for n in notices], label) for label in TOPICS)
    )
    mailed = {
        (n.reader_id, *_thing(n.event))
        for n in notices
        if n.pk in shown or _thing(n.event) in public
    }
    rung = {
        (reader.pk, *_thing(notice.event))
        for reader in readers
        for notice in queries.notices_of(reader.account).select_related("event")
        if notice.event.move == "change"
    }
    seen = {(r.pk, *thing) for r in readers for thing in _seen_by(r.account)}

    assert len(seen) > 1000
    assert mailed == seen
    assert rung == seen
    assert public == _seen_by(AnonymousUser())
    assert public < things


def _thing(event):
    return event.subject_type, event.subject_id


def _seen_by(user):
    return {
        (label_of(model), pk)
        for model in (*KINDS, Webhook)
        for pk in TOPICS[label_of(model)].visible_to(user).values_list("pk", flat=True)
    }
