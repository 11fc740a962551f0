import pytest

from hakapa.accounts.tests.factories import OrganisationFactory, officer_of
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.commitments import actions
from hakapa.commitments.models import Commitment
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.labs import actions as labs
from hakapa.process.moving import record
from hakapa.process.queries import history_of
from hakapa.proposals import actions as proposals
from hakapa.proposals.actions import Idea
from hakapa.proposals.lifecycle import State as ProposalState
from hakapa.proposals.models import Proposal


def asked_about(proposal):
    return set(proposal.commitments.values_list("receiver", flat=True))


@pytest.fixture
def narrow(lab, leader):
    """A receiver who answers for a second challenge of the lab only."""
    second = ChallengeFactory.create()
    lab.challenges.add(second)
    organisation = OrganisationFactory.create()
    return labs.invite(lab, by=leader, organisation=organisation, challenges=[second])


def test_a_new_proposal_is_put_before_every_receiver_of_the_lab(lab, proposal):
    assert asked_about(proposal) == set(lab.receivers.values_list("organisation", flat=True))


def test_the_question_is_in_the_journal_and_dated_like_the_proposal(proposal, commitment):
    event = history_of(commitment).get()

    assert (event.move, event.actor, event.at) == ("ask", None, LAB_DAY)
    assert (event.organisation, commitment.created) == (commitment.receiver, LAB_DAY)
    assert commitment.role == "Digitaliseringschef"


def test_a_receiver_is_asked_only_about_the_challenges_it_answers_for(lab, leader, narrow):
    first, second = lab.challenges.order_by("pk")
    not_asked = proposals.grow(lab, Idea("Ett", "Börja", first), by=leader)
    asked = proposals.grow(lab, Idea("Två", "Börja", second), by=leader)

    assert narrow.organisation_id not in asked_about(not_asked)
    assert narrow.organisation_id in asked_about(asked)


def test_a_receiver_invited_later_is_asked_about_what_stands(lab, proposal, leader):
    gone = proposals.grow(lab, Idea("Gjort", "Börja", proposal.challenge), by=leader)
    proposals.withdraw(gone, by=leader, why="Den gjordes redan")
    late = labs.invite(lab, by=leader, organisation=OrganisationFactory.create())

    assert late.organisation_id in asked_about(proposal)
    assert late.organisation_id not in asked_about(gone)


def test_what_all_declined_waits_again_when_another_receiver_is_invited(
    lab, proposal, leader, officer, other_officer
):
    for commitment, user in zip(
        proposal.commitments.order_by("pk"), (officer, other_officer), strict=True
    ):
        actions.decline(commitment, by=user, reason="Nej", at=LAB_DAY)
    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.DECLINED

    labs.invite(lab, by=leader, organisation=OrganisationFactory.create())

    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.OPEN


def test_whoever_was_asked_about_a_merged_proposal_is_asked_about_the_whole(lab, leader, narrow):
    first, second = lab.challenges.order_by("pk")
    whole = proposals.grow(lab, Idea("Ett", "Börja", first), by=leader)
    part = proposals.grow(lab, Idea("Två", "Börja", second), by=leader)

    proposals.merge(part, into=whole, by=leader)

    assert narrow.organisation_id in asked_about(whole)


def test_a_proposal_put_forward_again_remembers_that_all_said_no(
    lab, proposal, leader, officer, commitment, other
):
    other.delete()
    lab.receivers.exclude(organisation=commitment.receiver).delete()
    whole = proposals.grow(lab, Idea("Helhet", "Börja", proposal.challenge), by=leader)
    proposals.merge(proposal, into=whole, by=leader)
    alone = Proposal.objects.get(pk=proposal.pk)
    Commitment.objects.filter(pk=commitment.pk).update(
        state="declined", reason="Nej", answered_on=LAB_DAY.date()
    )

    proposals.split(alone, by=leader)

    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.DECLINED


def test_reopening_asks_the_receivers_invited_since(lab, proposal, leader):
    withdrawn = proposals.withdraw(proposal, by=leader, why="Vi tänker om")
    late = labs.invite(lab, by=leader, organisation=OrganisationFactory.create())
    assert late.organisation_id not in asked_about(proposal)

    proposals.reopen(withdrawn, by=leader)

    assert late.organisation_id in asked_about(proposal)


def test_what_follows_is_lost_together_with_what_happened(
    lab, leader, proposal, commitment, officer, monkeypatch
):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("hakapa.challenges.actions.take_in_hand", fail)

    with pytest.raises(RuntimeError):
        actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)
    commitment.refresh_from_db()
    assert commitment.state == "asked"


def test_an_officer_of_an_invited_receiver_may_answer_at_once(lab, proposal, leader):
    invited = labs.invite(lab, by=leader, organisation=OrganisationFactory.create())
    question = proposal.commitments.get(receiver=invited.organisation)

    taken = actions.take(
        question, by=officer_of(invited.organisation), next_step="Ring", due=DUE, at=LAB_DAY
    )

    assert taken.state == "taken"


def test_nobody_is_asked_by_what_else_happens_to_a_lab(lab, proposal, leader):
    before = Commitment.objects.count()

    record(lab, "change", by=leader)

    assert Commitment.objects.count() == before
