"""What proposals and challenges become when receivers answer, in every mix and order."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakapa.challenges.lifecycle import State as ChallengeState
from hakapa.challenges.models import Challenge
from hakapa.commitments import actions
from hakapa.commitments.actions import Answer, Report
from hakapa.commitments.lifecycle import PROMISED, State
from hakapa.commitments.models import Commitment, Outcome
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.kernel.lifecycle import TooLateError
from hakapa.proposals.lifecycle import State as ProposalState
from hakapa.proposals.models import Proposal


def say(commitment, user, name):
    given = Answer(name, "Ring", DUE, "För att")
    return actions.answer(commitment, given, by=user, at=LAB_DAY)


def state_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).state


def expected(answers):
    if {"take", "hop_on"} & set(answers):
        return ProposalState.TAKEN
    if "park" in answers:
        return ProposalState.PARKED
    return ProposalState.DECLINED if len(answers) == 2 else ProposalState.OPEN


@pytest.mark.parametrize("name", actions.ANSWERS)
def test_one_answer_of_two(proposal, commitment, officer, name):
    say(commitment, officer, name)

    assert state_of(proposal) == expected([name])


@pytest.mark.parametrize("names", list(product(actions.ANSWERS, repeat=2)))
def test_two_answers_of_two(proposal, commitment, officer, other, other_officer, names):
    say(commitment, officer, names[0])
    say(other, other_officer, names[1])

    assert state_of(proposal) == expected(names)


def test_a_parked_proposal_waits_again_when_its_only_answer_becomes_a_no(
    proposal, commitment, officer
):
    say(commitment, officer, "park")
    say(commitment, officer, "decline")

    assert state_of(proposal) == ProposalState.OPEN


def test_a_proposal_waits_again_when_the_only_promise_is_given_up(proposal, commitment, officer):
    promise = say(commitment, officer, "take")

    actions.report(promise, Report(Outcome.NOT_KEPT, "Nej", barrier="timing"), by=officer)

    assert state_of(proposal) == ProposalState.OPEN


def test_a_given_up_promise_leaves_a_parked_proposal_parked(
    proposal, commitment, officer, other, other_officer
):
    promise = say(commitment, officer, "take")
    say(other, other_officer, "park")

    actions.report(promise, Report(Outcome.NOT_KEPT, "Nej", barrier="timing"), by=officer)

    assert state_of(proposal) == ProposalState.PARKED


def test_a_kept_promise_leaves_the_proposal_taken_on(proposal, commitment, officer):
    promise = say(commitment, officer, "take")

    actions.report(promise, Report(Outcome.KEPT, "Ja"), by=officer)

    assert state_of(proposal) == ProposalState.TAKEN


@pytest.mark.parametrize("name", ["take", "hop_on"])
def test_the_first_promise_takes_the_challenge_in_hand(proposal, commitment, officer, name):
    say(commitment, officer, name)

    assert Challenge.objects.get(pk=proposal.challenge_id).state == ChallengeState.IN_HAND


@pytest.mark.parametrize("name", ["park", "decline"])
def test_what_is_no_promise_leaves_the_challenge_as_it_is(proposal, commitment, officer, name):
    say(commitment, officer, name)

    assert Challenge.objects.get(pk=proposal.challenge_id).state == ChallengeState.OPEN


_STEPS = st.lists(
    st.tuples(st.booleans(), st.sampled_from([*actions.ANSWERS, "keep", "give_up"])), max_size=8
)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40
)
@given(steps=_STEPS)
def test_a_proposal_always_tells_what_its_answers_amount_to(
    proposal, commitment, officer, other, other_officer, steps
):
    Commitment.objects.filter(proposal=proposal).update(state=State.ASKED, due=None)
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.OPEN)
    for is_first, name in steps:
        one, user = (commitment, officer) if is_first else (other, other_officer)
        try:
            if name in actions.ANSWERS:
                say(one, user, name)
            else:
                outcome = Outcome.KEPT if name == "keep" else Outcome.NOT_KEPT
                actions.report(one, Report(outcome, "Så gick det", barrier="money"), by=user)
        except TooLateError:
            continue
    states = set(Commitment.objects.filter(proposal=proposal).values_list("state", flat=True))
    is_taken = bool(states & {*PROMISED, State.KEPT})
    assert (state_of(proposal) == ProposalState.TAKEN) == is_taken
    assert (state_of(proposal) == ProposalState.PARKED) == (State.PARKED in states and not is_taken)
    assert (state_of(proposal) == ProposalState.DECLINED) == (states == {State.DECLINED})
