from datetime import timedelta

import pytest
from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.accounts.tests.factories import UserFactory
from hakapa.commitments import actions as commitments
from hakapa.commitments.tests.conftest import (  # noqa: F401  (the world that notices tell of)
    commitment,
    lab,
    leader,
    officer,
    other,
    other_officer,
    proposal,
)
from hakapa.notices import actions
from hakapa.notices.models import Mail, Notice, Unheard
from hakapa.notices.topics import label_of
from hakapa.process.moving import record


@pytest.fixture
def heard(db):
    """Return how everything that has happened is told."""

    def hear():
        while actions.hear():
            pass
        return Notice.objects.all()

    return hear


@pytest.fixture
def reader(db):
    """Somebody who works nowhere."""
    return UserFactory.create(email="reader@example.org")


def follow(user: User, thing):
    """Let the person follow the thing."""
    return actions.follow(actions.Thing(label_of(thing), thing.pk), by=user)


@pytest.fixture
def follows():
    return follow


@pytest.fixture
def promise(commitment, officer):  # noqa: F811  (a fixture)
    """Let the receiver promise, as the only thing that is not told yet."""

    def make():
        Unheard.objects.all().delete()
        due = timezone.localdate() + timedelta(days=30)
        return commitments.take(commitment, by=officer, next_step="Ring runt", due=due)

    return make


def next_monday():
    now = timezone.localtime()
    return now + timedelta(days=7 - now.weekday())


@pytest.fixture
def mail(commitment, reader, follows, heard):  # noqa: F811  (a fixture)
    """A mail that waits for somebody who follows a promise."""
    follows(reader, commitment.proposal)
    record(commitment.proposal, "merge", by=None)
    heard()
    actions.build_digests(next_monday())
    mail = Mail.objects.get()
    Mail.objects.update(send_at=timezone.now())
    return mail
