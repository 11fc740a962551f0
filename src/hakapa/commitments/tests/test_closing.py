"""When a lab is closed, who has answered is known here."""

import pytest

from hakapa.commitments import actions, closing
from hakapa.commitments.actions import Answer
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.labs import queries
from hakapa.proposals import actions as proposals
from hakapa.proposals.actions import Idea

pytestmark = pytest.mark.django_db


def test_who_owes_an_answer_has_not_answered(lab, proposal, commitment, officer):
    assert closing.answered(lab) == set()

    actions.answer(commitment, Answer("take", "Ring", DUE, "För att"), by=officer, at=LAB_DAY)
    assert closing.answered(lab) == {commitment.receiver_id}
    assert commitment.receiver_id not in {r.organisation_id for r in queries.unanswered(lab)}


def test_who_owes_one_of_two_answers_has_not_answered(lab, leader, proposal, commitment, officer):
    actions.answer(commitment, Answer("take", "Ring", DUE, "För att"), by=officer, at=LAB_DAY)
    another = proposals.grow(lab, Idea("Ett till", "Börja", proposal.challenge), by=leader)
    assert closing.answered(lab) == set()

    proposals.withdraw(another, by=leader, why="Dubblett")
    assert closing.answered(lab) == {commitment.receiver_id}
