from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from hakapa.accounts.tests.factories import (
    OrganisationFactory,
    UserFactory,
    member_of,
    officer_of,
)
from hakapa.challenges.tags import Barrier, Theme
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.commitments import actions
from hakapa.commitments.models import Commitment
from hakapa.labs.tests.factories import LabFactory, ReceiverFactory
from hakapa.proposals import actions as proposals
from hakapa.proposals.actions import Idea

LAB_DAY = datetime(2026, 3, 2, 15, tzinfo=ZoneInfo("Europe/Stockholm"))
DUE = date(2026, 6, 1)


@pytest.fixture
def lab(db):
    """A running lab with two receivers."""
    challenge = ChallengeFactory.create(
        author=UserFactory.create(), barriers=[Barrier.MONEY], themes=[Theme.IOT]
    )
    lab = LabFactory.create(challenges=[challenge])
    ReceiverFactory.create_batch(2, lab=lab, role="Digitaliseringschef")
    return lab


@pytest.fixture
def leader(lab):
    return member_of(lab.host)


@pytest.fixture
def proposal(lab, leader):
    idea = Idea("Visa halvfärdigt", "Öppna en förstudie", lab.challenges.get())
    return proposals.grow(lab, idea, by=leader, at=LAB_DAY)


@pytest.fixture
def commitment(proposal):
    """What the first receiver has been asked."""
    return proposal.commitments.order_by("pk")[0]


@pytest.fixture
def other(proposal):
    """What the second receiver has been asked about the same proposal."""
    return proposal.commitments.order_by("pk")[1]


@pytest.fixture
def officer(commitment: Commitment):
    return officer_of(commitment.receiver)


@pytest.fixture
def other_officer(other: Commitment):
    return officer_of(other.receiver)


@pytest.fixture
def member(db):
    """Somebody who works elsewhere."""
    return member_of(OrganisationFactory.create())


@pytest.fixture
def in_may():
    """The promise is not late yet."""
    with time_machine.travel("2026-05-20T10:00:00Z", tick=False):
        yield


@pytest.fixture
def promise(commitment, officer):
    """What the first receiver has taken on."""
    return actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)
