import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hakapa.kernel.lifecycle import MoveNotAllowedError, TooLateError
from hakapa.labs.tests.factories import LabFactory
from hakapa.process.queries import history_of
from hakapa.proposals import actions
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import Proposal
from hakapa.proposals.tests.factories import ProposalFactory


def state_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def sources_of(proposal: Proposal) -> set[int]:
    return set(proposal.contributions.values_list("pk", flat=True))


def test_merge_keeps_every_source_and_says_into_which(proposal, other, leader):
    both = sources_of(proposal) | sources_of(other)

    merged = actions.merge(proposal, into=other, by=leader)

    assert (merged.state, merged.merged_into) == (State.MERGED, other)
    assert sources_of(other) == both
    assert len(sources_of(merged)) == 2
    assert history_of(other)[0].details == {"proposal": proposal.pk}


def test_the_journal_says_for_whom_it_was_done(proposal, other, leader):
    actions.merge(proposal, into=other, by=leader)
    actions.split(proposal, by=leader)
    actions.withdraw(proposal, by=leader, why="Dubblett")
    actions.reopen(proposal, by=leader)

    events = [*history_of(proposal)[:4], history_of(other)[0]]
    assert [e.move for e in events] == ["reopen", "withdraw", "split", "merge", "absorb"]
    assert {e.organisation for e in events} == {proposal.lab.host}
    assert events[1].details == {"why": "Dubblett"}


def test_split_undoes_a_merger(proposal, other, leader):
    before = sources_of(proposal), sources_of(other)
    merged = actions.merge(proposal, into=other, by=leader)

    alone = actions.split(merged, by=leader)

    assert (alone.state, alone.merged_into) == (State.OPEN, None)
    assert (sources_of(proposal), sources_of(other)) == before
    assert history_of(proposal)[0].details == {"from": other.pk}


def test_split_leaves_what_another_merged_proposal_brought(proposal, other, leader, lab, idea):
    shared = list(proposal.contributions.all())
    third = actions.grow(lab, idea, by=leader, sources=shared[:1])
    actions.merge(proposal, into=other, by=leader)
    actions.merge(third, into=other, by=leader)

    actions.split(Proposal.objects.get(pk=proposal.pk), by=leader)

    assert shared[0].pk in sources_of(other)
    assert shared[1].pk not in sources_of(other)


def test_split_reaches_through_a_chain_of_mergers(proposal, other, leader, lab, idea):
    last = actions.grow(lab, idea, by=leader)
    actions.merge(proposal, into=other, by=leader)
    actions.merge(other, into=last, by=leader)
    assert sources_of(last) == sources_of(proposal) | sources_of(other)

    actions.split(Proposal.objects.get(pk=proposal.pk), by=leader)

    assert sources_of(last) == sources_of(other)
    assert sources_of(last).isdisjoint(sources_of(proposal))


def test_split_starts_only_from_a_merger(proposal, leader):
    with pytest.raises(MoveNotAllowedError):
        actions.split(proposal, by=leader)


def test_merge_needs_another_proposal_of_the_same_lab(proposal, leader):
    elsewhere = ProposalFactory.create(lab=LabFactory.create())

    for target in (proposal, elsewhere):
        with pytest.raises(ValidationError, match="into"):
            actions.merge(proposal, into=target, by=leader)


def test_merge_into_what_is_not_open_comes_too_late(proposal, other, leader):
    actions.withdraw(other, by=leader, why="Den gjordes redan")

    with pytest.raises(TooLateError):
        actions.merge(proposal, into=other, by=leader)
    assert state_of(proposal) == State.OPEN


def test_merge_is_for_those_who_lead_the_lab(proposal, other, member):
    with pytest.raises(PermissionDenied):
        actions.merge(proposal, into=other, by=member)
    assert len(sources_of(other)) == 1
