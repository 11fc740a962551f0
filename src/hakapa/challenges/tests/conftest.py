import pytest

from hakapa.accounts.tests.factories import OrganisationFactory, member_of, officer_of
from hakapa.challenges.lifecycle import State
from hakapa.challenges.tests.factories import ChallengeFactory


@pytest.fixture
def challenge(db):
    """An open challenge of Umeå's."""
    return ChallengeFactory.create(owner__name="Umeå")


@pytest.fixture
def draft(db):
    return ChallengeFactory.create(state=State.DRAFT)


@pytest.fixture
def closed(db):
    return ChallengeFactory.create(state=State.CLOSED)


@pytest.fixture
def neighbour(db):
    """Another organisation."""
    return OrganisationFactory.create(name="Ale")


@pytest.fixture
def member(challenge):
    """Somebody who works for the owner."""
    return member_of(challenge.owner)


@pytest.fixture
def officer(challenge):
    """Somebody who speaks for the owner."""
    return officer_of(challenge.owner)


@pytest.fixture
def stranger(neighbour):
    """Somebody who works elsewhere."""
    return member_of(neighbour)
