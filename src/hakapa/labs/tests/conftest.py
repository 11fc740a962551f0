from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from hakapa.accounts.models import Organisation, User
from hakapa.accounts.tests.factories import OrganisationFactory, UserFactory, member_of
from hakapa.challenges.models import Challenge
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.labs import actions
from hakapa.labs.models import Lab

EVENING = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)


@pytest.fixture
def host(db) -> Organisation:
    return OrganisationFactory.create(name="Umeå", code="2480")


@pytest.fixture
def leader(host) -> User:
    return member_of(host)


@pytest.fixture
def outsider(db) -> User:
    """Somebody who works elsewhere."""
    return member_of(OrganisationFactory.create())


@pytest.fixture
def visitor(db) -> User:
    """Somebody who works nowhere."""
    return UserFactory.create()


@pytest.fixture
def challenge(host) -> Challenge:
    return ChallengeFactory.create(owner=host)


@pytest.fixture
def a_plan(host, challenge) -> actions.Plan:
    return actions.Plan(
        title="Halkan och plånboken",
        template="blixtlabb-45",
        host=host,
        starts_at=timezone.now(),
        challenges=[challenge],
    )


@pytest.fixture
def planned(a_plan, leader) -> Lab:
    return actions.plan(a_plan, by=leader)


@pytest.fixture
def receiver(db) -> Organisation:
    return OrganisationFactory.create(name="Örebro")


@pytest.fixture
def published(planned, leader, receiver) -> Lab:
    actions.invite(planned, by=leader, organisation=receiver, role="gatuchef")
    return actions.publish(planned, by=leader)


@pytest.fixture
def running(published, leader) -> Lab:
    return actions.start(published, by=leader)


@pytest.fixture
def closed(running, leader) -> Lab:
    return actions.close(running, by=leader, why="Brandlarm")


@pytest.fixture
def seat(running):
    return actions.join(running, table=3)


@pytest.fixture
def english():
    """Let what the site says be English, whatever was spoken before."""
    with translation.override("en"):
        yield
