from itertools import product

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from hakapa.accounts.tests.factories import (
    OrganisationFactory,
    UserFactory,
    member_of,
    officer_of,
)
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Lab
from hakapa.labs.tests.factories import ReceiverFactory
from hakapa.proposals import queries
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import Proposal


@pytest.fixture
def everybody(proposal, lab, leader, member):
    """A sample of users: strangers and those who have to do with the proposal."""
    led_by, proposer = OrganisationFactory.create_batch(2)
    lab.leaders.add(led_by)
    Proposal.objects.filter(pk=proposal.pk).update(organisation=proposer)
    receiver = ReceiverFactory.create(lab=lab).organisation
    return {
        "anonymous": AnonymousUser(),
        "without organisation": UserFactory.create(),
        "member": member,
        "officer of receiver": officer_of(receiver),
        "host": leader,
        "lab leader": member_of(led_by),
        "proposer": member_of(proposer),
    }


def put(proposal, other, state):
    merged_into = other if state == State.MERGED else None
    Proposal.objects.filter(pk=proposal.pk).update(state=state, merged_into=merged_into)


def test_visible_to_agrees_with_the_rule_in_every_state(proposal, other, everybody):
    for state, lab_state in product(State, LabState):
        put(proposal, other, state)
        Lab.objects.filter(pk=proposal.lab_id).update(state=lab_state)
        fresh = Proposal.objects.get(pk=proposal.pk)
        for name, user in everybody.items():
            may_see = user.has_perm("proposals.view_proposal", fresh)
            seen = queries.visible_to(user).filter(pk=fresh.pk).exists()
            assert seen == may_see, (name, state, lab_state)


@pytest.mark.parametrize(
    ("right", "allowed"),
    [
        ("improve", {"member", "officer of receiver", "host", "lab leader", "proposer"}),
        ("merge", {"host", "lab leader"}),
        ("split", {"host", "lab leader"}),
        ("withdraw", {"host", "lab leader", "proposer"}),
        ("reopen", {"host", "lab leader", "proposer"}),
    ],
)
def test_who_may_do_what(proposal, everybody, right, allowed):
    fresh = Proposal.objects.get(pk=proposal.pk)

    may = {
        name
        for name, user in everybody.items()
        if user.has_perm(f"proposals.{right}_proposal", fresh)
    }

    assert may == allowed


@pytest.mark.parametrize("state", [State.MERGED, State.WITHDRAWN])
def test_what_no_longer_stands_is_improved_by_nobody(proposal, other, everybody, state):
    put(proposal, other, state)
    fresh = Proposal.objects.get(pk=proposal.pk)

    assert not any(
        user.has_perm("proposals.improve_proposal", fresh) for user in everybody.values()
    )


def test_a_proposal_without_proposer_is_withdrawn_by_the_lab_alone(proposal, member, leader):
    assert not member.has_perm("proposals.withdraw_proposal", proposal)
    assert leader.has_perm("proposals.withdraw_proposal", proposal)


def test_every_move_of_a_person_has_a_rule():
    missing = [
        move.name
        for move in Proposal.lifecycle
        if not move.consequence and not rules.perm_exists(f"proposals.{move.name}_proposal")
    ]
    assert missing == []
