from datetime import date

import pytest

from hakapa.accounts.tests.factories import member_of
from hakapa.labs.tests.factories import ContributionFactory, LabFactory
from hakapa.proposals import actions
from hakapa.proposals.actions import Idea

DUE = date(2999, 1, 1)


@pytest.fixture
def lab(db):
    return LabFactory.create()


@pytest.fixture
def leader(lab):
    """Somebody who works for the lab's host."""
    return member_of(lab.host)


@pytest.fixture
def member(db):
    """Somebody who works elsewhere."""
    return member_of(LabFactory.create().host)


@pytest.fixture
def notes(lab):
    return ContributionFactory.create_batch(2, lab=lab)


@pytest.fixture
def idea(lab):
    return Idea("Visa halvfärdigt", "Öppna en förstudie", lab.challenges.get())


@pytest.fixture
def proposal(lab, leader, notes, idea):
    return actions.grow(lab, idea, by=leader, sources=notes)


@pytest.fixture
def other(lab, leader):
    """Another open proposal of the same lab, grown from a contribution of its own."""
    idea = Idea("Låna ut sensorer", "Ring grannen", lab.challenges.get())
    return actions.grow(lab, idea, by=leader, sources=[ContributionFactory.create(lab=lab)])
