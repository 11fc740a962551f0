"""Two receivers answer in the same moment, each in a transaction of its own."""

from time import sleep

import pytest

from hakapa.accounts.tests.factories import OrganisationFactory, officer_of
from hakapa.challenges import actions as challenges
from hakapa.challenges.lifecycle import State as ChallengeState
from hakapa.challenges.models import Challenge
from hakapa.commitments import actions
from hakapa.commitments.actions import Answer
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.kernel.lifecycle import MoveNotAllowedError
from hakapa.kernel.tests.meeting import at_once
from hakapa.labs import actions as labs
from hakapa.process.models import Event
from hakapa.proposals import actions as proposals
from hakapa.proposals.actions import Idea
from hakapa.proposals.lifecycle import State as ProposalState
from hakapa.proposals.models import Proposal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _slowly(monkeypatch):
    """Let a moment pass between reading and changing, so that what is done at once overlaps."""
    for where, name in ((proposals, "follow_answers"), (challenges, "take_in_hand")):
        do = getattr(where, name)

        def slow(*args, do=do, **kwargs):
            sleep(0.2)
            return do(*args, **kwargs)

        monkeypatch.setattr(where, name, slow)


def answers(commitment, user, name):
    given = Answer(name, "Ring", DUE, "För att")
    return lambda: actions.answer(commitment, given, by=user, at=LAB_DAY)


@pytest.mark.parametrize(
    ("names", "state"),
    [
        (["decline", "decline"], ProposalState.DECLINED),
        (["park", "decline"], ProposalState.PARKED),
        (["park", "take"], ProposalState.TAKEN),
        (["take", "hop_on"], ProposalState.TAKEN),
    ],
)
def test_two_answers_at_once_are_both_heard(proposal, names, state):
    asked = [(c, officer_of(c.receiver)) for c in proposal.commitments.all()]

    raised = at_once(
        *(answers(c, user, name) for (c, user), name in zip(asked, names, strict=True))
    )

    assert raised == [None, None]
    assert Proposal.objects.get(pk=proposal.pk).state == state


def test_two_first_promises_take_the_challenge_in_hand_once(lab, leader, proposal, officer):
    idea = Idea("Ett till", "Börja", proposal.challenge)
    another = proposals.grow(lab, idea, by=leader, at=LAB_DAY)
    mine = [p.commitments.get(receiver__memberships__user=officer) for p in (proposal, another)]

    raised = at_once(*(answers(commitment, officer, "take") for commitment in mine))

    assert raised == [None, None]
    assert Challenge.objects.get(pk=proposal.challenge_id).state == ChallengeState.IN_HAND
    assert Event.objects.filter(move="take_in_hand").count() == 1


def test_the_same_answer_twice_counts_once(commitment, officer):
    raised = at_once(*[answers(commitment, officer, "take")] * 2)

    assert [type(error) for error in raised if error] == [MoveNotAllowedError]
    assert Event.objects.filter(move="take").count() == 1


def test_two_mergers_into_each_other_do_not_wait_for_ever(lab, leader, proposal):
    idea = Idea("Ett till", "Börja", proposal.challenge)
    another = proposals.grow(lab, idea, by=leader, at=LAB_DAY)

    raised = at_once(
        lambda: proposals.merge(proposal, into=another, by=leader),
        lambda: proposals.merge(another, into=proposal, by=leader),
    )

    assert len([error for error in raised if error]) == 1
    states = set(Proposal.objects.values_list("state", flat=True))
    assert states == {ProposalState.OPEN, ProposalState.MERGED}


def test_a_receiver_invited_while_a_proposal_grows_is_asked(lab, leader, proposal):
    organisation = OrganisationFactory.create()
    idea = Idea("Ett till", "Börja", proposal.challenge)

    raised = at_once(
        lambda: proposals.grow(lab, idea, by=leader),
        lambda: labs.invite(lab, by=leader, organisation=organisation),
    )

    assert raised == [None, None]
    assert organisation.commitments.count() == 2
