import pytest

from hakapa.accounts.tests.factories import UserFactory
from hakapa.commitments.models import FollowUp, Outcome
from hakapa.commitments.tests.conftest import DUE
from hakapa.commitments.tests.factories import CommitmentFactory
from hakapa.moderation import actions
from hakapa.moderation.actions import Complaint


@pytest.fixture
def text(db):
    """A report on a promise, which is a text that can be reported."""
    commitment = CommitmentFactory.create(state="kept", due=DUE, answered_on=DUE, next_step="Ring")
    return FollowUp.objects.create(
        commitment=commitment,
        outcome=Outcome.KEPT,
        happened="Zebran ringde",
        due_before=DUE,
        reported_on=DUE,
    )


@pytest.fixture
def steward(db):
    return UserFactory.create(is_staff=True)


@pytest.fixture
def case(text):
    return actions.flag(text, Complaint("person", "en läsare", "Den nämner någon"), by=None)
